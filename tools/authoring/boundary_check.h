// SPDX-License-Identifier: Apache-2.0

// Whether a benchmark reaches its subject by a call where bench.toml says so.
#ifndef WORKBOOK_TOOLS_AUTHORING_BOUNDARY_CHECK_H_
#define WORKBOOK_TOOLS_AUTHORING_BOUNDARY_CHECK_H_

#include <string>
#include <vector>

#include "tools/authoring/check.h"
#include "tools/bench/publish/forms.h"

namespace workbook {

// The sources of an exercise's benchmark, as texts.
struct BenchSources {
  std::vector<std::string> bench;  // *_bench.cc and *_bench.h
  std::vector<std::string> apart;  // .cc files that are compiled apart from it
};

// Looks for each function of a case's `by`: the compiler cannot inline it into
// the loop where it stands behind [[gnu::noinline]] in a benchmark's source, or
// is defined in a source of its own that a benchmark calls. A stub of the name
// that no benchmark calls is not one.
// Thread safety: any thread.
std::vector<Problem> CheckBoundaries(const Forms& forms,
                                     const BenchSources& sources);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_BOUNDARY_CHECK_H_
