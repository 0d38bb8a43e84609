// SPDX-License-Identifier: Apache-2.0

#include "01_01/size_classes.h"

#include <algorithm>
#include <bit>

#include "tools/exercise/todo.h"

namespace workbook {

std::size_t SizeClass::AlignmentBytes() const {
  Todo("01_01 task 1: SizeClass::AlignmentBytes");
}

void SizeClassTable::Generate() {
  Todo("01_01 task 1: SizeClassTable::Generate");
}

std::size_t SizeClassTable::AlignedClassOf(std::size_t bytes,
                                           std::size_t alignment_bytes) const {
  Todo("01_01 task 1: SizeClassTable::AlignedClassOf");
}

double SizeClassTable::WorstWaste(std::size_t number) const {
  Todo("01_01 task 1: SizeClassTable::WorstWaste");
}

}  // namespace workbook
