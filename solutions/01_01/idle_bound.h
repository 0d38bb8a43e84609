// SPDX-License-Identifier: Apache-2.0

// How many idle pages a heap keeps for itself.
#ifndef WORKBOOK_01_01_IDLE_BOUND_H_
#define WORKBOOK_01_01_IDLE_BOUND_H_

#include <cstddef>

namespace workbook {

// The bound of idle pages. Below it they wait for their next owner; above it the
// system gets them, and a page that is needed again costs a fault. Where that
// happens the bound was too low: these bytes are its regret.
//
// Invariants:
// 1. The regret is at most what was discarded and taken again.
// 2. The bound is at most what was ever idle, or kKeepBytes, or a quarter of
//    what was in use, and half of one of these two.
// Thread safety: none; whoever holds the page heap's lock uses it.
class IdleBound {
 public:
  static constexpr std::size_t kKeepBytes = std::size_t{16} << 20;
  // Each call of Keep forgets a 2^14th of the regret: after 11,357 calls half.
  static constexpr unsigned kFadeShift = 14;

  // Makes one without regret. No code runs: it may be used before main.
  constexpr IdleBound() = default;

  // Returns how many of `idle_bytes` to keep. Up to the bound, which is
  // max(kKeepBytes, in_use_bytes / 4) and the regret, it is all of them; above
  // it, half of that maximum and the regret.
  //
  // Comes after each free of a span. What the footprint (in use and idle) has
  // grown by since the last call was taken fresh, and is regret as far as it was
  // discarded before. Of what is discarded and not taken yet, a 2^14th is
  // forgotten with each call as well: what comes back late was idle for long.
  // Cost: O(1).
  std::size_t Keep(std::size_t in_use_bytes, std::size_t idle_bytes);

  // Notes that bytes were discarded because of Keep.
  void NoteDiscarded(std::size_t bytes) {
    discarded_bytes_ += bytes;
    footprint_bytes_ -= bytes;
  }

  std::size_t RegretBytes() const { return regret_bytes_; }

 private:
  std::size_t footprint_bytes_ = 0;  // at the last call, without what went
  std::size_t discarded_bytes_ = 0;  // and not taken again
  std::size_t regret_bytes_ = 0;
};

}  // namespace workbook

#endif  // WORKBOOK_01_01_IDLE_BOUND_H_
