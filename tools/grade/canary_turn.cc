// SPDX-License-Identifier: Apache-2.0

// In the test's process: trusted, but not alone there. Nothing here needs a
// constructor, because it is used before any has run.
#include "tools/grade/canary_turn.h"

#include <pthread.h>

namespace workbook::grade {
namespace {

std::uint64_t salt = 0;
std::uint64_t turned = 0;
std::uint64_t evaluated = 0;
bool has_turn = false;
pthread_t test_thread = 0;

std::uint64_t FromDigits(const char* digits) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < kTurnDigits / 2; ++i) {
    const char digit = digits[i];
    const int nibble = digit <= '9' ? digit - '0' : digit - 'a' + 10;
    value = value << 4 | static_cast<std::uint64_t>(nibble & 15);
  }
  return value;
}

}  // namespace

void TakeTurn(const char* digits) {
  salt = FromDigits(digits);
  turned = FromDigits(digits + kTurnDigits / 2);
  test_thread = pthread_self();
  has_turn = true;
}

std::int64_t AssertionsEvaluated() {
  return static_cast<std::int64_t>(evaluated);
}

bool IsTestThread() noexcept {
  return has_turn && pthread_equal(pthread_self(), test_thread) != 0;
}

// Declared for tests in canary_sites.h, which brings GoogleTest.
bool NextAssertionIsTurned() noexcept;
bool NextAssertionIsTurned() noexcept {
  return IsTestThread() && MixTurn(salt, ++evaluated) == turned;
}

}  // namespace workbook::grade
