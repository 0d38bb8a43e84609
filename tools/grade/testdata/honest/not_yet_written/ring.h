// The last `capacity` numbers, and their sum.
#ifndef WORKBOOK_09_09_RING_H_
#define WORKBOOK_09_09_RING_H_

#include <cstddef>

#include "tools/exercise/todo.h"

namespace workbook {

class Ring {
 public:
  explicit Ring(std::size_t capacity);
  void Push(int) { Todo("09_09 task 1: Ring::Push"); }
  int Sum() const { Todo("09_09 task 1: Ring::Sum"); }
  std::size_t Size() const { Todo("09_09 task 1: Ring::Size"); }
};

}  // namespace workbook

#endif  // WORKBOOK_09_09_RING_H_
