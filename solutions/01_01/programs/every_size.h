// SPDX-License-Identifier: Apache-2.0

// Blocks of every size class, of pages and of alignments, asked for and
// checked.
#ifndef WORKBOOK_01_01_PROGRAMS_EVERY_SIZE_H_
#define WORKBOOK_01_01_PROGRAMS_EVERY_SIZE_H_

#include <malloc.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>

// False: a block was refused, or does not hold what was written to it. `count`
// blocks of each size, all alive at once, so that caches are refilled.
inline bool UseEverySize(std::size_t count) {
  constexpr std::size_t kSizes[] = {
      1,     8,     16,    24,     32,     48,     64,     96,      128,
      200,   256,   400,   512,    700,    1'024,  1'500,  2'048,   3'000,
      4'096, 6'000, 8'192, 10'000, 16'384, 20'000, 32'768, 100'000, 2'000'000};
  constexpr std::size_t kMaxBlocks = 100;
  bool fine = true;
  for (const std::size_t bytes : kSizes) {
    unsigned char* blocks[kMaxBlocks] = {};
    const std::size_t blocks_of_size = bytes > 32'768 ? 1 : count;
    for (std::size_t i = 0; i < blocks_of_size; ++i) {
      blocks[i] = static_cast<unsigned char*>(i % 3 == 2 ? memalign(64, bytes)
                                                         : std::malloc(bytes));
      if (blocks[i] == nullptr) return false;
      blocks[i][0] = blocks[i][bytes - 1] = static_cast<unsigned char>(i);
    }
    for (std::size_t i = 0; i < blocks_of_size; ++i) {
      fine = fine && blocks[i][0] == static_cast<unsigned char>(i) &&
             blocks[i][bytes - 1] == static_cast<unsigned char>(i);
      if (i % 4 == 1) {
        void* const longer = std::realloc(blocks[i], 2 * bytes);
        if (longer == nullptr) return false;
        blocks[i] = static_cast<unsigned char*>(longer);
      }
      std::free(blocks[i]);
    }
  }
  return fine;
}

#endif  // WORKBOOK_01_01_PROGRAMS_EVERY_SIZE_H_
