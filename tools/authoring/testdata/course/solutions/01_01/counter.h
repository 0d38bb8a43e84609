#ifndef WORKBOOK_01_01_COUNTER_H_
#define WORKBOOK_01_01_COUNTER_H_

#include "tools/exercise/todo.h"

namespace workbook {

// Counts up from 1.
class Counter {
 public:
  // The next number.
  int Next() {
#if WORKBOOK_STUB
    Todo("01_01 task 1: Counter::Next");
#else
    return ++last_;
#endif
  }

#if WORKBOOK_STUB
#else

 private:
  int last_ = 0;
#endif
};

}  // namespace workbook

#endif  // WORKBOOK_01_01_COUNTER_H_
