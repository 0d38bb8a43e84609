// SPDX-License-Identifier: Apache-2.0

// What a malloc does with the sizes it is asked for: found out by asking.
#ifndef WORKBOOK_01_01_ALLOCATOR_ANALYSIS_H_
#define WORKBOOK_01_01_ALLOCATOR_ANALYSIS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace workbook {

// A malloc, as three functions.
struct MallocUnderTest {
  std::string name;
  void* (*allocate)(std::size_t bytes) = nullptr;
  void (*deallocate)(void* block) = nullptr;
  std::size_t (*usable_size)(void* block) = nullptr;
};

struct SizeCount {
  std::size_t bytes = 0;
  std::uint64_t count = 0;
};

struct Waste {
  std::uint64_t requested_bytes = 0;
  std::uint64_t usable_bytes = 0;
  // Returns the part of the usable bytes that no request wanted; 0 without any.
  double Fraction() const;
};

struct CurvePoint {
  std::size_t bytes = 0;
  std::size_t usable_bytes = 0;
};

struct Curve {
  std::string name;
  std::vector<CurvePoint> points;
};

struct ChurnOptions {
  std::uint64_t seed = 1;
  std::size_t live_blocks = 20000;
  std::size_t rounds = 20;        // each replaces half of the blocks
  std::size_t most_bytes = 2048;  // sizes are log-uniform from 16
};

struct ChurnResult {
  std::uint64_t live_bytes = 0;     // requested, at the end
  std::int64_t resident_bytes = 0;  // RSS at the end less RSS before
  // Returns resident over live: 1 would be perfect.
  double Ratio() const;
};

// Returns the usable sizes that requests of 1 to `most_bytes` get, ascending,
// each once.
// REQUIRES (all): the functions of `malloc` are set.
// Cost: one allocation and its free for each request size.
// Thread safety (all): that of `malloc`.
// On failure (all): std::bad_alloc when `malloc` returns nullptr; every block
// has been freed.
std::vector<std::size_t> EffectiveClasses(const MallocUnderTest& malloc,
                                          std::size_t most_bytes);

// Returns what a histogram of requests asks for, and what it gets: an entry
// counts `count` times.
// Cost: one allocation and its free for each entry.
Waste InternalWaste(const MallocUnderTest& malloc,
                    std::span<const SizeCount> histogram);

// Returns the usable bytes of every `step_bytes`-th request from 1 to
// `most_bytes`.
// REQUIRES: step_bytes >= 1.
Curve OverheadCurve(const MallocUnderTest& malloc, std::size_t most_bytes,
                    std::size_t step_bytes);

// Returns the first `count` sizes of at least `needed_bytes` that waste
// nothing; fewer, where there are no more.
// REQUIRES: `classes` ascend.
// Cost: O(log classes), and the result.
std::vector<std::size_t> BestRequestSizes(std::span<const std::size_t> classes,
                                          std::size_t needed_bytes,
                                          std::size_t count);

// Measures external fragmentation: RSS against live bytes after blocks of
// random sizes were replaced in random order. Every byte of a block is written.
// REQUIRES: live_blocks >= 1.
// Cost: live_blocks * (1 + rounds / 2) allocations; 16 bytes a block.
ChurnResult Churn(const MallocUnderTest& malloc, const ChurnOptions& options);

// Writes a line for each curve: classes, mean and worst waste in per cent of
// the request.
std::string OverheadTable(std::span<const Curve> curves);

// Draws the curves: waste in per cent of the request, by request in bytes; a
// line, a dash pattern and a legend entry for each, axes with units. Names are
// escaped.
// On failure: never; without points there are axes and a legend.
std::string OverheadSvg(std::span<const Curve> curves);

}  // namespace workbook

#endif  // WORKBOOK_01_01_ALLOCATOR_ANALYSIS_H_
