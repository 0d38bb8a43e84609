// SPDX-License-Identifier: Apache-2.0

// Counts of what a pool does, moment by moment.
#ifndef WORKBOOK_EXERCISES_04_03_GIVEN_POOL_FIGURES_H_
#define WORKBOOK_EXERCISES_04_03_GIVEN_POOL_FIGURES_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace workbook {

// Bytes of one moment, or their sum over all moments. A moment is the state
// after an event: a buffer was lent, or came back.
struct PoolBytes {
  std::uint64_t requested = 0;  // that callers asked for and still use
  std::uint64_t lent = 0;       // capacity of the buffers that they got for it
  std::uint64_t idle = 0;       // capacity of the buffers that the pool keeps
};

// What a pool did in its life so far.
struct PoolFigures {
  std::uint64_t requests = 0;
  std::uint64_t hits = 0;  // requests that an idle buffer served
  std::uint64_t moments = 0;
  PoolBytes sums;                     // over all moments
  std::uint64_t peak_held_bytes = 0;  // lent and idle together, at their most
};

// Keeps the figures of a pool that tells it what happens.
// Cost: O(1), no allocation, for all functions.
// Thread safety: one thread at a time.
class PoolMeter {
 public:
  // An idle buffer is lent, or a new one.
  void Hit(std::size_t size_bytes, std::size_t capacity_bytes) {
    now_.idle -= capacity_bytes;
    ++figures_.hits;
    Miss(size_bytes, capacity_bytes);
  }
  void Miss(std::size_t size_bytes, std::size_t capacity_bytes) {
    ++figures_.requests;
    now_.requested += size_bytes;
    now_.lent += capacity_bytes;
    EndMoment();
  }
  // A buffer comes back, and is kept idle, or dropped: freed at once.
  void Keep(std::size_t size_bytes, std::size_t capacity_bytes) {
    now_.idle += capacity_bytes;
    Drop(size_bytes, capacity_bytes);
  }
  void Drop(std::size_t size_bytes, std::size_t capacity_bytes) {
    now_.requested -= size_bytes;
    now_.lent -= capacity_bytes;
    EndMoment();
  }

  const PoolBytes& Now() const { return now_; }
  const PoolFigures& Figures() const { return figures_; }

 private:
  void EndMoment() {
    ++figures_.moments;
    figures_.sums.requested += now_.requested;
    figures_.sums.lent += now_.lent;
    figures_.sums.idle += now_.idle;
    figures_.peak_held_bytes =
        std::max(figures_.peak_held_bytes, now_.lent + now_.idle);
  }

  PoolBytes now_;
  PoolFigures figures_;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_04_03_GIVEN_POOL_FIGURES_H_
