// SPDX-License-Identifier: Apache-2.0

// Everything that is published of the measurements: BENCHMARKS.md, a page and a
// JSON an exercise, two pictures, and the tables that the book has of them.
#ifndef WORKBOOK_TOOLS_BENCH_PUBLISH_PUBLISH_H_
#define WORKBOOK_TOOLS_BENCH_PUBLISH_PUBLISH_H_

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tools/bench/publish/measurement.h"
#include "tools/problem/problem.h"

namespace workbook {

struct Publication {
  std::map<std::string, std::string> files;  // path below the root, content
  std::vector<Problem> problems;
};

// Writes nothing: says what the files below `root` should hold, from the
// manifests, docs/benchmarks/*.json, exercises/*/bench.toml and
// docs/benchmarks/reasons.toml. A measurement of `newer` takes the place of the
// published one of its exercise.
// Problems: a figure that its rounds do not give, a lost row without a reason,
// a case without a form, a claim by unlike rows (fairness.h), an overview of more than kMaxOverviewLines. Thread
// safety: any thread; reads files.
Publication Publish(const std::filesystem::path& root,
                    const std::map<std::string, Measurement>& newer);

// Compares the files below `root` with what Publish says, and reads every
// table of theirs by itself.
std::vector<Problem> CheckPublished(const std::filesystem::path& root);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_PUBLISH_PUBLISH_H_
