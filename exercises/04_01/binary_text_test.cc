// SPDX-License-Identifier: Apache-2.0

#include "04_01/binary_text.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "exercises/04_01/before/binary_text.h"
#include "exercises/04_01/testing/contract.h"
#include "tools/exercise/testing/recorded_gain.h"

namespace workbook {
namespace {

using Coder = BufferResult (*)(std::string_view, std::span<char>);

void ExpectCodes(Coder coder, std::string_view from, std::string_view to,
                 const char* file = __builtin_FILE(),
                 int line = __builtin_LINE()) {
  const CalledFrom here(file, line);
  SCOPED_TRACE(from);
  GuardedBuffer memory(from.size());
  for (const auto text : {memory.LastCopy(from), memory.FirstCopy(from)}) {
    ExpectFillsText(to, [&](std::span<char> out) { return coder(text, out); });
  }
}

void ExpectWrongAt(Coder coder, std::string_view text, std::size_t offset,
                   const char* file = __builtin_FILE(),
                   int line = __builtin_LINE()) {
  const CalledFrom here(file, line);
  SCOPED_TRACE(text);
  ExpectRefuses(offset, [&](std::span<char> out) { return coder(text, out); });
}

TEST(Task11BinaryText, WritesHex) {
  ExpectCodes(HexEncode, "", "");
  ExpectCodes(HexEncode, std::string_view("\0\x7F\x80\xFF\x0A", 5),
              "007f80ff0a");
}

TEST(Task11BinaryText, ReadsHexOfEitherCase) {
  ExpectCodes(HexDecode, "", "");
  ExpectCodes(HexDecode, "007F80fF0a",
              std::string_view("\0\x7F\x80\xFF\x0A", 5));
}

TEST(Task11BinaryText, RefusesWhatIsNotHex) {
  ExpectWrongAt(HexDecode, "0", 1);
  ExpectWrongAt(HexDecode, "00f", 3);
  ExpectWrongAt(HexDecode, "0g", 1);
  ExpectWrongAt(HexDecode, "g0", 0);
  ExpectWrongAt(HexDecode, "00 11", 2);
  ExpectWrongAt(HexDecode, "0x", 1);
  ExpectWrongAt(HexDecode, "00@0", 2);
  ExpectWrongAt(HexDecode, "00:0", 2);
  ExpectWrongAt(HexDecode, "00`0", 2);
  ExpectWrongAt(HexDecode, "00G0", 2);
  ExpectWrongAt(HexDecode, "00\xFF\xFF", 2);
}

// RFC 4648, section 10.
constexpr std::string_view kVectors[][2] = {
    {"", ""},
    {"f", "Zg=="},
    {"fo", "Zm8="},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg=="},
    {"fooba", "Zm9vYmE="},
    {"foobar", "Zm9vYmFy"},
    {"\xFB\xFF\xBF", "+/+/"},
    {std::string_view("\0\0\0\0", 4), "AAAAAA=="},
};

TEST(Task11BinaryText, WritesAndReadsBase64) {
  for (const auto& [bytes, text] : kVectors) {
    ExpectCodes(Base64Encode, bytes, text);
    ExpectCodes(Base64Decode, text, bytes);
  }
  const std::string hundred(100, 'b');
  RecordProperty("base64_of_a_hundred",
                 static_cast<int>(Base64Encode(hundred, {}).size));
}

TEST(Task11BinaryText, RefusesPaddingThatIsNotThereOrTooMuch) {
  ExpectWrongAt(Base64Decode, "Zg", 2);
  ExpectWrongAt(Base64Decode, "Zg=", 2);
  ExpectWrongAt(Base64Decode, "Zm8", 3);
  ExpectWrongAt(Base64Decode, "Zm9vYg", 6);
  ExpectWrongAt(Base64Decode, "Z===", 1);
  ExpectWrongAt(Base64Decode, "====", 0);
  ExpectWrongAt(Base64Decode, "Zm9v====", 4);
  ExpectWrongAt(Base64Decode, "Zg==Zg==", 2);
  ExpectWrongAt(Base64Decode, "Zm9v=", 4);
  ExpectWrongAt(Base64Decode, "Z=g=", 1);
}

TEST(Task11BinaryText, RefusesBitsThatNoByteTakesUp) {
  ExpectWrongAt(Base64Decode, "Zh==", 1);
  ExpectWrongAt(Base64Decode, "Zm9=", 2);
  ExpectWrongAt(Base64Decode, "Zm9vZv==", 5);
}

TEST(Task11BinaryText, RefusesCharactersOfOtherAlphabets) {
  ExpectWrongAt(Base64Decode, "Zm9-", 3);
  ExpectWrongAt(Base64Decode, "Zm_v", 2);
  ExpectWrongAt(Base64Decode, "Zm9v\nZm9v", 4);
  ExpectWrongAt(Base64Decode, "Z m9", 1);
  ExpectWrongAt(Base64Decode, "\x80m9v", 0);
}

TEST(Task11BinaryText, AWrongInputIsWrongForAnyBuffer) {
  std::vector<char> none;
  EXPECT_EQ(HexDecode("00zz", none), InvalidAt(2));
  EXPECT_EQ(Base64Decode("Zm9vZm9v?===", none), InvalidAt(8));
}

void ExpectRoundTripWithoutAllocation(Coder encode, Coder decode,
                                      const char* file = __builtin_FILE(),
                                      int line = __builtin_LINE()) {
  const CalledFrom here(file, line);
  const std::string bytes(999, 'b');
  std::vector<char> text(2000);
  std::vector<char> back(1000);
  ExpectNoAllocation([&] {
    const BufferResult encoded = encode(bytes, text);
    const BufferResult decoded = decode(Written(text, encoded), back);
    ASSERT_EQ(Written(back, decoded), bytes);
  });
}

TEST(Task11BinaryText, NeverAllocates) {
  const std::string bytes(999, 'b');
  std::vector<char> text(2000);
  const AllocationScope plain;
  before::HexEncode(bytes, text);
  before::Base64Encode(bytes, text);
  RecordGain("allocations", plain.Counts().allocations, 0);
  ExpectRoundTripWithoutAllocation(HexEncode, HexDecode);
  ExpectRoundTripWithoutAllocation(Base64Encode, Base64Decode);
}

void ExpectSameAsBefore(Coder coder,
                        before::BufferResult (*plain)(std::string_view,
                                                      std::span<char>),
                        std::string_view letters, std::uint64_t salt,
                        const char* file = __builtin_FILE(),
                        int line = __builtin_LINE()) {
  const CalledFrom here(file, line);
  Random random(salt);
  std::string text;
  std::vector<char> out(32);
  std::vector<char> want(32);
  for (int i = 0; i < kRandomInputs / 4; ++i) {
    FillRandomly(random, letters, 12, text);
    const std::size_t room = static_cast<std::size_t>(i) % 25;
    const AllocationScope scope;
    const auto result = coder(text, std::span(out).first(room));
    ASSERT_EQ(scope.Counts().allocations, 0) << text;
    const auto expected = plain(text, std::span(want).first(room));
    ASSERT_TRUE(SameResult(result, expected)) << text << " into " << room;
    ASSERT_EQ(Written(out, result), Written(want, expected)) << text;
  }
}

TEST(Task11BinaryText, AnswersAMillionRandomInputsAsThePlainForm) {
  SeedTrace trace;
  const std::string_view bytes("\0\1\x7F\x80\xFE\xFFzA", 8);
  ExpectSameAsBefore(HexEncode, before::HexEncode, bytes, 405);
  ExpectSameAsBefore(HexDecode, before::HexDecode,
                     "0123456789abcdefABCDEF0123456789abcdefABCDEFg", 406);
  ExpectSameAsBefore(Base64Encode, before::Base64Encode, bytes, 407);
  ExpectSameAsBefore(Base64Decode, before::Base64Decode, "AQgw+/9Az=", 408);
}

}  // namespace
}  // namespace workbook
