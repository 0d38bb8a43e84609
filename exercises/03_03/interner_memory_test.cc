// SPDX-License-Identifier: Apache-2.0

// What an Interner holds, and what it is left with when memory runs out.
#include <gtest/gtest.h>

#include <cstdint>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "03_03/interner.h"
#include "exercises/03_03/testing/interned_words.h"
#include "exercises/03_03/testing/scarce_memory.h"
#include "tools/exercise/testing/guarded_buffer.h"
#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

// What the header allows.
std::size_t MaxBytes(std::size_t text_bytes, std::size_t texts) {
  return text_bytes * 4 / 3 + 48 * texts + 8192;
}

TEST(Task3InternerBytes, AreBoundedAtAnyNumberOfTexts) {
  ScarceMemory memory;
  Interner interner(&memory);
  std::size_t text_bytes = 0;
  for (std::size_t i = 0; i < 30'000; ++i) {
    text_bytes += Word(i).size();
    interner.Intern(Word(i));
    ASSERT_LE(memory.live_bytes(), MaxBytes(text_bytes, i + 1))
        << "bytes held for " << i + 1 << " texts of together " << text_bytes
        << " bytes";
  }
}

TEST(Task3InternerBytes, ComeFromTheMemoryThatItWasGiven) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < 3000; ++i) {
    words.push_back(Word(i, i % 100 == 0 ? 2000 : 20));
  }
  ScarceMemory memory;
  const AllocationScope scope;
  Interner interner(&memory);
  for (const std::string& word : words) interner.Intern(word);
  EXPECT_EQ(scope.Counts().allocations, memory.allocations())
      << "allocations of the thread, and those of the memory_resource";
}

TEST(Task3InternerBytes, AreBoundedForTextsOfAnySize) {
  for (const std::size_t size : {1000u, 1025u, 1400u, 2100u, 4096u, 10'000u}) {
    ScarceMemory memory;
    Interner interner(&memory);
    for (std::size_t i = 0; i < 300; ++i) {
      interner.Intern(Word(i, size));
      interner.Intern(Word(i));
    }
    std::size_t text_bytes = 0;
    for (std::size_t i = 0; i < interner.size(); ++i) {
      text_bytes += interner.TextOf(static_cast<Symbol>(i)).size();
    }
    EXPECT_LE(memory.live_bytes(), MaxBytes(text_bytes, 600))
        << "bytes held for 300 texts of " << size
        << " bytes and 300 short ones";
  }
}

TEST(Task3InternerBytes, AreFewerThanThoseOfAMapOfStrings) {
  constexpr std::size_t kTexts = 10'000;
  const AllocationScope scope;
  std::unordered_map<std::string, std::uint32_t> numbers;
  std::vector<const std::string*> texts;
  for (std::size_t i = 0; i < kTexts; ++i) {
    const auto [at, is_new] =
        numbers.emplace(Word(i, 20), static_cast<std::uint32_t>(i));
    texts.push_back(&at->first);
  }
  const std::int64_t before = scope.Counts().live_bytes;
  ScarceMemory memory;
  Interner interner(&memory);
  for (std::size_t i = 0; i < kTexts; ++i) interner.Intern(Word(i, 20));
  const auto after = static_cast<std::int64_t>(memory.live_bytes());
  RecordGain("held_by_a_table_of_10000_texts_bytes", before, after);
  RecordProperty("map_bytes", std::to_string(before / std::int64_t{kTexts}));
  RecordProperty("interner_bytes",
                 std::to_string(after / std::int64_t{kTexts}));
  EXPECT_LT(after, before) << "bytes for the same texts";
}

// Interns words until the allocation behind `allowed` ones fails.
void ExpectAllOrNothing(std::size_t words, std::int64_t allowed) {
  ScarceMemory memory;
  Interner interner(&memory);
  for (std::size_t i = 0; i < words; ++i) interner.Intern(Word(i));
  memory.AllowAllocations(allowed);
  bool failed = false;
  for (std::size_t i = words; i < words + 2000 && !failed; ++i) {
    try {
      interner.Intern(Word(i));
    } catch (const std::bad_alloc&) {
      failed = true;
      ExpectWords(interner, i);
      if (testing::Test::HasFailure()) return;
      EXPECT_EQ(interner.Find(Word(i)), std::nullopt);
      memory.AllowAll();
      EXPECT_EQ(NumberOf(interner.Intern(Word(i))), i)
          << "once there is memory";
      ExpectWords(interner, i + 1);
    }
  }
  EXPECT_TRUE(failed) << "2,000 texts need more than a few allocations";
}

TEST(Task3InternerFailure, ChangesNothingWhicheverAllocationFails) {
  for (const std::size_t words : {0u, 1u, 11u, 12u, 191u, 192u, 700u}) {
    for (std::int64_t allowed = 0; allowed < 4; ++allowed) {
      SCOPED_TRACE(std::to_string(words) + " texts, then " +
                   std::to_string(allowed) + " allocations succeed");
      ExpectAllOrNothing(words, allowed);
      if (testing::Test::HasFailure()) return;
    }
  }
}

TEST(Task3InternerFailure, LeaksNothing) {
  ScarceMemory memory;
  {
    Interner interner(&memory);
    EXPECT_EQ(memory.live_bytes(), 0u) << "an empty one takes no memory";
    for (std::int64_t allowed = 0; allowed < 40; ++allowed) {
      memory.AllowAllocations(allowed % 3);
      try {
        for (std::size_t i = 0; i < 5000; ++i) interner.Intern(Word(i, 40));
      } catch (const std::bad_alloc&) {
      }
    }
    memory.AllowAll();
    const std::size_t held = memory.live_bytes();
    for (int i = 0; i < 1000; ++i) {
      memory.AllowAllocations(0);
      EXPECT_THROW(interner.Intern(Word(1, 5000)), std::bad_alloc);
      memory.AllowAll();
    }
    EXPECT_EQ(memory.live_bytes(), held) << "what failed is still held";
  }
  EXPECT_EQ(memory.live_bytes(), 0u);
}

TEST(Task3InternerFailure, RefusesWhatHasNoNumber) {
  Interner interner;
  interner.Intern("so that there is something to search in");
  // Behind its first byte lies a closed page.
  GuardedBuffer buffer(1);
  const std::string_view huge(buffer.Last(1).data(), std::size_t{1} << 32);
  bool refused = false;
  EXPECT_FALSE(TouchesClosedMemory([&] {
    try {
      interner.Intern(huge);
    } catch (const std::length_error&) {
      refused = true;
    }
  })) << "a text of 4 GiB is refused before it is read";
  EXPECT_TRUE(refused);
  EXPECT_EQ(interner.size(), 1u);
}

}  // namespace
}  // namespace workbook
