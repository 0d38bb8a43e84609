// SPDX-License-Identifier: Apache-2.0

#include "04_01/compact_bytes.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "exercises/04_01/before/compact_bytes.h"
#include "exercises/04_01/testing/contract.h"
#include "tools/exercise/testing/recorded_gain.h"

namespace workbook {
namespace {

using Values = std::vector<std::uint64_t>;

struct Known {
  std::uint64_t value;
  std::string_view bytes;
};

// The borders of each length.
constexpr Known kKnown[] = {
    {0, std::string_view("\0", 1)},
    {1, "\x01"},
    {127, "\x7F"},
    {128, "\x80\x01"},
    {300, "\xAC\x02"},
    {16383, "\xFF\x7F"},
    {16384, "\x80\x80\x01"},
    {UINT64_MAX >> 1, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F"},
    {UINT64_MAX, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"},
};

TEST(Task12CompactBytes, WritesVarints) {
  std::string all;
  Values values;
  for (const Known& known : kKnown) {
    ExpectFillsText(known.bytes, [&](std::span<char> out) {
      return VarintEncode(std::span(&known.value, 1), out);
    });
    all += known.bytes;
    values.push_back(known.value);
  }
  ExpectFillsText(
      all, [&](std::span<char> out) { return VarintEncode(values, out); });
  const Values minus_one = {~std::uint64_t{0}};
  RecordProperty("bytes_of_minus_one",
                 static_cast<int>(VarintEncode(minus_one, {}).size));
}

TEST(Task12CompactBytes, ReadsVarints) {
  std::string all;
  Values values;
  for (const Known& known : kKnown) {
    all += known.bytes;
    values.push_back(known.value);
  }
  GuardedBuffer memory(all.size());
  const std::string_view bytes = memory.LastCopy(all);
  ExpectFills(values, [&](std::span<std::uint64_t> out) {
    return VarintDecode(bytes, out);
  });
}

void ExpectWrongVarint(std::string_view bytes, std::size_t offset,
                       const char* file = __builtin_FILE(),
                       int line = __builtin_LINE()) {
  const CalledFrom here(file, line, "VarintDecode");
  std::vector<std::uint64_t> out(9);
  GuardedBuffer memory(bytes.size());
  const std::string_view copy = memory.LastCopy(bytes);
  for (const std::size_t room : {9u, 0u}) {
    BufferResult result;
    ASSERT_FALSE(TouchesClosedMemory([&] {
      result = VarintDecode(copy, std::span(out).first(room));
    })) << "a byte behind the input was read";
    EXPECT_EQ(result, InvalidAt(offset));
  }
}

TEST(Task12CompactBytes, RefusesVarintsThatDoNotEnd) {
  ExpectWrongVarint("\x80", 0);
  ExpectWrongVarint("\x01\xFF\xFF", 1);
  ExpectWrongVarint("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01", 0);
}

TEST(Task12CompactBytes, RefusesVarintsBeyondSixtyFourBits) {
  ExpectWrongVarint("\x05\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02", 1);
  ExpectWrongVarint("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F", 0);
}

TEST(Task12CompactBytes, RefusesVarintsThatAreLongerThanNeeded) {
  ExpectWrongVarint(std::string_view("\x80\x00", 2), 0);
  ExpectWrongVarint(std::string_view("\x07\xFF\x80\x00\x07", 5), 1);
}

TEST(Task12CompactBytes, WritesRuns) {
  const auto expect = [](std::string_view bytes, std::string_view pairs) {
    ExpectFillsText(pairs, [&](std::span<char> out) {
      return RunLengthEncode(bytes, out);
    });
    ExpectFillsText(bytes, [&](std::span<char> out) {
      return RunLengthDecode(pairs, out);
    });
  };
  expect("", "");
  expect("aaab",
         "\x03"
         "a\x01"
         "b");
  expect(std::string(255, 'x'), "\xFFx");
  expect(std::string(256, 'x'), "\xFFx\x01x");
  expect(std::string(511, '\0'), std::string_view("\xFF\0\xFF\0\x01\0", 6));
}

TEST(Task12CompactBytes, RefusesRunsOfNothingAndHalfAPair) {
  const auto wrong = [](std::string_view pairs, std::size_t offset) {
    ExpectRefuses(offset, [&](std::span<char> out) {
      return RunLengthDecode(pairs, out);
    });
  };
  wrong(std::string_view("\0a", 2), 0);
  wrong(std::string_view("\1a\0b", 4), 2);
  wrong(
      "\x02"
      "a\x02",
      2);
  wrong("\x01", 0);
}

TEST(Task12CompactBytes, WhatDoesNotFitDoesNotMakeRoomForSomethingShorter) {
  const Values values = {1, 300, 2};
  std::vector<char> bytes(2, '?');
  EXPECT_EQ(VarintEncode(values, bytes),
            (BufferResult{BufferStatus::kTooSmall, 4}));
}

TEST(Task12CompactBytes, NeverAllocates) {
  Values values(500);
  for (std::size_t i = 0; i < 500; ++i) values[i] = i * i * i;
  Values back(500);
  std::vector<char> bytes(5000);
  const std::string text(700, 'r');
  const AllocationScope plain;
  before::VarintEncode(values, bytes);
  before::RunLengthEncode(text, bytes);
  RecordGain("allocations", plain.Counts().allocations, 0);
  BufferResult encoded;
  ExpectNoAllocation([&] { encoded = VarintEncode(values, bytes); });
  ExpectNoAllocation(
      [&] { ASSERT_TRUE(VarintDecode(Written(bytes, encoded), back).ok()); });
  ASSERT_EQ(back, values);
  std::vector<char> decoded(700);
  ExpectNoAllocation([&] { encoded = RunLengthEncode(text, bytes); });
  BufferResult result;
  ExpectNoAllocation(
      [&] { result = RunLengthDecode(Written(bytes, encoded), decoded); });
  ASSERT_EQ(Written(decoded, result), text);
}

TEST(Task12CompactBytes, AnswersAMillionRandomVarintsAsThePlainForm) {
  SeedTrace trace;
  Random random(409);
  Values values;
  Values out(9);
  Values want(9);
  std::vector<char> bytes(64);
  std::vector<char> want_bytes(64);
  std::string text;
  for (int i = 0; i < kRandomInputs / 2; ++i) {
    values.resize(random.Below(5));
    for (auto& value : values) value = random.Bits() >> random.Below(64);
    const std::size_t room = random.Below(45);
    const AllocationScope scope;
    const auto result = VarintEncode(values, std::span(bytes).first(room));
    ASSERT_EQ(scope.Counts().allocations, 0) << room;
    const auto expected =
        before::VarintEncode(values, std::span(want_bytes).first(room));
    ASSERT_TRUE(SameResult(result, expected));
    ASSERT_EQ(Written(bytes, result), Written(want_bytes, expected));
    FillRandomly(random, std::string_view("\0\x01\x7F\x80\xFF\xFF\x80\x02", 8),
                 8, text);
    const auto read = VarintDecode(text, std::span(out).first(room % 9));
    const auto plain =
        before::VarintDecode(text, std::span(want).first(room % 9));
    ASSERT_TRUE(SameResult(read, plain));
    for (std::size_t k = 0; read.ok() && k < read.size; ++k) {
      ASSERT_EQ(out[k], want[k]);
    }
  }
}

TEST(Task12CompactBytes, AnswersAMillionRandomRunsAsThePlainForm) {
  SeedTrace trace;
  Random random(410);
  std::vector<char> out(64);
  std::vector<char> want(64);
  std::string text;
  for (int i = 0; i < kRandomInputs / 2; ++i) {
    FillRandomly(random, std::string_view("aaab\0", 5), 12, text);
    const std::size_t room = random.Below(25);
    const AllocationScope scope;
    const auto result = RunLengthEncode(text, std::span(out).first(room));
    ASSERT_EQ(scope.Counts().allocations, 0) << text;
    const auto expected =
        before::RunLengthEncode(text, std::span(want).first(room));
    ASSERT_TRUE(SameResult(result, expected));
    ASSERT_EQ(Written(out, result), Written(want, expected));
    FillRandomly(random, std::string_view("\1\2\3\4\5\6\7\0", 8), 9, text);
    const auto read = RunLengthDecode(text, std::span(out).first(room));
    const auto plain =
        before::RunLengthDecode(text, std::span(want).first(room));
    ASSERT_TRUE(SameResult(read, plain));
    ASSERT_EQ(Written(out, read), Written(want, plain));
  }
}

}  // namespace
}  // namespace workbook
