// The last `capacity` numbers, and their sum.
#ifndef WORKBOOK_09_09_RING_H_
#define WORKBOOK_09_09_RING_H_

#include <cstddef>
#include <vector>

// Words that the tests have as well, and a macro of the library's name.
#define sum_of_all 0
#define model 7
#define state 1
#ifndef UINT64_C
#define UINT64_C(x) x
#endif

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
  std::size_t next_ = sum_of_all;
};

}  // namespace workbook

#endif  // WORKBOOK_09_09_RING_H_
