// SPDX-License-Identifier: Apache-2.0

// An object that counts what a pool does with it, and its policy.
#ifndef WORKBOOK_EXERCISES_03_04_TESTING_TRACKED_H_
#define WORKBOOK_EXERCISES_03_04_TESTING_TRACKED_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

namespace workbook {

struct Tracked {
  Tracked() { ++alive; }
  Tracked(const Tracked&) = delete;
  Tracked& operator=(const Tracked&) = delete;
  ~Tracked() {
    --alive;
    if (on_destroy) on_destroy();
  }

  static inline int alive = 0;

  int number = 0;
  std::vector<char> text;
  std::shared_ptr<int> shared;       // what others own, too
  std::function<void()> on_destroy;  // a destructor that does more
};

struct TrackedPolicy {
  static inline int resets = 0;
  static inline bool refuses = false;            // the next resets throw
  static inline bool gives_text_back = false;    // the reset frees the text
  static inline std::function<void()> on_reset;  // a reset that does more

  static void Reset(Tracked& object) {
    if (refuses) throw std::runtime_error("this object can't be reset");
    ++resets;
    object.number = 0;
    object.text.clear();
    if (gives_text_back) std::vector<char>().swap(object.text);
    object.shared.reset();
    if (const auto then = std::exchange(on_reset, nullptr)) then();
  }

  static std::size_t FootprintBytes(const Tracked& object) {
    return object.text.capacity();
  }

  // Forgets what a test before has set.
  static void Restore() {
    resets = 0;
    refuses = false;
    gives_text_back = false;
    on_reset = nullptr;
  }
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_03_04_TESTING_TRACKED_H_
