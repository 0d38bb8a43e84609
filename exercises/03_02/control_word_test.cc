// SPDX-License-Identifier: Apache-2.0

#include "03_02/control_word.h"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cstdint>
#include <random>
#include <string>

#include "exercises/03_02/given/control_bytes.h"

namespace workbook {
namespace {

using Bytes = std::array<std::uint8_t, 8>;

std::string Named(const Bytes& bytes) {
  std::string text = "bytes";
  for (const int byte : bytes) text += " " + std::to_string(byte);
  return text;
}

// Returns "0, 2 and 6" for 0b01000101: messages then need no binary numbers.
std::string LanesOf(Lanes lanes) {
  std::string text;
  for (int lane = 0; lanes != 0; ++lane, lanes >>= 1) {
    if ((lanes & 1) == 0) continue;
    if (!text.empty()) text += lanes == 1 ? " and " : ", ";
    text += std::to_string(lane);
  }
  return text.empty() ? "none" : text;
}

// One byte at a time: what the word must do at once.
template <class Wanted>
Lanes OneByOne(const Bytes& bytes, Wanted wanted) {
  Lanes lanes = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (wanted(bytes[i])) lanes |= Lanes{1} << i;
  }
  return lanes;
}

TEST(Task3ControlWord, FindsTheBytesThatAreZero) {
  EXPECT_EQ(LanesOf(ControlWord::ZeroBytes(0)), "0, 1, 2, 3, 4, 5, 6 and 7");
  EXPECT_EQ(LanesOf(ControlWord::ZeroBytes(0x0102030405060708)), "none");
  EXPECT_EQ(LanesOf(ControlWord::ZeroBytes(0x8000FF7F00010080)), "1, 3 and 6")
      << "lanes of zero bytes; the lowest byte is lane 0";
}

TEST(Task3ControlWord, FindsAFragmentInEachLane) {
  for (std::size_t lane = 0; lane < 8; ++lane) {
    Bytes bytes = {1, 2, 3, 4, 5, 6, 7, 8};
    bytes[lane] = 0x55;
    EXPECT_EQ(LanesOf(ControlWord(bytes.data()).Match(Fragment(0x55))),
              std::to_string(lane))
        << "bit i of the result stands for byte i, which is lane i";
  }
}

TEST(Task3ControlWord, FindsAllLanesThatMatch) {
  const Bytes bytes = {9, 0x80, 9, kEmpty, 9, kDeleted, 9, 9};
  const ControlWord word(bytes.data());
  EXPECT_EQ(LanesOf(word.Match(Fragment(9))), "0, 2, 4, 6 and 7");
  EXPECT_EQ(LanesOf(word.Match(Fragment(0x80))), "1");
  EXPECT_EQ(LanesOf(word.Match(Fragment(8))), "none");
}

TEST(Task3ControlWord, ANeighbourOfAMatchIsNoMatch) {
  const Bytes bytes = {0x10, 0x11, 0x10, 0x11, 3, 3, 3, 3};
  EXPECT_EQ(LanesOf(ControlWord(bytes.data()).Match(Fragment(0x10))), "0 and 2")
      << "0x11 differs from 0x10 by one bit, and lies above a match: a borrow "
         "out of the match makes it look like one";
}

TEST(Task3ControlWord, ComparesEveryPairOfBytes) {
  for (const int fragment : {2, 3, 0x7F, 0x80, 0xFF}) {
    const auto wanted = static_cast<std::uint8_t>(fragment);
    for (unsigned pair = 0; pair < 0x10000; ++pair) {
      Bytes bytes = {4, 4, 4, 4, 4, 4, 4, 4};
      bytes[3] = static_cast<std::uint8_t>(pair);
      bytes[4] = static_cast<std::uint8_t>(pair >> 8);
      const Lanes found = ControlWord(bytes.data()).Match(Fragment(wanted));
      const Lanes expected =
          OneByOne(bytes, [&](int byte) { return byte == wanted; });
      if (found == expected) continue;
      FAIL() << "Match(Fragment(" << fragment << ")) reports the lanes "
             << LanesOf(found) << ", and the fragment stands in "
             << LanesOf(expected) << ": " << Named(bytes);
    }
  }
}

TEST(Task3ControlWord, AnEmptyByteIsNoTombstone) {
  const Bytes bytes = {kEmpty,   kDeleted, 0x80, 0x81,
                       kDeleted, kEmpty,   0x82, 0xFF};
  const ControlWord word(bytes.data());
  EXPECT_EQ(LanesOf(word.MatchEmpty()), "0 and 5") << "lanes that are kEmpty";
  EXPECT_EQ(LanesOf(word.MatchFree()), "0, 1, 4 and 5")
      << "lanes that are kEmpty or kDeleted";
}

TEST(Task3ControlWord, AgreesWithABytewiseLoop) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 20'000; ++round) {
    Bytes bytes;
    for (std::uint8_t& byte : bytes) {
      const std::uint64_t draw = random();
      byte = draw % 4 == 0   ? kEmpty
             : draw % 4 == 1 ? kDeleted
                             : static_cast<std::uint8_t>(draw >> 8);
    }
    const ControlWord word(bytes.data());
    ASSERT_EQ(LanesOf(word.MatchEmpty()),
              LanesOf(OneByOne(bytes, [](int byte) { return byte == kEmpty; })))
        << Named(bytes);
    ASSERT_EQ(
        LanesOf(word.MatchFree()),
        LanesOf(OneByOne(bytes, [](int byte) { return byte <= kDeleted; })))
        << Named(bytes);
    const std::uint8_t wanted = Fragment(bytes[5]).byte();
    ASSERT_EQ(
        LanesOf(word.Match(Fragment(wanted))),
        LanesOf(OneByOne(bytes, [&](int byte) { return byte == wanted; })))
        << "lanes of byte " << int{wanted} << "; " << Named(bytes);
  }
}

// The shorter form of the textbooks, which compares the same eight bytes.
Lanes ShorterMatch(const Bytes& bytes, std::uint8_t fragment) {
  constexpr std::uint64_t kLowBits = 0x0101010101010101;
  std::uint64_t word = 0;
  for (std::size_t i = 8; i > 0; --i) word = word << 8 | bytes[i - 1];
  const std::uint64_t differences = word ^ (kLowBits * fragment);
  const std::uint64_t marks =
      (differences - kLowBits) & ~differences & 0x8080808080808080;
  Lanes lanes = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    if ((marks >> (8 * i + 7) & 1) != 0) lanes |= Lanes{1} << i;
  }
  return lanes;
}

TEST(Task3ControlWord, TheShorterFormSeesMatchesThatAreNone) {
  const Bytes bytes = {0x10, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11};
  const Lanes shorter = ShorterMatch(bytes, 0x10);
  EXPECT_EQ(LanesOf(shorter), "0, 1, 2, 3, 4, 5, 6 and 7")
      << "of the textbook's form: one byte matches";
  EXPECT_EQ(LanesOf(ControlWord(bytes.data()).Match(Fragment(0x10))), "0")
      << "lanes of 0x10";
  RecordProperty("shorter_form", std::popcount(shorter));
}

}  // namespace
}  // namespace workbook
