// SPDX-License-Identifier: Apache-2.0

#include "01_03/size_histogram.h"

#include <algorithm>

namespace workbook {

void SizeHistogram::Record(std::size_t size_bytes) {
  ++requests_;
  if (size_bytes > kLargestBytes) {
    ++large_requests_;
    return;
  }
  ++counts_[size_bytes == 0 ? 0 : (size_bytes - 1) / kStepBytes];
}

std::vector<SizeCount> SizeHistogram::Sizes() const {
  std::vector<SizeCount> sizes;
  sizes.reserve(static_cast<std::size_t>(
      std::count_if(counts_.begin(), counts_.end(),
                    [](std::uint64_t count) { return count != 0; })));
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    if (counts_[i] == 0) continue;
    sizes.push_back({.size_bytes = (i + 1) * kStepBytes, .count = counts_[i]});
  }
  return sizes;
}

}  // namespace workbook
