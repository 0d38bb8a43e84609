// SPDX-License-Identifier: Apache-2.0

#include "01_03/size_histogram.h"

#include <algorithm>

#include "tools/exercise/todo.h"

namespace workbook {

void SizeHistogram::Record(std::size_t size_bytes) {
  Todo("01_03 task 1: SizeHistogram::Record");
}

std::vector<SizeCount> SizeHistogram::Sizes() const {
  Todo("01_03 task 1: SizeHistogram::Sizes");
}

}  // namespace workbook
