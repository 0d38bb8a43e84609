// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/case_table.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <system_error>
#include <tuple>

#include "tools/text/text_file.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kRow = "row\t";
constexpr std::string_view kTestEnding = "_case";

std::string_view TakeField(std::string_view& line) {
  const std::string_view field = line.substr(0, line.find('\t'));
  line.remove_prefix(std::min(field.size() + 1, line.size()));
  return field;
}

// A sentence in a cell.
std::string Cell(std::string_view text) {
  std::string cell;
  for (const char letter : text) {
    if (letter == '|') cell += '\\';
    cell += letter;
  }
  return cell;
}

// A line of Markdown has at most 120 columns.
std::string Cut(std::string_view line) {
  constexpr std::size_t kColumns = 120;
  if (line.size() <= kColumns) return std::string(line);
  return std::string(line.substr(0, kColumns - 4)) + " ...";
}

// "pool: never_frees" of pool.never_frees. A page includes a case by its
// heading, and a released page may not name a mutant as its file does.
std::string Heading(std::string mutant) {
  const std::size_t dot = mutant.find('.');
  if (dot != std::string::npos) mutant.replace(dot, 1, ": ");
  return mutant;
}

std::string Seconds(double seconds) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.2f", seconds);
  return text;
}

std::string Summary(const std::vector<CaseRow>& rows) {
  std::vector<int> calls;
  for (const CaseRow& row : rows) {
    if (!row.calls.empty()) calls.push_back(std::atoi(row.calls.c_str()));
  }
  if (calls.empty()) return "No mutant becomes a case.\n";
  std::sort(calls.begin(), calls.end());
  return std::to_string(calls.size()) + " of " + std::to_string(rows.size()) +
         " mutants become a case: of " +
         std::to_string(calls[calls.size() / 2]) +
         " calls in the median, of at most " + std::to_string(calls.back()) +
         ".\n";
}

}  // namespace

std::optional<CaseRow> ReadCaseRow(std::string_view log) {
  const auto lines = SplitLines(log);
  const auto found = std::find_if(lines.begin(), lines.end(), [](auto line) {
    return line.starts_with(kRow);
  });
  if (found == lines.end()) return std::nullopt;
  std::string_view fields = found->substr(kRow.size());
  CaseRow row;
  row.calls = TakeField(fields);
  row.histories = TakeField(fields);
  row.seconds = std::atof(std::string(TakeField(fields)).c_str());
  row.sentence = fields;
  for (auto line = found + 1; line != lines.end() && !row.calls.empty();
       ++line) {
    row.text += Cut(*line) + "\n";
  }
  while (row.text.ends_with("\n\n")) row.text.pop_back();
  return row;
}

std::vector<CaseRow> ReadCaseRows(const fs::path& logs) {
  std::vector<CaseRow> rows;
  std::error_code ignored;
  for (const auto& exercise : fs::directory_iterator(logs, ignored)) {
    for (const auto& test : fs::directory_iterator(exercise, ignored)) {
      const std::string name = test.path().filename().string();
      if (!name.ends_with(kTestEnding)) continue;
      auto row =
          ReadCaseRow(ReadTextFile(test.path() / "test.log").value_or(""));
      if (!row) continue;
      row->exercise = exercise.path().filename().string();
      row->mutant = name.substr(0, name.size() - kTestEnding.size());
      rows.push_back(*std::move(row));
    }
  }
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return std::tie(a.exercise, a.mutant) < std::tie(b.exercise, b.mutant);
  });
  return rows;
}

std::string CaseTable(const std::vector<CaseRow>& rows) {
  std::string text =
      "# What mutants become\n\n"
      "Each wrong implementation of a described type, and the fewest calls in "
      "which it fails\n"
      "([how](../tools/support/history/README.md)). Written by "
      "`bazel run //tools/authoring:cases`; the cases\nthemselves are in "
      "[cases/](cases/).\n\n" +
      Summary(rows) +
      "\n| exercise | mutant | calls | histories | seconds | how it fails |\n"
      "|---|---|---|---|---|---|\n";
  for (const CaseRow& row : rows) {
    text += "| " + row.exercise + " | " + row.mutant + " | " + row.calls +
            " | " + row.histories + " | " + Seconds(row.seconds) + " | " +
            Cell(row.sentence) + " |\n";
  }
  return text;
}

std::string CasesOf(const std::vector<CaseRow>& rows,
                    const std::string& exercise) {
  std::string text = "# Cases of " + exercise +
                     "\n\nWritten by `bazel run //tools/authoring:cases`.\n";
  for (const CaseRow& row : rows) {
    if (row.exercise != exercise || row.text.empty()) continue;
    text +=
        "\n## " + Heading(row.mutant) + "\n\n```text\n" + row.text + "```\n";
  }
  return text;
}

}  // namespace workbook
