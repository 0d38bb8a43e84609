// SPDX-License-Identifier: Apache-2.0

// A pool that forgets what it has not used for two generations.
#ifndef WORKBOOK_04_03_GENERATION_POOL_H_
#define WORKBOOK_04_03_GENERATION_POOL_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "exercises/04_03/given/pooled_buffer.h"

namespace workbook {

struct GenerationFigures {
  std::uint64_t hits = 0;    // served by an idle buffer
  std::uint64_t misses = 0;  // served by a new one
  std::size_t fresh = 0;     // idle buffers that came back in this generation
  std::size_t victims = 0;   // idle buffers that came back in the one before
};

// Lends buffers of one size without a limit. Its owner ends a generation now
// and then: once a second, at each collection, at each thousandth request. A
// buffer that lay idle for a whole generation is a victim of the next one: it
// is lent if there is nothing better, and freed when that generation ends. So a
// burst is given back after two ends, and a steady load never misses.
// Thread safety: one thread at a time.
// Source: the victim caches of Go's sync.Pool since 1.13 (sync/pool.go,
// poolCleanup); the name is of N. Jouppi, "Improving direct-mapped cache
// performance ...", ISCA 1990.
class GenerationPool {
 public:
  using Buffer = PooledBuffer<GenerationPool>;

  // Makes an empty pool. Given.
  // Cost: no allocation.
  // On failure: std::invalid_argument where `buffer_bytes` is less than 16.
  explicit GenerationPool(std::size_t buffer_bytes);
  GenerationPool(const GenerationPool&) = delete;
  GenerationPool& operator=(const GenerationPool&) = delete;

  // Frees the idle buffers. Given.
  // REQUIRES: every buffer is back.
  ~GenerationPool();

  // Lends the fresh buffer that came back last, else a victim, else a new one.
  // Cost: O(1), no allocation; one allocation for a new one.
  // On failure: std::bad_alloc; nothing has changed.
  Buffer Acquire();

  // Makes a buffer idle, and fresh. PooledBuffer calls it.
  // REQUIRES: `bytes` are those of a buffer that is lent.
  // Cost: O(1), no allocation: the lists are in the idle buffers.
  void TakeBack(std::span<std::byte> bytes) noexcept;

  // Frees the victims; the fresh buffers are the victims of the new generation.
  // Cost: O(victims), no allocation.
  void EndGeneration();

  // Returns what has happened so far. Given.
  // Cost: O(1), no allocation.
  GenerationFigures Figures() const;

 private:
  // The first bytes of an idle buffer.
  struct Idle {
    Idle* next;
  };

  // Frees a list.
  static void Free(Idle* first);

  const std::size_t buffer_bytes_;
  Idle* fresh_ = nullptr;
  Idle* victims_ = nullptr;
  GenerationFigures figures_;
};

}  // namespace workbook

#endif  // WORKBOOK_04_03_GENERATION_POOL_H_
