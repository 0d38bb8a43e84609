// SPDX-License-Identifier: Apache-2.0

// The first call and the thousandth: two different measurements.
#ifndef WORKBOOK_03_06_COLD_AND_WARM_H_
#define WORKBOOK_03_06_COLD_AND_WARM_H_

#include <cstddef>
#include <functional>
#include <vector>

namespace workbook {

// What a measurement of single calls uses. A test hands in its own.
struct ColdWarmParts {
  std::function<double()> now_ns;   // the clock
  std::function<void()> operation;  // what is measured
  std::function<void()> evict;  // empties the caches of the operation's data
};

// Returns `samples` times of an operation whose data no cache holds: evicts
// before each sample, and leaves the eviction out of the time.
// Cost: `samples` calls of operation and evict, two of now_ns for each; one
//   allocation of 8 * samples bytes.
// Thread safety: that of the parts.
// On failure: passes on what a part throws.
std::vector<double> ColdTimesNs(const ColdWarmParts& parts,
                                std::size_t samples);

// Returns `samples` times of an operation whose data lie in the caches: calls
// it once for nothing, then times it, and never evicts.
// Cost: samples + 1 calls of operation, two of now_ns for each sample; one
//   allocation of 8 * samples bytes.
std::vector<double> WarmTimesNs(const ColdWarmParts& parts,
                                std::size_t samples);

// Other data, to fill a cache with. To be of use they are at least twice as
// large as the last cache.
// Thread safety: one thread at a time for each object.
class CacheFiller {
 public:
  static constexpr std::size_t kLineBytes = 64;

  explicit CacheFiller(std::size_t size_bytes) : bytes_(size_bytes) {}

  // Touches one byte of each line.
  // Cost: one memory access a line.
  void Touch() {
    for (std::size_t i = 0; i < bytes_.size(); i += kLineBytes) ++bytes_[i];
  }
  std::size_t Bytes() const { return bytes_.size(); }

 private:
  std::vector<unsigned char> bytes_;
};

}  // namespace workbook

#endif  // WORKBOOK_03_06_COLD_AND_WARM_H_
