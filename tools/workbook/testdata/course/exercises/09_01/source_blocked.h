#ifndef WORKBOOK_EXERCISES_09_01_SOURCE_BLOCKED_H_
#define WORKBOOK_EXERCISES_09_01_SOURCE_BLOCKED_H_

#include "09_01/source_broken.h"

namespace workbook {

inline int SourceBlocked() { return SourceBroken(); }

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_09_01_SOURCE_BLOCKED_H_
