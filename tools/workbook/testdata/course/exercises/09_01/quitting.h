#ifndef WORKBOOK_EXERCISES_09_01_QUITTING_H_
#define WORKBOOK_EXERCISES_09_01_QUITTING_H_

#include <cstdlib>

namespace workbook {

inline void Leave() { std::exit(3); }

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_09_01_QUITTING_H_
