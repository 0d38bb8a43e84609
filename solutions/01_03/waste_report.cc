// SPDX-License-Identifier: Apache-2.0

#include "01_03/waste_report.h"

namespace workbook {

WasteReport ReportWaste(std::span<const std::size_t> classes,
                        std::span<const SizeCount> sizes) {
  WasteReport report;
  report.classes.reserve(classes.size());
  std::size_t i = 0;
  for (const std::size_t class_bytes : classes) {
    ClassUse use = {.size_bytes = class_bytes};
    for (; i < sizes.size() && sizes[i].size_bytes <= class_bytes; ++i) {
      const auto& [size_bytes, count] = sizes[i];
      use.blocks += count;
      use.waste_bytes += count * (class_bytes - size_bytes);
      report.requested_bytes += count * size_bytes;
    }
    report.blocks += use.blocks;
    report.waste_bytes += use.waste_bytes;
    if (use.blocks > 0) ++report.classes_used;
    report.classes.push_back(use);
  }
  for (; i < sizes.size(); ++i) report.unserved += sizes[i].count;
  return report;
}

double WastePercent(const WasteReport& report) {
  const std::uint64_t bytes = report.requested_bytes + report.waste_bytes;
  if (bytes == 0) return 0;
  return 100.0 * static_cast<double>(report.waste_bytes) /
         static_cast<double>(bytes);
}

}  // namespace workbook
