// The last `capacity` numbers, and their sum.
#ifndef WORKBOOK_09_09_RING_H_
#define WORKBOOK_09_09_RING_H_

#include <cstddef>
#include <vector>

namespace workbook {

class Ring {
 public:
  explicit Ring(std::size_t capacity);
  ~Ring();
  void Push(int value);
  int Sum() const;
  std::size_t Size() const;

 private:
  std::vector<int> values_;
  std::size_t capacity_;
  std::size_t next_ = 0;
};

}  // namespace workbook

#endif  // WORKBOOK_09_09_RING_H_
