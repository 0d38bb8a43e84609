// SPDX-License-Identifier: Apache-2.0

// Ranks pairs of submissions by the code that they share.
//
// The runs of equal tokens are found by SIM (Dick Grune, "Concise report on the
// algorithms in SIM", 2003; Debian's similarity-tester): the longest ones
// first, wherever they stand, so that code which moved is found. SIM knows no
// released stub and counts lines. So it gets one token of tokens.h a line,
// which makes its lines tokens, and what the stub has is taken out first, by a
// run of SIM against it.
#ifndef WORKBOOK_TOOLS_SIMILARITY_COMPARE_H_
#define WORKBOOK_TOOLS_SIMILARITY_COMPARE_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace workbook::similarity {

struct Entry {
  std::string name;
  std::vector<std::pair<std::string, std::string>> files;  // name and bytes
};

// Lines of one file of an entry, 1-based, both ends included.
struct Place {
  std::size_t file = 0;
  int first_line = 0;
  int last_line = 0;
};

struct Region {
  Place a;
  Place b;
  int tokens = 0;
};

struct Pair {
  std::size_t a = 0;  // entries
  std::size_t b = 0;
  int tokens = 0;               // shared: the smaller side's
  double share = 0;             // of the smaller entry's own tokens, 0 to 1
  std::vector<Region> regions;  // longest first
};

struct Options {
  // Shorter runs are idioms. SIM's own default.
  int shortest_run = 24;
  // A declaration of the stub is shorter than what makes a copy.
  int shortest_stub_run = 12;
  // An entry with fewer own tokens is measured as if it had these: an exercise
  // that is hardly begun is like any other.
  int few_tokens = 100;
};

struct Comparison {
  std::vector<int> own_tokens;   // an entry; without those of the stub
  std::vector<int> stub_tokens;  // taken out
  std::vector<Pair> pairs;       // most alike first; none that shares nothing
  std::string error;             // empty if all is well
};

// REQUIRES: sim_c++ is installed (IsInstalled).
// Cost: SIM compares each pair, so time grows with the square of the entries.
// Memory: about 100 bytes a token, 48 a region of the answer.
// Thread safety: any thread.
// On failure: `error` says what SIM or the disk said.
Comparison Compare(const std::vector<Entry>& entries, const Entry& stub,
                   const Options& options = {});

}  // namespace workbook::similarity

#endif  // WORKBOOK_TOOLS_SIMILARITY_COMPARE_H_
