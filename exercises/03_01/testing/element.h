// SPDX-License-Identifier: Apache-2.0

// Elements that count how an array treats them, and that can refuse a copy.
#ifndef WORKBOOK_03_01_TESTING_ELEMENT_H_
#define WORKBOOK_03_01_TESTING_ELEMENT_H_

#include <limits>
#include <new>

namespace workbook {

// What happened to all elements since ElementLog::Reset.
struct ElementLog {
  int copies = 0;
  int moves = 0;
  int alive = 0;
  // How many copies succeed from now on; the next one throws CopyRefused.
  int copies_allowed = std::numeric_limits<int>::max();

  // Forgets everything but the elements that are alive.
  void Reset() { *this = ElementLog{.alive = alive}; }
};

// A std::bad_alloc, as a type that owns memory throws it from its copy.
struct CopyRefused : std::bad_alloc {};

// An int whose copies and moves are counted. An element that was moved from has
// the value -1, one that was destroyed has -2 for as long as its bytes stay.
template <bool kNoexceptMove>
class Element {
 public:
  static inline ElementLog log;

  explicit Element(int number) : value(number) { ++log.alive; }
  Element(const Element& other) : value((TakeCopy(), other.value)) {
    ++log.alive;
  }
  Element(Element&& other) noexcept(kNoexceptMove) : value(other.value) {
    other.value = -1;
    ++log.moves;
    ++log.alive;
  }
  Element& operator=(const Element& other) {
    TakeCopy();
    value = other.value;
    return *this;
  }
  Element& operator=(Element&& other) noexcept(kNoexceptMove) {
    const int number = other.value;
    other.value = -1;
    value = number;
    ++log.moves;
    return *this;
  }
  ~Element() {
    value = -2;
    --log.alive;
  }

  int value;

 private:
  static void TakeCopy() {
    if (log.copies_allowed == 0) throw CopyRefused();
    --log.copies_allowed;
    ++log.copies;
  }
};

// Moves without a risk, as most types do.
using SafeElement = Element<true>;
// Says nothing about its moves, as a type with a hand-written move constructor
// and no noexcept does. Its moves never throw, but no array can know that.
using RiskyElement = Element<false>;

}  // namespace workbook

#endif  // WORKBOOK_03_01_TESTING_ELEMENT_H_
