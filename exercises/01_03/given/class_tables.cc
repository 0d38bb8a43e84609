// SPDX-License-Identifier: Apache-2.0

#include "exercises/01_03/given/class_tables.h"

#include <array>

#include "exercises/01_03/given/size_count.h"

namespace workbook {

namespace {

constexpr std::array<std::size_t, 67> kGoClasses = {
    8,     16,    24,    32,    48,    64,    80,    96,    112,   128,
    144,   160,   176,   192,   208,   224,   240,   256,   288,   320,
    352,   384,   416,   448,   480,   512,   576,   640,   704,   768,
    896,   1024,  1152,  1280,  1408,  1536,  1792,  2048,  2304,  2688,
    3072,  3200,  3456,  4096,  4864,  5376,  6144,  6528,  6784,  6912,
    8192,  9472,  9728,  10240, 10880, 12288, 13568, 14336, 16384, 18432,
    19072, 20480, 21760, 24576, 27264, 28672, 32768};

}  // namespace

std::span<const std::size_t> GoClasses() { return kGoClasses; }

std::vector<std::size_t> JemallocClasses() {
  std::vector<std::size_t> classes;
  classes.reserve(41);
  classes.push_back(8);
  for (std::size_t size = 16; size <= 128; size += 16) classes.push_back(size);
  for (std::size_t base = 128; base < kLargestBytes; base *= 2) {
    for (std::size_t quarter = 1; quarter <= 4; ++quarter) {
      classes.push_back(base + quarter * base / 4);
    }
  }
  return classes;
}

std::vector<std::size_t> PowersOfTwo() {
  std::vector<std::size_t> classes;
  classes.reserve(13);
  for (std::size_t size = 8; size <= kLargestBytes; size *= 2) {
    classes.push_back(size);
  }
  return classes;
}

}  // namespace workbook
