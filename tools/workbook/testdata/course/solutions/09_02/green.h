#ifndef WORKBOOK_EXERCISES_09_02_GREEN_H_
#define WORKBOOK_EXERCISES_09_02_GREEN_H_

#include "tools/exercise/todo.h"

namespace workbook {

inline int Answer() {
#if WORKBOOK_STUB
  Todo("09_02 task 1: Answer");
#else
  return 42;
#endif
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_09_02_GREEN_H_
