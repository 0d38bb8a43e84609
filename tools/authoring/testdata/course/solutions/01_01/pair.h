#ifndef WORKBOOK_01_01_PAIR_H_
#define WORKBOOK_01_01_PAIR_H_

#include "01_01/counter.h"

namespace workbook {

// Returns the sum of the next two numbers, one of them taken on another
// thread.
int SumOfTwo(Counter& counter);

}  // namespace workbook

#endif  // WORKBOOK_01_01_PAIR_H_
