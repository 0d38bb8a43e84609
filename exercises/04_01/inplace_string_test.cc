// SPDX-License-Identifier: Apache-2.0

#include "04_01/inplace_string.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "exercises/04_01/before/inplace_string.h"
#include "exercises/04_01/testing/contract.h"
#include "tools/exercise/testing/recorded_gain.h"

namespace workbook {
namespace {

template <std::size_t N>
InplaceString<N> Make(std::string_view text,
                      const char* file = __builtin_FILE(),
                      int line = __builtin_LINE()) {
  const CalledFrom here(file, line, "TryAssign");
  InplaceString<N> string;
  EXPECT_TRUE(string.TryAssign(text)) << text;
  return string;
}

TEST(Task7InplaceString, StartsEmptyAndHoldsUpToItsCapacity) {
  InplaceString<5> string;
  EXPECT_TRUE(string.empty());
  EXPECT_EQ(string.view(), "");
  EXPECT_TRUE(string.TryAssign("abc"));
  EXPECT_TRUE(string.TryAppend("d"));
  EXPECT_TRUE(string.TryPushBack('e'));
  EXPECT_EQ(string.view(), "abcde") << "all five are the caller's";
  EXPECT_EQ(string.size(), 5u);
  string.Clear();
  EXPECT_EQ(string.view(), "");
}

TEST(Task7InplaceString, RefusesWholeWhatDoesNotFit) {
  auto string = Make<5>("abcd");
  EXPECT_FALSE(string.TryAppend("ef"));
  EXPECT_FALSE(string.TryAssign("123456"));
  EXPECT_EQ(string.view(), "abcd") << "a refusal changes nothing";
  EXPECT_TRUE(string.TryPushBack('e'));
  EXPECT_FALSE(string.TryPushBack('f'));
  EXPECT_TRUE(string.TryAppend(""));
  EXPECT_EQ(string.view(), "abcde");
}

TEST(Task7InplaceString, TakesAnyBytesAndNeedsNoEnd) {
  const std::string_view bytes("\0\xFF\0", 3);
  EXPECT_EQ(Make<3>(bytes).view(), bytes);
  EXPECT_EQ(Make<1>("x").size(), 1u);
}

TEST(Task7InplaceString, TakesAPartOfItself) {
  auto string = Make<8>("abcdef");
  EXPECT_TRUE(string.TryAssign(string.view().substr(2)));
  EXPECT_EQ(string.view(), "cdef");
  EXPECT_TRUE(string.TryAppend(string.view()));
  EXPECT_EQ(string.view(), "cdefcdef");
}

TEST(Task7InplaceString, ComparesAsTexts) {
  EXPECT_EQ(Make<9>("abc"), Make<9>("abc"));
  EXPECT_LT(Make<9>("abc"), Make<9>("abcd"));
  EXPECT_GT(Make<9>("b"), Make<9>("abcd"));
  auto changed = Make<9>("abcd");
  ASSERT_TRUE(changed.TryAssign("abc"));
  EXPECT_EQ(changed, Make<9>("abc")) << "what was there before does not count";
}

TEST(Task7InplaceString, IsAsLargeAsItsCharactersAndOneNumber) {
  EXPECT_EQ(sizeof(InplaceString<15>), 16u);
  EXPECT_EQ(sizeof(InplaceString<255>), 256u);
  EXPECT_EQ(sizeof(InplaceString<256>), 258u);
  EXPECT_EQ(sizeof(InplaceString<65535>), 65538u) << "two bytes, and even";
  EXPECT_EQ(sizeof(InplaceString<65536>), 65540u) << "four bytes";
  RecordProperty("bytes_of_256", static_cast<int>(sizeof(InplaceString<256>)));
  EXPECT_TRUE(std::is_trivially_copyable_v<InplaceString<40>>)
      << "an array of them must be copied by one memcpy";
}

TEST(Task7InplaceString, HoldsLengthsBeyondOneByte) {
  const std::string text(300, 't');
  EXPECT_EQ(Make<300>(text).view(), text);
  const std::string longer(70'000, 'u');
  EXPECT_EQ(Make<70'000>(longer).view(), longer);
}

TEST(Task7InplaceString, NeverAllocates) {
  const std::string text(100, 't');
  const AllocationScope plain;
  before::InplaceString<200> on_the_heap;
  ASSERT_TRUE(on_the_heap.TryAssign(text));
  ASSERT_TRUE(on_the_heap.TryAppend(text));
  RecordGain("allocations", plain.Counts().allocations, 0);
  ExpectNoAllocation([&] {
    InplaceString<200> string;
    ASSERT_TRUE(string.TryAssign(text));
    ASSERT_TRUE(string.TryAppend(text));
    const InplaceString<200> copy = string;
    ASSERT_EQ(copy.size(), 200u);
  });
}

TEST(Task7InplaceString, CopiesAreIndependent) {
  auto string = Make<20>("one");
  InplaceString<20> copy = string;
  ASSERT_TRUE(string.TryAssign("two"));
  EXPECT_EQ(copy.view(), "one") << "the characters are shared";
  std::vector<InplaceString<20>> many(3, string);
  ASSERT_TRUE(many[1].TryAppend("!"));
  EXPECT_EQ(many[0].view(), "two");
  EXPECT_EQ(many[1].view(), "two!");
}

TEST(Task7InplaceString, AnswersAMillionRandomStepsAsAString) {
  SeedTrace trace;
  Random random(402);
  InplaceString<12> string;
  std::string expected;
  std::string text;
  for (int i = 0; i < kRandomInputs; ++i) {
    FillRandomly(random, "ab\n", 7, text);
    if (random.Chance(50)) {
      const bool fits = text.size() <= 12;
      ASSERT_EQ(string.TryAssign(text), fits);
      if (fits) expected = text;
    } else {
      const bool fits = expected.size() + text.size() <= 12;
      ASSERT_EQ(string.TryAppend(text), fits) << expected << " + " << text;
      if (fits) expected += text;
    }
    ASSERT_EQ(string.view(), expected);
  }
}

}  // namespace
}  // namespace workbook
