// SPDX-License-Identifier: Apache-2.0

// Checks inside a benchmark that the code under test did the work: a fast wrong
// answer must be an error, not a record.
#ifndef WORKBOOK_TOOLS_BENCH_VERIFY_H_
#define WORKBOOK_TOOLS_BENCH_VERIFY_H_

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace workbook {

// Makes the row an error with `message` unless `holds`; returns `holds`. Call
// it outside the timed loop.
bool Require(benchmark::State& state, bool holds, const char* message);

// Makes the row an error unless the blocks are `size_bytes` long each,
// writable, not null, aligned to `alignment` and disjoint: a pool that hands a
// block out twice is quick. Writes to every block.
bool RequireDistinctBlocks(benchmark::State& state,
                           std::span<void* const> blocks,
                           std::size_t size_bytes, std::size_t alignment = 1);

// What a computation produced, in one number; order matters.
class Digest {
 public:
  void Add(std::uint64_t value);
  void Add(std::string_view bytes);
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xCBF29CE484222325u;
};

// Makes the row an error when `digest` differs from what the first row that
// used `key` produced: the rows of a case must do the same work. The digest
// must not depend on the number of iterations. Thread safety: any thread.
bool RequireSameDigest(benchmark::State& state, const std::string& key,
                       const Digest& digest);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_VERIFY_H_
