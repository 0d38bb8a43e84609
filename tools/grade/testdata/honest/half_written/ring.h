// The last `capacity` numbers, and their sum.
#ifndef WORKBOOK_09_09_RING_H_
#define WORKBOOK_09_09_RING_H_

#include <cstddef>
#include <vector>

#include "tools/exercise/todo.h"

namespace workbook {

class Ring {
 public:
  explicit Ring(std::size_t capacity) { values_.reserve(capacity); }
  void Push(int value) { values_.push_back(value); }
  int Sum() const {
    int sum = 0;
    for (const int value : values_) sum += value;
    return sum;
  }
  std::size_t Size() const { Todo("09_09 task 1: Ring::Size"); }

 private:
  std::vector<int> values_;
};

}  // namespace workbook

#endif  // WORKBOOK_09_09_RING_H_
