#ifndef WORKBOOK_EXERCISES_09_01_CRASHING_H_
#define WORKBOOK_EXERCISES_09_01_CRASHING_H_

namespace workbook {

inline void Write(volatile int* target) { *target = 1; }

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_09_01_CRASHING_H_
