// SPDX-License-Identifier: Apache-2.0

// In the process of a hidden test: what its assertions saw, on its way to the
// grader.
//
// The stream is text, told in pieces; each of its parts ends with ';':
//   oSITE REL A,B;            one evaluation: "o3=u5,u5;"
//   sSITE,NAME,REL,COUNT,DIGEST_A,DIGEST_B;   all of one assertion
//   eRETURNED,LOST;           the end: whether the body ended by itself
// Numbers are hexadecimal. Of each assertion the first evaluations are told one
// by one, and those that can't have held; of the others the digest is told.
#ifndef WORKBOOK_TOOLS_GRADE_OBSERVED_H_
#define WORKBOOK_TOOLS_GRADE_OBSERVED_H_

#include <cstddef>
#include <cstdint>

#include "tools/grade/observed_value.h"

namespace workbook::grade {

// An assertion. `text` hashes its file and words, which no submission knows.
struct ObservedSite {
  const char* file = "";
  int line = 0;
  std::uint64_t text = 0;
};

// Evaluations of one assertion that are told one by one, and as many more that
// can't have held.
constexpr int kToldEvaluations = 8;
// Assertions of one test; further ones are counted as lost.
constexpr std::size_t kObservedSites = 128;
// Of evaluations, in characters: the grader keeps 64 KiB of a test's words.
constexpr std::size_t kToldCharacters = 24 << 10;

// Ignored on other threads than the test's, whose order differs from run to
// run, and in its children. Allocates nothing: tests count allocations.
// Cost: some 20 ns; a system call for some 3,000 characters of the stream.
void Observe(const ObservedSite& site, char relation, ObservedValue a,
             ObservedValue b) noexcept;

// The test's body begins, and has ended as a function ends: a body that an
// exception leaves has not.
void BodyBegins() noexcept;
void BodyReturns() noexcept;

// Tells what is left and ends the stream; nothing where no hidden test ran.
void FinishObservations() noexcept;

// For a child of the test: it is none.
void ForgetObservations() noexcept;

// Takes a piece of the stream to the grader. Whoever links this defines it.
void TellObserved(const char* text, std::size_t size) noexcept;

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_OBSERVED_H_
