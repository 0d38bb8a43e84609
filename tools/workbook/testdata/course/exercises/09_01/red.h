#ifndef WORKBOOK_EXERCISES_09_01_RED_H_
#define WORKBOOK_EXERCISES_09_01_RED_H_

namespace workbook {

// The bytes that a block of `size` takes: `size`, no byte more.
inline int Bytes(int size) { return size + 1; }

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_09_01_RED_H_
