// SPDX-License-Identifier: Apache-2.0

// Which assertion of a graded test is turned: told by the judge behind the
// secret, in a form that reads like any number.
#ifndef WORKBOOK_TOOLS_GRADE_CANARY_TURN_H_
#define WORKBOOK_TOOLS_GRADE_CANARY_TURN_H_

#include <cstddef>
#include <cstdint>

namespace workbook::grade {

// Hexadecimal digits: a salt of 16, and what the salted number of the assertion
// mixes to. In a run without a canary these are 32 drawn digits, so that no
// number mixes to them.
constexpr std::size_t kTurnDigits = 32;

// Of `number`, which counts from 1. Source: the finalizer of SplitMix64
// (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
constexpr std::uint64_t MixTurn(std::uint64_t salt, std::uint64_t number) {
  std::uint64_t mixed = salt ^ (number * 0x9e3779b97f4a7c15);
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
  return mixed ^ (mixed >> 31);
}

// In the test's process, once, by the thread that runs the test and before any
// constructor. Until then no assertion is turned.
void TakeTurn(const char* digits);

// False on other threads, before TakeTurn, and without a secret.
bool IsTestThread() noexcept;

// Assertions that the test's thread has evaluated.
std::int64_t AssertionsEvaluated();

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_CANARY_TURN_H_
