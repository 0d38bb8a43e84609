#ifndef WORKBOOK_01_01_COUNTER_H_
#define WORKBOOK_01_01_COUNTER_H_

#include "tools/exercise/todo.h"

namespace workbook {

// Counts up from 1.
class Counter {
 public:
  // Returns the next number.
  int Next() { Todo("01_01 task 1: Counter::Next"); }

 private:
  // Your data members.
};

}  // namespace workbook

#endif  // WORKBOOK_01_01_COUNTER_H_
