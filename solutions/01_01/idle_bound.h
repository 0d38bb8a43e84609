// SPDX-License-Identifier: Apache-2.0

// How many idle pages a heap keeps.
#ifndef WORKBOOK_01_01_IDLE_BOUND_H_
#define WORKBOOK_01_01_IDLE_BOUND_H_

#include <cstddef>

namespace workbook {

// The bound of idle pages. Up to it they wait for their next owner. What is
// above goes to the system, and a page that is needed again costs a fault. If
// that happens, the bound was too low: these bytes are its regret.
//
// Invariants:
// 1. The regret is at most what was discarded and then taken again.
// 2. It is at most the largest footprint that there ever was, where the heap
//    tells all that it discards.
// Thread safety: none; the page heap's lock guards it.
class IdleBound {
 public:
  static constexpr std::size_t kKeepBytes = std::size_t{16} << 20;
  // Each Keep forgets a 2^14th of what it remembers: half in 11,357 calls.
  static constexpr unsigned kFadeShift = 14;

  // Makes one without regret. No code runs: it may be used before main.
  constexpr IdleBound() = default;

  // Returns how many of `idle_bytes` to keep. The least bound is
  // max(kKeepBytes, in_use_bytes / 4), and the bound is least + regret. Up to
  // the bound all are kept; above it, least / 2 + regret.
  //
  // Comes after each free of a span. In this order: what the footprint
  // (in_use_bytes + idle_bytes) has grown by since the last call becomes
  // regret, as far as it was discarded and not taken yet; then the regret and
  // what is discarded and not taken yet each lose a 2^14th of their own,
  // rounded down, because pages that come back so late were worth giving away;
  // then the bound decides.
  // Cost: O(1).
  std::size_t Keep(std::size_t in_use_bytes, std::size_t idle_bytes);

  // Notes that bytes were discarded because of Keep: the footprint is smaller.
  // REQUIRES: at most the idle bytes of the last Keep.
  void NoteDiscarded(std::size_t bytes);

  // Returns the bytes that were discarded and taken again, as far as they are
  // not forgotten.
  std::size_t RegretBytes() const { return regret_bytes_; }

 private:
  std::size_t footprint_bytes_ = 0;  // at the last call, less what went then
  std::size_t discarded_bytes_ = 0;  // and not taken again
  std::size_t regret_bytes_ = 0;
};

}  // namespace workbook

#endif  // WORKBOOK_01_01_IDLE_BOUND_H_
