// SPDX-License-Identifier: Apache-2.0

// The tables of INSTRUCTORS.md against the stored submissions: each stands in
// the one that its row of expected.tsv demands.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "tools/grade/sample_grading.h"
#include "tools/text/text_file.h"

namespace workbook::grade {
namespace {

constexpr std::string_view kData = "testdata/hostile/";
constexpr char kFolder[] = "tools/grade/";

// "prevented" of "### Prevented: it earns nothing"; "" of other headings.
std::string KindOf(std::string_view heading) {
  if (!heading.starts_with("### ")) return "";
  return std::string(heading.substr(4, heading.find(':') - 4));
}

// Each submission that a table names, with its tables.
std::multimap<std::string, std::string> Named() {
  std::multimap<std::string, std::string> named;
  const std::string text =
      ReadTextFile(std::string(kFolder) + "INSTRUCTORS.md").value_or("");
  std::string kind;
  for (const std::string_view line : SplitLines(text)) {
    if (line.starts_with('#')) kind = KindOf(line);
    if (!line.starts_with('|')) continue;
    for (std::size_t at = line.find(kData); at != std::string_view::npos;
         at = line.find(kData, at + 1)) {
      const std::size_t start = at + kData.size();
      named.emplace(line.substr(start, line.find(')', at) - start), kind);
    }
  }
  return named;
}

std::string KindOf(const Expectation& row) {
  if (row.flag == "task 1 is forged" || row.flag == "two states of one test") {
    return "Exposed";
  }
  if (row.points == "0") return "Prevented";
  return row.flag == "-" ? "Not seen" : "Only flagged";
}

TEST(Instructors, EachAttackStandsInItsTable) {
  const auto named = Named();
  std::set<std::string> rows;
  for (const Expectation& row : Expectations("hostile")) {
    // What attacks are compared with.
    if (row.name.starts_with("honest_")) continue;
    rows.insert(row.name);
    ASSERT_EQ(named.count(row.name), 1u) << row.name;
    EXPECT_EQ(named.find(row.name)->second, KindOf(row)) << row.name;
  }
  EXPECT_GE(rows.size(), 60u);
  for (const auto& [name, kind] : named) {
    EXPECT_TRUE(rows.contains(name)) << name << " of " << kind;
    EXPECT_TRUE(std::filesystem::exists(std::string(kFolder) +
                                        std::string(kData) + name))
        << name;
  }
}

TEST(Instructors, EachLineOfATableNamesACase) {
  const std::string text =
      ReadTextFile(std::string(kFolder) + "INSTRUCTORS.md").value_or("");
  std::string kind;
  int lines = 0;
  for (const std::string_view line : SplitLines(text)) {
    if (line.starts_with('#')) kind = KindOf(line);
    if (kind.empty() || !line.starts_with("| ") || line == "| to | stored |") {
      continue;
    }
    ++lines;
    EXPECT_NE(line.find(kData), std::string_view::npos) << line;
  }
  EXPECT_GE(lines, 20);
}

}  // namespace
}  // namespace workbook::grade
