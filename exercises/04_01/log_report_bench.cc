// SPDX-License-Identifier: Apache-2.0

#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "04_01/log_report.h"
#include "exercises/04_01/before/log_report.h"
#include "exercises/04_01/testing/web_log.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_ABSEIL_CPP
#include <absl/strings/ascii.h>
#include <absl/strings/numbers.h>
#include <absl/strings/str_cat.h>
#include <absl/strings/str_split.h>
#endif

namespace workbook {
namespace {

constexpr char kCase[] = "log_report/one_thousand_lines";
constexpr int kLines = 1000;

// Two logs in turn: longer than a predictor of branches remembers. They are
// made before the rows, whose peaks are then those of the report.
using Logs = std::array<std::string, 2>;

// `report(log, out)` returns the size of what it wrote. An item is a line.
template <typename Report>
void AddReportRow(const std::shared_ptr<const Logs>& logs, Role role,
                  const char* name, Report report) {
  AddRow(kCase, role, name, [=](benchmark::State& state) {
    std::vector<char> out(8192);
    auto run = report;
    Digest digest;
    for (const std::string& log : *logs) {
      digest.Add(std::string_view(out.data(), run(log, std::span(out))));
    }
    RequireSameDigest(state, kCase, digest);
    std::size_t turn = 0;
    for (auto _ : state) {
      std::size_t size = run((*logs)[turn++ % 2], std::span(out));
      Keep(size);
    }
    state.SetItemsProcessed(state.iterations() * std::int64_t{kLines});
  });
}

#ifdef WORKBOOK_HAS_ABSEIL_CPP
struct Totals {
  std::int64_t hits = 0;
  std::int64_t bytes = 0;
};

// As its users write it: views of the lines, a map of views, a string.
std::size_t AbseilReport(std::string_view log, std::span<char> out) {
  std::map<absl::string_view, Totals> by_path;
  std::int64_t rejected = 0;
  for (const absl::string_view raw :
       absl::StrSplit(absl::string_view(log.data(), log.size()), '\n')) {
    const absl::string_view line = absl::StripAsciiWhitespace(raw);
    if (line.empty()) continue;
    const std::vector<absl::string_view> parts = absl::StrSplit(line, ' ');
    std::int64_t status = 0;
    std::int64_t bytes = 0;
    if (parts.size() != 10 || !absl::SimpleAtoi(parts[8], &status) ||
        (parts[9] != "-" && !absl::SimpleAtoi(parts[9], &bytes))) {
      ++rejected;
      continue;
    }
    Totals& totals = by_path[parts[6]];
    ++totals.hits;
    totals.bytes += bytes;
  }
  std::string report;
  for (const auto& [path, totals] : by_path) {
    absl::StrAppend(&report, path, " ", totals.hits, " ", totals.bytes, "\n");
  }
  absl::StrAppend(&report, "rejected ", rejected, "\n");
  return report.copy(out.data(), out.size());
}
#endif

const RegisterRows registration([] {
  const auto logs = std::make_shared<const Logs>(Logs{
      WebLogOf(kLines), WebLogOf(2 * kLines).substr(WebLogOf(kLines).size())});
  AddReportRow(logs, Role::kBaseline, "before",
               [](std::string_view log, std::span<char> out) {
                 before::Scratch scratch;
                 return before::ReportPaths(log, scratch, out).size;
               });
  AddReportRow(logs, Role::kSubject, "ReportPaths",
               [scratch = std::make_shared<Scratch>()](std::string_view log,
                                                       std::span<char> out) {
                 return ReportPaths(log, *scratch, out).size;
               });
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  AddReportRow(logs, Role::kPeer, "absl + std::map", AbseilReport);
#else
  AddGap(kCase, "absl + std::map", "libabsl-dev");
#endif
});

}  // namespace
}  // namespace workbook
