#ifndef WORKBOOK_EXERCISES_09_01_GREEN_H_
#define WORKBOOK_EXERCISES_09_01_GREEN_H_

namespace workbook {

inline int Answer() { return 42; }

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_09_01_GREEN_H_
