#ifndef WORKBOOK_EXERCISES_09_01_BROKEN_H_
#define WORKBOOK_EXERCISES_09_01_BROKEN_H_

namespace workbook {

inline int Broken() {
  int unused = 3;
  return missing_name;
}

inline int AlsoBroken() { return 4 }

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_09_01_BROKEN_H_
