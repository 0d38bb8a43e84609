// SPDX-License-Identifier: Apache-2.0

#include "03_03/interner.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "exercises/03_03/testing/interned_words.h"
#include "exercises/03_03/testing/scarce_memory.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

TEST(Task3Interner, CountsTheTextsFromZero) {
  Interner interner;
  EXPECT_EQ(interner.size(), 0u);
  EXPECT_EQ(NumberOf(interner.Intern("red")), 0u);
  EXPECT_EQ(NumberOf(interner.Intern("green")), 1u);
  EXPECT_EQ(NumberOf(interner.Intern("red")), 0u) << "known already";
  EXPECT_EQ(NumberOf(interner.Intern("")), 2u) << "the empty text is a text";
  EXPECT_EQ(NumberOf(interner.Intern("")), 2u);
  EXPECT_EQ(NumberOf(interner.Intern("re")), 3u);
  EXPECT_EQ(interner.size(), 4u);
  EXPECT_EQ(interner.TextOf(Symbol{1}), "green");
  EXPECT_EQ(interner.TextOf(Symbol{2}), "");
}

TEST(Task3Interner, KeepsAnyBytes) {
  Interner interner;
  const std::string_view zero("a\0b", 3);
  const Symbol symbol = interner.Intern(zero);
  EXPECT_EQ(interner.TextOf(symbol), zero);
  EXPECT_EQ(interner.Find("a"), std::nullopt);
  EXPECT_EQ(interner.Find(std::string_view("a\0c", 3)), std::nullopt);
}

TEST(Task3Interner, FindsOnlyWhatIsThere) {
  Interner interner;
  EXPECT_EQ(interner.Find("red"), std::nullopt) << "nothing is in it yet";
  EXPECT_EQ(interner.Find(""), std::nullopt);
  for (std::size_t i = 0; i < 1000; ++i) interner.Intern(Word(i));
  ExpectWords(interner, 1000);
  for (std::size_t i = 1000; i < 2000; ++i) {
    ASSERT_EQ(interner.Find(Word(i)), std::nullopt) << Word(i);
  }
  EXPECT_EQ(interner.size(), 1000u) << "Find adds no text";
}

TEST(Task3Interner, FindsWithoutAnAllocation) {
  ScarceMemory memory;
  Interner interner(&memory);
  const std::string known = Word(0, 100);
  const std::string unknown = Word(1, 100);
  const Symbol symbol = interner.Intern(known);
  const std::int64_t taken = memory.allocations();
  const AllocationScope scope;
  EXPECT_EQ(interner.Find(known), symbol);
  EXPECT_EQ(interner.Find(unknown), std::nullopt);
  EXPECT_EQ(interner.Intern(known), symbol);
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "a look-up by a view needs no std::string";
  EXPECT_EQ(memory.allocations(), taken);
}

TEST(Task3Interner, ViewsAndSymbolsStayWhileItGrows) {
  Interner interner;
  std::vector<std::string_view> views;
  for (std::size_t i = 0; i < 20'000; ++i) {
    const std::string word = Word(i);
    views.push_back(interner.TextOf(interner.Intern(word)));
    ASSERT_NE(views.back().data(), word.data()) << "a copy, no view of it";
  }
  for (std::size_t i = 0; i < views.size(); ++i) {
    const std::string_view now = interner.TextOf(static_cast<Symbol>(i));
    ASSERT_EQ(static_cast<const void*>(now.data()), views[i].data())
        << "text " << i << " has moved: its old view reads freed memory";
  }
  ExpectWords(interner, 20'000);
}

TEST(Task3Interner, KeepsAPartOfATextThatItKeeps) {
  Interner interner;
  interner.Intern(std::string(900, 'x') + "the end");
  for (std::size_t i = 0; i < 2000; ++i) {
    // Each text is a part of the one before, so any move of texts shows.
    const std::string_view whole =
        interner.TextOf(static_cast<Symbol>(interner.size() - 1));
    if (whole.size() == 1) break;
    const std::string part(whole.substr(1));
    ASSERT_EQ(interner.TextOf(interner.Intern(whole.substr(1))), part);
  }
  EXPECT_EQ(interner.size(), 907u);
}

TEST(Task3Interner, TellsTextsOfEqualHashesApart) {
  // Two words whose hashes agree in 32 bits: among so many there are some.
  std::unordered_map<std::uint32_t, std::size_t> seen;
  Interner interner;
  std::size_t pairs = 0;
  for (std::size_t i = 0; pairs < 3 && i < 1'000'000; ++i) {
    const std::size_t hash = std::hash<std::string_view>()(Word(i));
    const auto [at, is_new] = seen.emplace(static_cast<std::uint32_t>(hash), i);
    if (is_new) continue;
    ++pairs;
    const Symbol first = interner.Intern(Word(at->second));
    const Symbol second = interner.Intern(Word(i));
    ASSERT_NE(NumberOf(first), NumberOf(second))
        << Word(at->second) << " and " << Word(i)
        << " have the same hash and are two texts";
    ASSERT_EQ(interner.TextOf(second), Word(i));
  }
  EXPECT_GT(pairs, 0u);
}

}  // namespace
}  // namespace workbook
