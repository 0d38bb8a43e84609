// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/verify.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <map>
#include <vector>

#include "tools/exercise/thread_annotations.h"

namespace workbook {

bool Require(benchmark::State& state, bool holds, const char* message) {
  if (!holds && !state.error_occurred()) state.SkipWithError(message);
  return holds;
}

bool RequireDistinctBlocks(benchmark::State& state,
                           std::span<void* const> blocks,
                           std::size_t size_bytes, std::size_t alignment) {
  std::vector<char*> sorted;
  sorted.reserve(blocks.size());
  for (void* const block : blocks) {
    if (!Require(state, block != nullptr, "a block is null")) return false;
    const auto address = reinterpret_cast<std::uintptr_t>(block);
    if (!Require(state, address % alignment == 0, "a block is misaligned")) {
      return false;
    }
    std::memset(block, 0xA5, size_bytes);
    sorted.push_back(static_cast<char*>(block));
  }
  std::sort(sorted.begin(), sorted.end(), std::less<char*>());
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    const auto distance = static_cast<std::size_t>(sorted[i] - sorted[i - 1]);
    if (!Require(state, distance >= size_bytes,
                 "two blocks that are both in use overlap")) {
      return false;
    }
  }
  return true;
}

void Digest::Add(std::uint64_t value) {
  value_ = (value_ ^ value) * 0x9E3779B97F4A7C15u;
  value_ ^= value_ >> 29;
}

void Digest::Add(std::string_view bytes) {
  Add(bytes.size());
  Add(std::uint64_t{std::hash<std::string_view>()(bytes)});
}

bool RequireSameDigest(benchmark::State& state, const std::string& key,
                       const Digest& digest) {
  static Mutex mutex;
  static auto* const expected PT_GUARDED_BY(mutex) =
      new std::map<std::string, std::uint64_t>;
  const MutexLock lock(mutex);
  const auto [entry, is_first] = expected->emplace(key, digest.value());
  return Require(state, is_first || entry->second == digest.value(),
                 "the output differs from that of the case's other rows");
}

}  // namespace workbook
