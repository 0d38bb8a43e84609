// SPDX-License-Identifier: Apache-2.0

// The shortest history of calls in which a learner's type fails.
#ifndef WORKBOOK_TOOLS_WORKBOOK_FOUND_CASE_H_
#define WORKBOOK_TOOLS_WORKBOOK_FOUND_CASE_H_

#include <filesystem>
#include <string>
#include <vector>

namespace workbook::cli {

struct CaseStep {
  std::string line;                  // of the program
  std::vector<std::string> picture;  // lines
};

struct Case {
  std::string name;               // of the description: "fixed_size_pool"
  std::filesystem::path program;  // that found it
  std::string verdict;            // "WRONG: a is nullptr"
  std::string history;            // as that program reads it
  std::string type;               // of the drawn object, or ""
  std::vector<CaseStep> steps;    // the first makes the subject
  bool explains = false;          // how its picture is read
};

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_FOUND_CASE_H_
