// SPDX-License-Identifier: Apache-2.0

#include "04_01/utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace workbook {
namespace {

std::uint32_t Byte(char c) { return static_cast<std::uint8_t>(c); }

bool IsContinuation(char c) { return Byte(c) >> 6 == 2; }

// Length of the well-formed sequence at the start of `text`; 0 if there is
// none.
// REQUIRES: text is not empty.
std::size_t SequenceLength(std::string_view text) {
  const std::uint32_t lead = Byte(text[0]);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (text.size() < length) return 0;
  for (const char c : text.substr(1, length - 1)) {
    if (!IsContinuation(c)) return 0;
  }
  // The second byte decides about overlong forms, surrogates and the end.
  const std::uint32_t second = Byte(text[1]);
  if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
      (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)) {
    return 0;
  }
  return length;
}

}  // namespace

namespace {

constexpr std::uint64_t kHighBits = 0x8080808080808080u;

// Byte by byte, and eight at a time where they are ASCII.
// REQUIRES: a sequence begins at `at`.
std::size_t FindInvalidFrom(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (at + 8 <= text.size()) {
      std::uint64_t eight;
      std::memcpy(&eight, text.data() + at, 8);
      if ((eight & kHighBits) == 0) {
        at += 8;
        continue;
      }
    }
    const std::size_t length = SequenceLength(text.substr(at));
    if (length == 0) return at;
    at += length;
  }
  return at;
}

#if defined(__x86_64__)
// The lookup algorithm of John Keiser and Daniel Lemire, "Validating UTF-8 in
// less than one instruction per byte", Software: Practice and Experience 51
// (2021). A pair of neighbouring bytes is wrong in one of seven ways. Three
// tables, by the high and the low half of the first byte and the high half of
// the second, say which ways each half allows; a way that all three allow is an
// error. What is left are the third and fourth bytes of long sequences.
enum PairError : std::uint8_t {
  kTooShort = 1 << 0,   // a lead, then no continuation
  kTooLong = 1 << 1,    // ASCII, then a continuation
  kOverlong3 = 1 << 2,  // E0, then 80 to 9F
  kTooLarge = 1 << 3,   // F4 and 90 to BF, or F5 and more
  kSurrogate = 1 << 4,  // ED, then A0 to BF
  kOverlong2 = 1 << 5,  // C0 or C1
  kOverlong4 = 1 << 6,  // F0, then 80 to 8F; shared with F5 to FF and 80 to 8F
  kTwoConts = 1 << 7,   // two continuations: right in a long sequence only
};
constexpr std::uint8_t kTooLarge1000 = kOverlong4;
// What the low half of the first byte says nothing about.
constexpr std::uint8_t kCarry = kTooShort | kTooLong | kTwoConts;

alignas(16) constexpr std::uint8_t kFirstHigh[16] = {
    kTooLong,
    kTooLong,
    kTooLong,
    kTooLong,
    kTooLong,
    kTooLong,
    kTooLong,
    kTooLong,
    kTwoConts,
    kTwoConts,
    kTwoConts,
    kTwoConts,
    kTooShort | kOverlong2,
    kTooShort,
    kTooShort | kOverlong3 | kSurrogate,
    kTooShort | kTooLarge | kTooLarge1000 | kOverlong4,
};
alignas(16) constexpr std::uint8_t kFirstLow[16] = {
    kCarry | kOverlong3 | kOverlong2 | kOverlong4,
    kCarry | kOverlong2,
    kCarry,
    kCarry,
    kCarry | kTooLarge,
    kCarry | kTooLarge | kTooLarge1000,
    kCarry | kTooLarge | kTooLarge1000,
    kCarry | kTooLarge | kTooLarge1000,
    kCarry | kTooLarge | kTooLarge1000,
    kCarry | kTooLarge | kTooLarge1000,
    kCarry | kTooLarge | kTooLarge1000,
    kCarry | kTooLarge | kTooLarge1000,
    kCarry | kTooLarge | kTooLarge1000,
    kCarry | kTooLarge | kTooLarge1000 | kSurrogate,
    kCarry | kTooLarge | kTooLarge1000,
    kCarry | kTooLarge | kTooLarge1000,
};
constexpr std::uint8_t kSecond8 =
    kTooLong | kOverlong2 | kTwoConts | kOverlong3 | kTooLarge1000 | kOverlong4;
constexpr std::uint8_t kSecond9 =
    kTooLong | kOverlong2 | kTwoConts | kOverlong3 | kTooLarge;
constexpr std::uint8_t kSecondAB =
    kTooLong | kOverlong2 | kTwoConts | kSurrogate | kTooLarge;
alignas(16) constexpr std::uint8_t kSecondHigh[16] = {
    kTooShort, kTooShort, kTooShort, kTooShort,  //
    kTooShort, kTooShort, kTooShort, kTooShort,  //
    kSecond8,  kSecond9,  kSecondAB, kSecondAB,  //
    kTooShort, kTooShort, kTooShort, kTooShort,
};

// Where the sequence begins that has begun before `at` and may not have ended.
// REQUIRES: everything before `at` is well-formed, but for its last sequence,
// which may be cut off.
std::size_t SequenceStart(std::string_view text, std::size_t at) {
  const std::size_t furthest = at - std::min<std::size_t>(at, 3);
  for (std::size_t start = at; start > furthest;) {
    if (IsContinuation(text[--start])) continue;
    const std::uint32_t lead = Byte(text[start]);
    const std::size_t length = lead < 0xC0   ? 1
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                                             : 4;
    return start + length > at ? start : at;
  }
  return at;
}

#define WORKBOOK_SSSE3 __attribute__((target("ssse3")))

WORKBOOK_SSSE3 inline __m128i Load(const void* from) {
  return _mm_loadu_si128(static_cast<const __m128i*>(from));
}

WORKBOOK_SSSE3 inline __m128i HighHalves(__m128i bytes) {
  return _mm_and_si128(_mm_srli_epi16(bytes, 4), _mm_set1_epi8(0x0F));
}

// Not zero where something is wrong with `block`, which follows `before`.
WORKBOOK_SSSE3 inline __m128i Errors(__m128i block, __m128i before) {
  const __m128i one_back = _mm_alignr_epi8(block, before, 15);
  const __m128i two_back = _mm_alignr_epi8(block, before, 14);
  const __m128i three_back = _mm_alignr_epi8(block, before, 13);
  const __m128i first_low = _mm_and_si128(one_back, _mm_set1_epi8(0x0F));
  const __m128i pairs = _mm_and_si128(
      _mm_and_si128(_mm_shuffle_epi8(Load(kFirstHigh), HighHalves(one_back)),
                    _mm_shuffle_epi8(Load(kFirstLow), first_low)),
      _mm_shuffle_epi8(Load(kSecondHigh), HighHalves(block)));
  // The top bit is set where a third or fourth byte has to be: after E0 or more
  // two bytes ago, F0 or more three bytes ago.
  const __m128i third = _mm_subs_epu8(two_back, _mm_set1_epi8(0xE0 - 0x80));
  const __m128i fourth = _mm_subs_epu8(three_back, _mm_set1_epi8(0xF0 - 0x80));
  const __m128i must_continue = _mm_and_si128(
      _mm_or_si128(third, fourth), _mm_set1_epi8(static_cast<char>(0x80)));
  return _mm_xor_si128(must_continue, pairs);
}

WORKBOOK_SSSE3 inline bool IsZero(__m128i bytes) {
  return _mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_setzero_si128())) ==
         0xFFFF;
}

// Where the block is from which FindInvalidFrom must look: the first one that
// has or ends in something that may be wrong, less what began before it.
WORKBOOK_SSSE3 std::size_t SkipValidBlocks(std::string_view text) {
  std::size_t at = 0;
  __m128i before = _mm_setzero_si128();
  for (; at + 64 <= text.size(); at += 64) {
    const char* const from = text.data() + at;
    const __m128i a = Load(from);
    const __m128i b = Load(from + 16);
    const __m128i c = Load(from + 32);
    const __m128i d = Load(from + 48);
    const __m128i any = _mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d));
    // Sixty-four bytes of ASCII are right if nothing was left open.
    if (_mm_movemask_epi8(any) == 0 && SequenceStart(text, at) == at) {
      before = d;
      continue;
    }
    const __m128i errors =
        _mm_or_si128(_mm_or_si128(Errors(a, before), Errors(b, a)),
                     _mm_or_si128(Errors(c, b), Errors(d, c)));
    if (!IsZero(errors)) break;
    before = d;
  }
  return at;
}
#endif

}  // namespace

std::size_t FindInvalidUtf8(std::string_view text) {
  std::size_t at = 0;
#if defined(__x86_64__)
  if (text.size() >= 64 && __builtin_cpu_supports("ssse3")) {
    at = SequenceStart(text, SkipValidBlocks(text));
  }
#endif
  return FindInvalidFrom(text, at);
}

}  // namespace workbook
