// Overhead curves for the eye: a table, and a picture.
#include <algorithm>
#include <array>
#include <cstdio>

#include "01_01/allocator_analysis.h"

namespace workbook {

std::string OverheadTable([[maybe_unused]] std::span<const Curve> curves) {
  Todo("01_01 task 9: OverheadTable");
}

std::string OverheadSvg([[maybe_unused]] std::span<const Curve> curves) {
  Todo("01_01 task 9: OverheadSvg");
}

}  // namespace workbook
