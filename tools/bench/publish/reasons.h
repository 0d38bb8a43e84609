// SPDX-License-Identifier: Apache-2.0

// Why the reference is behind a peer: what docs/benchmarks/reasons.toml says.
//
//   [[reasons]]
//   exercise = "01_02"
//   cases = ["pool/batch_lifo"]    without a number of threads
//   peers = ["tcmalloc"]
//   title = "no locked instruction"   a few words, for the list of all
//   why = "tcmalloc …"                a sentence or two
#ifndef WORKBOOK_TOOLS_BENCH_PUBLISH_REASONS_H_
#define WORKBOOK_TOOLS_BENCH_PUBLISH_REASONS_H_

#include <string>
#include <string_view>
#include <vector>

#include "tools/problem/problem.h"

namespace workbook {

inline constexpr char kReasonsFile[] = "docs/benchmarks/reasons.toml";

struct Reason {
  std::string exercise;
  std::vector<std::string> cases;
  std::vector<std::string> peers;
  std::string title;
  std::string why;
  int line = 0;
};

struct Reasons {
  std::vector<Reason> reasons;
  std::vector<Problem> problems;

  // The reason why the reference is behind `peer` in a case, with or without
  // its number of threads; nullptr where none is given.
  const Reason* Find(std::string_view exercise, std::string_view case_name,
                     std::string_view peer) const;
};

// Reads the text of the file. On failure: problems with lines.
Reasons ReadReasons(std::string_view text);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_PUBLISH_REASONS_H_
