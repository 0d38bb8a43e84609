// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/addresses.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string_view>
#include <vector>

namespace workbook::grade {
namespace {

constexpr std::size_t kDigits = 12;

bool IsHex(char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; }

// Where Linux puts programs, heaps, libraries and stacks: no other number of
// twelve digits is taken for an address.
bool IsAddress(std::string_view digits) {
  if (digits.size() < kDigits ||
      !std::all_of(digits.begin(), digits.begin() + kDigits, IsHex) ||
      (digits.size() > kDigits && IsHex(digits[kDigits]))) {
    return false;
  }
  const std::string_view start = digits.substr(0, 2);
  return start == "55" || start == "56" || start == "7e" || start == "7f";
}

}  // namespace

std::string NumberAddresses(const std::string& text) {
  std::vector<std::string_view> known;
  std::string numbered;
  const std::string_view all = text;
  for (std::size_t at = 0; at < all.size();) {
    const bool is_one =
        all.substr(at, 2) == "0x" && IsAddress(all.substr(at + 2));
    if (!is_one) {
      numbered += all[at++];
      continue;
    }
    const std::string_view digits = all.substr(at + 2, kDigits);
    const auto found = std::find(known.begin(), known.end(), digits);
    numbered += "address " + std::to_string(found - known.begin() + 1);
    if (found == known.end()) known.push_back(digits);
    at += 2 + kDigits;
  }
  return numbered;
}

}  // namespace workbook::grade
