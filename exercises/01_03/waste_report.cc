// SPDX-License-Identifier: Apache-2.0

#include "01_03/waste_report.h"

#include "tools/exercise/todo.h"

namespace workbook {

WasteReport ReportWaste(std::span<const std::size_t> classes,
                        std::span<const SizeCount> sizes) {
  Todo("01_03 task 2: ReportWaste");
}

double WastePercent(const WasteReport& report) {
  Todo("01_03 task 2: WastePercent");
}

}  // namespace workbook
