// SPDX-License-Identifier: Apache-2.0

#include "04_01/utf8.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "exercises/04_01/before/utf8.h"
#include "exercises/04_01/testing/contract.h"
#include "tools/exercise/testing/recorded_gain.h"

namespace workbook {
namespace {

// By decoding: the bits, then what they may not be.
std::size_t FindByDecoding(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    std::uint32_t code = static_cast<std::uint8_t>(text[at]);
    if (code < 0x80) {
      ++at;
      continue;
    }
    std::size_t more = 0;
    std::uint32_t least = 0;
    if (code >= 0xF0) {
      more = 3, least = 0x10000, code -= 0xF0;
    } else if (code >= 0xE0) {
      more = 2, least = 0x800, code -= 0xE0;
    } else if (code >= 0xC0) {
      more = 1, least = 0x80, code -= 0xC0;
    } else {
      return at;
    }
    if (code > 7 && more == 3) return at;
    if (at + more >= text.size()) return at;
    for (std::size_t k = 1; k <= more; ++k) {
      const auto byte = static_cast<std::uint8_t>(text[at + k]);
      if (byte < 0x80 || byte > 0xBF) return at;
      code = code * 64 + (byte - 0x80u);
    }
    if (code < least || code > 0x10FFFF || code - 0xD800u < 0x800u) return at;
    at += more + 1;
  }
  return text.size();
}

// Asks with the text alone and at every place of a block: behind and before
// ASCII, so that it crosses each border of 8, 16 and 64 bytes.
void ExpectFirstWrong(std::string_view text, std::size_t offset,
                      const char* file = __builtin_FILE(),
                      int line = __builtin_LINE()) {
  const CalledFrom here(file, line, "FindInvalidUtf8");
  GuardedBuffer memory(300);
  for (std::size_t before = 0; before < 70; ++before) {
    for (const std::size_t after : {0u, 1u, 70u}) {
      std::string all = std::string(before, 'a') + std::string(text);
      // What follows must not complete a sequence, nor may the end.
      all += std::string(after, 'z');
      const std::size_t expected =
          offset == text.size() ? all.size() : before + offset;
      const std::string_view copy = memory.LastCopy(all);
      std::size_t found = 0;
      ASSERT_FALSE(TouchesClosedMemory([&] { found = FindInvalidUtf8(copy); }))
          << "a byte behind a text of " << copy.size() << " bytes was read";
      ASSERT_EQ(found, expected)
          << before << " bytes of ASCII before and " << after << " behind";
    }
  }
}

void ExpectRight(std::string_view text, const char* file = __builtin_FILE(),
                 int line = __builtin_LINE()) {
  ExpectFirstWrong(text, text.size(), file, line);
}

TEST(Task15Utf8, TakesTheFirstAndLastOfEachLength) {
  ExpectRight("");
  ExpectRight(std::string_view("\0\x7F", 2));
  ExpectRight("\xC2\x80\xDF\xBF");
  ExpectRight("\xE0\xA0\x80\xEF\xBF\xBF");
  ExpectRight("\xED\x9F\xBF\xEE\x80\x80");
  ExpectRight("\xF0\x90\x80\x80\xF4\x8F\xBF\xBF");
}

TEST(Task15Utf8, RefusesOverlongForms) {
  ExpectFirstWrong("x\xC0\x80", 1);
  ExpectFirstWrong("\xC0\xAF", 0);
  ExpectFirstWrong("\xC1\xBF", 0);
  ExpectFirstWrong("\xE0\x80\xAF", 0);
  ExpectFirstWrong("\xC3\xA9\xE0\x9F\xBF", 2);
  ExpectFirstWrong("\xF0\x80\x80\xAF", 0);
  ExpectFirstWrong("\xF0\x8F\xBF\xBF", 0);
}

TEST(Task15Utf8, RefusesSurrogates) {
  ExpectFirstWrong("\xED\xA0\x80", 0);
  ExpectFirstWrong("\xED\xBF\xBF", 0);
  ExpectFirstWrong("\xED\xA0\xBD\xED\xB8\x80", 0);
}

TEST(Task15Utf8, RefusesWhatIsAboveTheLastCodePoint) {
  ExpectFirstWrong("\xF4\x90\x80\x80", 0);
  ExpectFirstWrong("\xF5\x80\x80\x80", 0);
  ExpectFirstWrong("\xF8\x88\x80\x80\x80", 0);
  ExpectFirstWrong("\xFE", 0);
  ExpectFirstWrong("\xFF", 0);
}

TEST(Task15Utf8, RefusesSequencesThatAreCutOff) {
  ExpectFirstWrong("\xC3", 0);
  ExpectFirstWrong("\xE2\x82", 0);
  ExpectFirstWrong("\xE2", 0);
  ExpectFirstWrong("\xF0\x9F\x98", 0);
  ExpectFirstWrong("\xF0\x9F", 0);
  ExpectFirstWrong("\xC3\xA9\xF0\x9F\x98", 2);
  ExpectFirstWrong("\xF0\x9F\x98\xC3\xA9", 0);
  ExpectFirstWrong("\xC3\xC3\xA9", 0);
}

TEST(Task15Utf8, RefusesContinuationsWithoutAStart) {
  ExpectFirstWrong("\x80", 0);
  ExpectFirstWrong("a\xBF", 1);
  ExpectFirstWrong("\xC3\xA9\xA9", 2);
  ExpectFirstWrong("\xE2\x82\xAC\x80", 3);
  ExpectFirstWrong("\xF0\x9F\x98\x80\x80", 4);
}

TEST(Task15Utf8, TellsTheFirstOfSeveralWrongPlaces) {
  const std::string right(130, 'r');
  for (std::size_t at = 0; at < 130; ++at) {
    std::string text = right + "\xE2\x82\xAC\xFF";
    text[at] = '\x80';
    EXPECT_EQ(FindInvalidUtf8(text), at);
  }
}

// Every code point, one after the other in one text.
TEST(Task15Utf8, TakesEveryCodePoint) {
  std::string all;
  const auto add = [&](std::uint32_t bits) {
    all.push_back(static_cast<char>(bits));
  };
  for (std::uint32_t code = 0; code <= 0x10FFFF; ++code) {
    if (code >= 0xD800 && code <= 0xDFFF) continue;
    if (code >= 0x10000) {
      add(0xF0 | code >> 18);
      add(0x80 | (code >> 12 & 0x3F));
    } else if (code >= 0x800) {
      add(0xE0 | code >> 12);
    }
    if (code >= 0x800) add(0x80 | (code >> 6 & 0x3F));
    if (code >= 0x80 && code < 0x800) add(0xC0 | code >> 6);
    add(code < 0x80 ? code : 0x80 | (code & 0x3F));
  }
  EXPECT_TRUE(IsUtf8(all)) << "refused at " << FindInvalidUtf8(all);
}

TEST(Task15Utf8, NeverAllocates) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "\xE2\x82\xAC and more ";
  const AllocationScope plain;
  before::FindInvalidUtf8(text);
  RecordGain("allocations", plain.Counts().allocations, 0);
  ExpectNoAllocation([&] { ASSERT_TRUE(IsUtf8(text)); });
}

// With no, one and two continuations behind it, in the middle of a block.
TEST(Task15Utf8, EveryPairOfBytesIsJudgedAsByDecoding) {
  std::string text(80, 'a');
  int pairs = 0;
  for (int pair = 0; pair < 65536; ++pair) {
    text[30] = static_cast<char>(pair >> 8);
    text[31] = static_cast<char>(pair);
    for (const std::string_view behind : {"aa",
                                          "\x80"
                                          "a",
                                          "\x80\x80"}) {
      text.replace(32, 2, behind);
      const AllocationScope scope;
      const std::size_t found = FindInvalidUtf8(text);
      ASSERT_EQ(scope.Counts().allocations, 0);
      ASSERT_EQ(found, FindByDecoding(text)) << pair << ", then " << behind;
      if (behind == "aa" && found == text.size()) ++pairs;
    }
  }
  RecordProperty("well_formed_pairs", pairs);
}

// Windows of a long text that is right but for one byte.
TEST(Task15Utf8, AnswersAMillionRandomInputsAsOneThatDecodes) {
  SeedTrace trace;
  Random random(421);
  const std::vector<std::string_view> pieces = {
      "a",
      "bcdefgh",
      "\xC3\xA9",
      "\xE2\x82\xAC",
      "\xED\x9F\xBF",
      "\xF0\x9F\x98\x80",
      "\xEF\xBF\xBF",
      "0123456789",
  };
  const std::string_view damage =
      "\x80\xBF\xC0\xC2\xE0\xED\xF0\xF4\xF5\xFF\x41";
  std::string text;
  while (text.size() < 4000) text += random.Pick(pieces);
  for (int i = 0; i < kRandomInputs; ++i) {
    const std::size_t at = 100 + random.Below(3800);
    const char was = text[at];
    text[at] = damage[at * 7 % damage.size()];
    const std::size_t before = random.Bits() % 80;
    const auto window = std::string_view(text).substr(at - before, 90);
    const AllocationScope scope;
    const std::size_t found = FindInvalidUtf8(window);
    ASSERT_EQ(scope.Counts().allocations, 0) << "window " << i;
    ASSERT_EQ(found, FindByDecoding(window)) << "window " << i;
    text[at] = was;
  }
}

}  // namespace
}  // namespace workbook
