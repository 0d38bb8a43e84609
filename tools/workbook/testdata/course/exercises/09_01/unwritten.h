#ifndef WORKBOOK_EXERCISES_09_01_UNWRITTEN_H_
#define WORKBOOK_EXERCISES_09_01_UNWRITTEN_H_

#include "tools/exercise/todo.h"

namespace workbook {

inline int Unwritten() { Todo("09_01 task 3: Unwritten"); }

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_09_01_UNWRITTEN_H_
