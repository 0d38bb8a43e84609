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

BufferResult Give(const std::string& made, std::span<char> out) {
  if (made.size() <= out.size()) made.copy(out.data(), made.size());
  return FitsOrNeeds(made.size(), out.size());
}

}  // namespace

BufferResult VarintEncode(std::span<const std::uint64_t> values,
                          std::span<char> out) {
  std::string bytes;
  for (std::uint64_t value : values) {
    std::string varint;
    for (; value >= 0x80; value >>= 7) {
      varint += static_cast<char>(value | 0x80);
    }
    varint += static_cast<char>(value);
    bytes += varint;
  }
  return Give(bytes, out);
}

BufferResult VarintDecode(std::string_view bytes,
                          std::span<std::uint64_t> out) {
  std::deque<std::uint64_t> values;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::string rest(bytes.substr(at));
    const Varint varint = ReadVarint(rest);
    if (varint.length == 0) return InvalidAt(at);
    values.push_back(varint.value);
    at += varint.length;
  }
  if (values.size() <= out.size()) {
    std::copy(values.begin(), values.end(), out.begin());
  }
  return FitsOrNeeds(values.size(), out.size());
}

BufferResult RunLengthEncode(std::string_view bytes, std::span<char> out) {
  std::vector<std::string> runs;
  for (const char c : bytes) {
    if (runs.empty() || runs.back()[0] != c ||
        runs.back().size() == kLongestRun) {
      runs.push_back("");
    }
    runs.back() = runs.back() + c;
  }
  std::string pairs;
  for (const std::string& run : runs) {
    pairs += static_cast<char>(run.size());
    pairs += run[0];
  }
  return Give(pairs, out);
}

BufferResult RunLengthDecode(std::string_view pairs, std::span<char> out) {
  std::string bytes;
  for (std::size_t i = 0; i < pairs.size(); i += 2) {
    if (pairs[i] == 0 || i + 1 == pairs.size()) return InvalidAt(i);
    bytes.append(Byte(pairs[i]), pairs[i + 1]);
  }
  return Give(bytes, out);
}

}  // namespace workbook
