#ifndef WORKBOOK_EXERCISES_09_01_BLOCKED_H_
#define WORKBOOK_EXERCISES_09_01_BLOCKED_H_

#include "09_01/broken.h"

namespace workbook {

inline int Blocked() { return Broken(); }

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_09_01_BLOCKED_H_
