// SPDX-License-Identifier: Apache-2.0

// An update in words.
#ifndef WORKBOOK_TOOLS_WORKBOOK_UPDATE_UPDATE_REPORT_H_
#define WORKBOOK_TOOLS_WORKBOOK_UPDATE_UPDATE_REPORT_H_

#include <functional>
#include <string>
#include <vector>

#include "tools/workbook/update/update_plan.h"

namespace workbook::cli {

struct UpdateWords {
  std::string backup;  // folder of replaced files, relative to the root
  // "Memory pools, 3 of 10 tasks green" for "01_02"; "" where it is new.
  std::function<std::string(const std::string&)> exercise;
  // Whether the stub that a learner's file comes from is known.
  std::function<bool(const std::string&)> old_stub_known;
  bool dry_run = false;
};

// Each changed exercise with its files, then the rest in numbers; a line each,
// "" for an empty plan.
std::string DescribeUpdate(const std::vector<FileUpdate>& plan,
                           const UpdateWords& words);

// The files of one action, by path.
std::vector<std::string> PathsOf(const std::vector<FileUpdate>& plan,
                                 FileAction action);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_UPDATE_UPDATE_REPORT_H_
