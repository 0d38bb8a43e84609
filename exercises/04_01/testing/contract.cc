// SPDX-License-Identifier: Apache-2.0

#include "exercises/04_01/testing/contract.h"

namespace workbook {

void FillRandomly(Random& random, std::string_view letters, std::size_t most,
                  std::string& text) {
  std::uint64_t bits = random.Bits();
  text.resize(bits % (most + 1));
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i % 4 == 0) bits = random.Bits();
    text[i] = letters[(bits & 0xFFFF) * letters.size() >> 16];
    bits >>= 16;
  }
}

}  // namespace workbook
