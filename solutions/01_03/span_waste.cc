// SPDX-License-Identifier: Apache-2.0

#include "01_03/span_waste.h"

#include <algorithm>
#include <limits>

namespace workbook {

namespace {

// The bytes of the spans that hold so many blocks.
std::uint64_t BytesOfSpans(std::size_t block_bytes, std::uint64_t blocks) {
  const std::size_t span_bytes = SpanBytes(block_bytes);
  const std::uint64_t a_span = span_bytes / block_bytes;
  return (blocks + a_span - 1) / a_span * span_bytes;
}

}  // namespace

std::uint64_t SpanWaste(std::span<const std::size_t> classes,
                        std::span<const SizeCount> sizes) {
  std::uint64_t waste = 0;
  std::size_t i = 0;
  for (const std::size_t class_bytes : classes) {
    std::uint64_t blocks = 0;
    for (; i < sizes.size() && sizes[i].size_bytes <= class_bytes; ++i) {
      blocks += sizes[i].count;
      waste -= sizes[i].count * sizes[i].size_bytes;
    }
    waste += BytesOfSpans(class_bytes, blocks);
  }
  return waste;
}

std::vector<std::size_t> OptimalClassesOfSpans(std::span<const SizeCount> sizes,
                                               std::size_t max_classes) {
  const std::size_t n = sizes.size();
  const std::size_t k = std::min(max_classes, n);
  constexpr std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max();
  // best[c][i]: the fewest bytes of spans for the first i sizes in c classes.
  std::vector<std::vector<std::uint64_t>> best(
      k + 1, std::vector<std::uint64_t>(n + 1, kNever));
  std::vector<std::vector<std::size_t>> begins(k + 1,
                                               std::vector<std::size_t>(n + 1));
  best[0][0] = 0;
  for (std::size_t c = 1; c <= k; ++c) {
    for (std::size_t i = c; i <= n; ++i) {
      std::uint64_t blocks = 0;
      for (std::size_t begin = i; begin-- > c - 1;) {
        blocks += sizes[begin].count;
        if (best[c - 1][begin] == kNever) continue;
        const std::uint64_t bytes =
            best[c - 1][begin] + BytesOfSpans(sizes[i - 1].size_bytes, blocks);
        if (bytes >= best[c][i]) continue;
        best[c][i] = bytes;
        begins[c][i] = begin;
      }
    }
  }
  std::size_t c = 0;
  for (std::size_t more = 1; more <= k; ++more) {
    if (c == 0 || best[more][n] < best[c][n]) c = more;
  }
  std::vector<std::size_t> classes(c);
  for (std::size_t i = n; c > 0; --c) {
    classes[c - 1] = sizes[i - 1].size_bytes;
    i = begins[c][i];
  }
  return classes;
}

}  // namespace workbook
