#include "01_01/size_classes.h"

#include <algorithm>
#include <bit>

namespace workbook {

std::size_t SizeClass::AlignmentBytes() const {
  Todo("01_01 task 1: SizeClass::AlignmentBytes");
}

void SizeClassTable::Generate() {
  Todo("01_01 task 1: SizeClassTable::Generate");
}

std::size_t SizeClassTable::AlignedClassOf(
    [[maybe_unused]] std::size_t bytes,
    [[maybe_unused]] std::size_t alignment_bytes) const {
  Todo("01_01 task 1: SizeClassTable::AlignedClassOf");
}

double SizeClassTable::WorstWaste([[maybe_unused]] std::size_t number) const {
  Todo("01_01 task 1: SizeClassTable::WorstWaste");
}

}  // namespace workbook
