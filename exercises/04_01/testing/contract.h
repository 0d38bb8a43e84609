// SPDX-License-Identifier: Apache-2.0

// The contract of a caller's buffer, checked for any function that has it. A
// failure names the line of the test that called.
#ifndef WORKBOOK_EXERCISES_04_01_TESTING_CONTRACT_H_
#define WORKBOOK_EXERCISES_04_01_TESTING_CONTRACT_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tools/exercise/testing/called_from.h"
#include "tools/exercise/testing/guarded_buffer.h"
#include "tools/exercise/testing/random_walk.h"
#include "tools/probe/probe.h"

namespace workbook {

// How many random inputs a function is compared with its plain form over.
inline constexpr int kRandomInputs = 1'000'000;

// Calls `fill(buffer)` with every size of buffer from none to two elements more
// than `expected` has, each ending where a closed page begins and beginning
// where one ends. What does not fit must be kTooSmall with the size of
// `expected`, what fits must be `expected`, and no byte outside may be touched.
template <typename Element, typename Fill>
void ExpectFills(const std::vector<Element>& expected, Fill fill,
                 const char* file = __builtin_FILE(),
                 int line = __builtin_LINE()) {
  const CalledFrom here(file, line);
  GuardedBuffer memory((expected.size() + 2) * sizeof(Element));
  for (std::size_t size = 0; size <= expected.size() + 2; ++size) {
    for (const bool at_end : {true, false}) {
      const std::size_t bytes = size * sizeof(Element);
      const std::span<char> raw =
          at_end ? memory.Last(bytes) : memory.First(bytes);
      const std::span<Element> buffer(reinterpret_cast<Element*>(raw.data()),
                                      size);
      decltype(fill(buffer)) result;
      ASSERT_FALSE(TouchesClosedMemory([&] { result = fill(buffer); }))
          << "a byte outside of a buffer of " << size
          << " elements was touched; " << expected.size() << " are needed";
      ASSERT_EQ(result.size, expected.size())
          << (size < expected.size() ? "needed" : "written")
          << " elements, for a buffer of " << size;
      ASSERT_EQ(result.status, size < expected.size()
                                   ? decltype(result.status)::kTooSmall
                                   : decltype(result.status)::kOk)
          << "for a buffer of " << size << " elements";
      if (size < expected.size()) continue;
      ASSERT_TRUE(std::equal(expected.begin(), expected.end(), buffer.begin()))
          << "a buffer of " << size << " elements has another content";
    }
  }
}

template <typename Fill>
void ExpectFillsText(std::string_view expected, Fill fill,
                     const char* file = __builtin_FILE(),
                     int line = __builtin_LINE()) {
  ExpectFills(std::vector<char>(expected.begin(), expected.end()), fill, file,
              line);
}

// `fill(buffer)` must be kInvalid at `offset`, for a buffer of any size, and
// touch nothing outside.
template <typename Fill>
void ExpectRefuses(std::size_t offset, Fill fill,
                   const char* file = __builtin_FILE(),
                   int line = __builtin_LINE()) {
  const CalledFrom here(file, line);
  GuardedBuffer memory(64);
  for (const std::size_t size : {64u, 1u, 0u}) {
    const std::span<char> buffer = memory.Last(size);
    decltype(fill(buffer)) result;
    ASSERT_FALSE(TouchesClosedMemory([&] { result = fill(buffer); }))
        << "a byte outside of a buffer of " << size << " bytes was touched";
    ASSERT_EQ(result.status, decltype(result.status)::kInvalid)
        << "for a buffer of " << size << " bytes";
    ASSERT_EQ(result.size, offset) << "for a buffer of " << size << " bytes";
  }
}

// Counts three calls, the first one too: a buffer that stays forever is an
// allocation as well. So let the input be longer than what the test before had.
template <typename Call>
void ExpectNoAllocation(Call call, const char* file = __builtin_FILE(),
                        int line = __builtin_LINE()) {
  const CalledFrom here(file, line);
  const AllocationScope scope;
  for (int i = 0; i < 3; ++i) call();
  const AllocationCounts counts = scope.Counts();
  EXPECT_EQ(counts.allocations, 0)
      << counts.bytes_allocated << " bytes were allocated in three calls";
}

// Whether both forms, this one and the one in before, answered alike.
template <typename Result, typename BeforeResult>
bool SameResult(const Result& result, const BeforeResult& before) {
  return result.size == before.size &&
         static_cast<int>(result.status) == static_cast<int>(before.status);
}

// The written part of a buffer; nothing unless the result is kOk.
template <typename Result>
std::string_view Written(std::span<const char> buffer, const Result& result) {
  return {buffer.data(), result.ok() ? result.size : 0};
}

// Up to `most` bytes of `letters`, into `text`: no allocation once it has
// grown. In a file of its own, which is optimised: generating took longer than
// comparing.
void FillRandomly(Random& random, std::string_view letters, std::size_t most,
                  std::string& text);

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_04_01_TESTING_CONTRACT_H_
