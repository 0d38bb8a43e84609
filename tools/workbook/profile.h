// SPDX-License-Identifier: Apache-2.0

// Where the time or the memory of one row goes, asked of the tool that knows.
#ifndef WORKBOOK_TOOLS_WORKBOOK_PROFILE_H_
#define WORKBOOK_TOOLS_WORKBOOK_PROFILE_H_

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tools/problem/problem.h"

namespace workbook::cli {

// A recorder, what prints the top of its answer, and what installs it.
struct ProfileTool {
  std::string name;                  // "perf"
  std::vector<std::string> record;   // the program's arguments follow
  std::vector<std::string> show;     // prints what was recorded
  std::string package;               // Debian's
  std::string file;                  // what `record` writes
  std::vector<std::string> program;  // arguments of the benchmark
  std::string head;                  // the answer begins after a line with this
};

// The tools for "cpu", "heap" or "instructions" in the order of preference;
// none for another word. They write into `folder`.
std::vector<ProfileTool> ProfileTools(const std::string& kind,
                                      const std::filesystem::path& folder);

// The first one of which `installed` knows.
const ProfileTool* ChooseTool(
    const std::vector<ProfileTool>& tools,
    const std::function<bool(const std::string&)>& installed);

// What to install where none is there.
Problem NoTool(const std::string& kind, const std::vector<ProfileTool>& tools);

// The lines of a tool's answer that are worth a screen: those after the first
// that has `head`, no empty ones, no comments, no names of libraries, cut at
// the width of a wide terminal, at most `most`.
std::string TopOf(const std::string& text, const std::string& head, int most);

struct ProfileOutcome {
  std::string top;
  std::string whole;  // the command that prints everything
  std::optional<Problem> problem;
};

// Records the rows of `program` that `filter` admits. A tool that may not
// record here (perf in a container) is named, and the next one is tried.
ProfileOutcome Profile(const std::string& kind,
                       const std::filesystem::path& program,
                       const std::string& filter,
                       const std::filesystem::path& root,
                       const std::filesystem::path& folder);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_PROFILE_H_
