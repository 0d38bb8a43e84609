// SPDX-License-Identifier: Apache-2.0

// What a command of instructors or authors needs beyond what learners have.
#ifndef WORKBOOK_TOOLS_WORKBOOK_NEEDS_H_
#define WORKBOOK_TOOLS_WORKBOOK_NEEDS_H_

#include <optional>
#include <string>
#include <vector>

#include "tools/problem/problem.h"

namespace workbook::cli {

// A program on PATH or a header among the system's.
struct Need {
  const char* name;
  const char* why;  // "to read archives that were handed in"
  bool is_header = false;
};

// Those of `command` ("grade", "verify", ...); none for a learner's.
std::vector<Need> NeedsOf(const std::string& command);

// Those of `needs` that this machine lacks. Headers are looked for where the
// launcher does, below WORKBOOK_SYSTEM_ROOT where that is set.
std::vector<Need> Lacking(const std::vector<Need>& needs);

// "bwrap (jails what is graded), archive.h (reads archives)"
std::string Listed(const std::vector<Need>& needs);

// What `command` lacks, what for, and how it is installed; nullopt where
// nothing is missing.
// Cost: some stat(2), no process.
std::optional<Problem> WhatIsMissing(const std::string& command);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_NEEDS_H_
