#ifndef WORKBOOK_EXERCISES_09_02_GREEN_H_
#define WORKBOOK_EXERCISES_09_02_GREEN_H_

namespace workbook {

// [note] The answer to everything.
inline int Answer() { return 42; }

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_09_02_GREEN_H_
