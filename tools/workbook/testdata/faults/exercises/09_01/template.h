#ifndef WORKBOOK_EXERCISES_09_01_TEMPLATE_H_
#define WORKBOOK_EXERCISES_09_01_TEMPLATE_H_

#include <algorithm>
#include <list>

inline int Smallest(std::list<int> values) {
  std::sort(values.begin(), values.end());
  return values.front();
}

#endif  // WORKBOOK_EXERCISES_09_01_TEMPLATE_H_
