#ifndef WORKBOOK_EXERCISES_09_01_ENDLESS_H_
#define WORKBOOK_EXERCISES_09_01_ENDLESS_H_

namespace workbook {

inline void Spin(const volatile bool& done) {
  while (!done) {
  }
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_09_01_ENDLESS_H_
