// SPDX-License-Identifier: Apache-2.0

// docs/cases.md and docs/cases/NN_MM.md: what the mutants of described types
// become, from what their proofs printed.
#ifndef WORKBOOK_TOOLS_AUTHORING_CASE_TABLE_H_
#define WORKBOOK_TOOLS_AUTHORING_CASE_TABLE_H_

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workbook {

struct CaseRow {
  std::string exercise;  // "01_02"
  std::string mutant;    // "fixed_size_pool.fresh_first"
  std::string calls;     // "" where there is no case
  std::string histories;
  double seconds = 0;
  std::string sentence;
  std::string text;  // the case as a learner sees it; "" where there is none
};

// Reads what MUTANT_case printed, amid other lines. Nothing where it printed no
// row. Thread safety: any thread, for all functions here.
std::optional<CaseRow> ReadCaseRow(std::string_view log);

// Reads the logs below `logs`, Bazel's folder of them, by exercise and mutant.
std::vector<CaseRow> ReadCaseRows(const std::filesystem::path& logs);

// Returns the text of docs/cases.md, and that of docs/cases/`exercise`.md.
std::string CaseTable(const std::vector<CaseRow>& rows);
std::string CasesOf(const std::vector<CaseRow>& rows,
                    const std::string& exercise);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_CASE_TABLE_H_
