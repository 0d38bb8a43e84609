// SPDX-License-Identifier: Apache-2.0

// The lines that the benchmarks of texts work on.
#ifndef WORKBOOK_EXERCISES_04_01_TEXT_BENCH_H_
#define WORKBOOK_EXERCISES_04_01_TEXT_BENCH_H_

#include "exercises/04_01/zero_alloc_bench.h"

namespace workbook {

inline const Texts kLines = {
    "GET,/index.html,200,Mozilla/5.0 (X11; Linux),a note & more, and the end",
    "POST,/api/v1/items,201,curl/7.88.1,short,x",
    "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p & q"};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_04_01_TEXT_BENCH_H_
