// SPDX-License-Identifier: Apache-2.0

// Values that count themselves, and that can refuse to be copied.
#ifndef WORKBOOK_03_02_TESTING_TRACKED_H_
#define WORKBOOK_03_02_TESTING_TRACKED_H_

#include <limits>

namespace workbook {

struct CopyRefused {};

// An int in an object. REQUIRES: one thread.
class Tracked {
 public:
  static inline int alive = 0;
  static inline int made = 0;  // by any constructor
  // How many copies succeed from now on.
  static inline int copies_allowed = std::numeric_limits<int>::max();

  explicit Tracked(int number) : value(number) { Count(); }
  Tracked(const Tracked& other) : value(other.value) {
    if (copies_allowed == 0) throw CopyRefused();
    --copies_allowed;
    Count();
  }
  Tracked(Tracked&& other) noexcept : value(other.value) {
    other.value = -1;
    Count();
  }
  Tracked& operator=(const Tracked&) = delete;
  ~Tracked() {
    value = -2;
    --alive;
  }

  int value;

 private:
  static void Count() {
    ++alive;
    ++made;
  }
};

}  // namespace workbook

#endif  // WORKBOOK_03_02_TESTING_TRACKED_H_
