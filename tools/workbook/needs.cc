// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/needs.h"

#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "fmt/format.h"
#include "tools/process/process.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

constexpr Need kArchive{"archive.h", "reads archives that were handed in",
                        true};
constexpr Need kNettle{"nettle/sha2.h", "names files by their contents", true};
constexpr Need kJail{"bwrap", "jails the programs that are graded"};
constexpr Need kSimilar{"sim_c++", "finds equal code"};
constexpr Need kPatch{"patch", "makes mutants of the references"};

bool HasHeader(const fs::path& include, const char* name) {
  std::error_code error;
  if (fs::exists(include / name, error)) return true;
  for (fs::directory_iterator entry(include, error), end;
       !error && entry != end; entry.increment(error)) {
    if (std::string_view(entry->path().native()).ends_with("-linux-gnu") &&
        fs::exists(entry->path() / name, error)) {
      return true;
    }
  }
  return false;
}

bool IsThere(const Need& need) {
  if (!need.is_header) return IsInstalled(need.name);
  const char* const root = std::getenv("WORKBOOK_SYSTEM_ROOT");
  const std::string system = root != nullptr ? root : "";
  return HasHeader(system + "/usr/include", need.name) ||
         HasHeader(system + "/usr/local/include", need.name);
}

}  // namespace

std::vector<Need> NeedsOf(const std::string& command) {
  const std::vector<Need> graders{kArchive, kNettle, kJail};
  if (command == "grade" || command == "regrade" || command == "apply" ||
      command == "run-job") {
    return graders;
  }
  // Both are built into one binary with the grader.
  if (command == "release") return {kArchive, kNettle};
  if (command == "similarity") return {kArchive, kNettle, kSimilar};
  if (command == "verify") return {kArchive, kNettle, kPatch};
  return {};
}

std::vector<Need> Lacking(const std::vector<Need>& needs) {
  std::vector<Need> lacking;
  for (const Need& need : needs) {
    if (!IsThere(need)) lacking.push_back(need);
  }
  return lacking;
}

std::string Listed(const std::vector<Need>& needs) {
  std::string text;
  for (const Need& need : needs) {
    text +=
        fmt::format("{}{} ({})", text.empty() ? "" : ", ", need.name, need.why);
  }
  return text;
}

std::optional<Problem> WhatIsMissing(const std::string& command) {
  const std::vector<Need> lacking = Lacking(NeedsOf(command));
  if (lacking.empty()) return std::nullopt;
  return Problem{.what = fmt::format("{} needs what is not installed: {}",
                                     command, Listed(lacking)),
                 .where = "PATH, /usr/include and /usr/local/include",
                 .next = command == "verify" ? "./workbook setup --author"
                                             : "./workbook setup --grade"};
}

}  // namespace workbook::cli
