// SPDX-License-Identifier: Apache-2.0

#include "01_01/allocator_analysis.h"

#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <fstream>
#include <new>
#include <random>
#include <utility>

#include "tools/exercise/todo.h"

namespace workbook {

double Waste::Fraction() const { Todo("01_01 task 9: Waste::Fraction"); }

double ChurnResult::Ratio() const {
  return static_cast<double>(resident_bytes) / static_cast<double>(live_bytes);
}

std::vector<std::size_t> EffectiveClasses(const MallocUnderTest& malloc,
                                          std::size_t most_bytes) {
  Todo("01_01 task 9: EffectiveClasses");
}

Waste InternalWaste(const MallocUnderTest& malloc,
                    std::span<const SizeCount> histogram) {
  Todo("01_01 task 9: InternalWaste");
}

Curve OverheadCurve(const MallocUnderTest& malloc, std::size_t most_bytes,
                    std::size_t step_bytes) {
  Todo("01_01 task 9: OverheadCurve");
}

std::vector<std::size_t> BestRequestSizes(std::span<const std::size_t> classes,
                                          std::size_t needed_bytes,
                                          std::size_t count) {
  Todo("01_01 task 9: BestRequestSizes");
}

ChurnResult Churn(const MallocUnderTest& malloc, const ChurnOptions& options) {
  Todo("01_01 task 9: Churn");
}

}  // namespace workbook
