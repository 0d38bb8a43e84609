// SPDX-License-Identifier: Apache-2.0

#include "04_01/compact_bytes.h"

#include <algorithm>
#include <cstring>
#include <deque>
#include <string>
#include <vector>

namespace workbook {
namespace {

std::uint64_t Byte(char c) { return static_cast<std::uint8_t>(c); }

constexpr std::size_t kLongestRun = 255;

// The varint at the start of `bytes`; its length is 0 if it is wrong.
struct Varint {
  std::uint64_t value = 0;
  std::size_t length = 0;
};

Varint ReadVarint(std::string_view bytes) {
  Varint varint;
  const std::size_t most = std::min(bytes.size(), kLongestVarintBytes);
  for (std::size_t i = 0; i < most; ++i) {
    const std::uint64_t byte = Byte(bytes[i]);
    varint.value |= (byte & 0x7F) << (7 * i);
    if (byte >= 0x80) continue;
    // Nine bytes hold 63 bits: the tenth may only be 1. A last byte of zero
    // says nothing that the byte before could not have said.
    const bool overflows = i + 1 == kLongestVarintBytes && byte > 1;
    const bool overlong = i > 0 && byte == 0;
    if (!overflows && !overlong) varint.length = i + 1;
    return varint;
  }
  return varint;
}

}  // namespace

namespace {

// Bytes of a value: one for each seven bits.
std::size_t VarintBytes(std::uint64_t value) {
  const auto bits = static_cast<std::size_t>(64 - __builtin_clzll(value | 1));
  return (bits + 6) / 7;
}

char* WriteVarint(std::uint64_t value, char* to) {
  for (; value >= 0x80; value >>= 7) *to++ = static_cast<char>(value | 0x80);
  *to++ = static_cast<char>(value);
  return to;
}

}  // namespace

BufferResult VarintEncode(std::span<const std::uint64_t> values,
                          std::span<char> out) {
  std::size_t needed = 0;
  char* to = out.data();
  for (const std::uint64_t value : values) {
    const std::size_t length = VarintBytes(value);
    if (needed <= out.size() && length <= out.size() - needed) {
      to = WriteVarint(value, to);
    }
    needed += length;
  }
  return FitsOrNeeds(needed, out.size());
}

BufferResult VarintDecode(std::string_view bytes,
                          std::span<std::uint64_t> out) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < bytes.size(); ++count) {
    Varint varint{Byte(bytes[at]), 1};
    // Most values of most files are below 128.
    if (varint.value >= 0x80) varint = ReadVarint(bytes.substr(at));
    if (varint.length == 0) return InvalidAt(at);
    if (count < out.size()) out[count] = varint.value;
    at += varint.length;
  }
  return FitsOrNeeds(count, out.size());
}

BufferResult RunLengthEncode(std::string_view bytes, std::span<char> out) {
  std::size_t needed = 0;
  while (!bytes.empty()) {
    const std::size_t most = std::min(bytes.size(), kLongestRun);
    std::size_t run = 1;
    while (run < most && bytes[run] == bytes[0]) ++run;
    if (needed + 2 <= out.size()) {
      out[needed] = static_cast<char>(run);
      out[needed + 1] = bytes[0];
    }
    needed += 2;
    bytes.remove_prefix(run);
  }
  return FitsOrNeeds(needed, out.size());
}

BufferResult RunLengthDecode(std::string_view pairs, std::span<char> out) {
  std::size_t needed = 0;
  for (std::size_t i = 0; i < pairs.size(); i += 2) {
    if (pairs[i] == 0 || i + 1 == pairs.size()) return InvalidAt(i);
    const std::size_t run = Byte(pairs[i]);
    if (needed + run <= out.size()) {
      std::memset(out.data() + needed, pairs[i + 1], run);
    }
    needed += run;
  }
  return FitsOrNeeds(needed, out.size());
}

}  // namespace workbook
