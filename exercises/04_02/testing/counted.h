// SPDX-License-Identifier: Apache-2.0

// Elements that count how a vector treats them, and that can refuse a copy.
#ifndef WORKBOOK_EXERCISES_04_02_TESTING_COUNTED_H_
#define WORKBOOK_EXERCISES_04_02_TESTING_COUNTED_H_

#include <limits>
#include <new>

namespace workbook {

// A std::bad_alloc, as a type that owns memory throws it from its copy.
struct CopyRefused : std::bad_alloc {};

// An int. One that was moved from has the value -1, and one that was destroyed
// -2 for as long as its bytes stay.
template <bool kNoexceptMove>
class Counted {
 public:
  static inline int copies = 0;
  static inline int moves = 0;
  static inline int alive = 0;
  // How many copies succeed from now on; the next one throws CopyRefused.
  static inline int copies_allowed = std::numeric_limits<int>::max();

  // Forgets everything but the elements that are alive.
  static void Reset() {
    copies = moves = 0;
    copies_allowed = std::numeric_limits<int>::max();
  }

  explicit Counted(int number) : value(number) { ++alive; }
  Counted(const Counted& other) : value(other.value) {
    if (copies_allowed == 0) throw CopyRefused();
    --copies_allowed;
    ++copies;
    ++alive;
  }
  // NOLINTNEXTLINE(performance-noexcept-move-constructor): one kind may throw
  Counted(Counted&& other) noexcept(kNoexceptMove) : value(other.value) {
    other.value = -1;
    ++moves;
    ++alive;
  }
  Counted& operator=(const Counted&) = delete;
  ~Counted() {
    value = -2;
    --alive;
  }

  int value;
};

// Moves without a risk, as most types do.
using Safe = Counted<true>;
// Says nothing about its moves, so that no vector may rely on them.
using Risky = Counted<false>;

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_04_02_TESTING_COUNTED_H_
