// The last `capacity` numbers, and their sum.
#ifndef WORKBOOK_09_09_RING_H_
#define WORKBOOK_09_09_RING_H_

#include <cstddef>
#include <vector>
#include <functional>

namespace workbook {

class Ring {
 public:
  explicit Ring(std::size_t capacity);
  void Push(int value);
  int Sum() const;
  std::size_t Size() const;

 private:
  std::vector<int> values_;
  std::size_t capacity_;
  std::size_t next_ = 0;
};

}  // namespace workbook

namespace workbook {
struct RingKey {
  int number;
};
}  // namespace workbook

namespace std {
template <>
struct hash<workbook::RingKey> {
  size_t operator()(const workbook::RingKey& key) const {
    return static_cast<size_t>(key.number);
  }
};
}  // namespace std

#endif  // WORKBOOK_09_09_RING_H_
