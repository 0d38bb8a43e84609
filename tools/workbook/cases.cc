// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/cases.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <system_error>
#include <utility>

#include "fmt/format.h"
#include "tools/process/process.h"
#include "tools/process/ticker.h"
#include "tools/support/history/legend.h"
#include "tools/text/text_file.h"
#include "tools/workbook/building.h"
#include "tools/workbook/write_file.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

constexpr int kFound = 1;  // exit codes of the program
constexpr int kToWrite = 3;

std::string Label(const Exercise& exercise, const std::string& name) {
  return fmt::format("//exercises/{}:{}_case", exercise.id, name);
}

std::string_view TakeLine(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  return line;
}

// Runs the program; what it found is in `search`.
void RunSearch(const Exercise& exercise, const std::string& name,
               const fs::path& program, CaseSearch& search) {
  ProcessOptions options;
  options.timeout = std::chrono::minutes(2);
  const Ticker ticker(fmt::format("Looking for the shortest case of {}", name));
  const ProcessResult run = RunProcess({program.string(), "--raw"}, options);
  if (run.ExitedWith(kToWrite)) {
    std::string_view text = run.output;
    TakeLine(text);
    search.todo = TakeLine(text);
  } else if (run.ExitedWith(kFound)) {
    search.found = ReadCase(run.output);
    if (search.found) {
      search.found->name = name;
      search.found->program = program;
    }
  } else if (!run.ExitedWith(0)) {
    search.problem = Problem{
        .what = "the search for a case ended badly: " + DescribeEnd(run),
        .where = Label(exercise, name),
        .next = fmt::format("bazel test {} shows what it says.",
                            Label(exercise, name))};
  }
}

std::string Marked(const Case& found, std::size_t index,
                   std::string_view mark) {
  std::string text;
  for (std::size_t i = 0; i != found.steps.size(); ++i) {
    text +=
        fmt::format("  {} {}\n", i == index ? mark : "  ", found.steps[i].line);
  }
  return text;
}

std::string NameAt(const std::vector<CaseMember>& members, std::size_t offset) {
  for (const CaseMember& member : members) {
    if (offset < member.offset || offset >= member.offset + member.bytes) {
      continue;
    }
    const std::size_t inside = offset - member.offset;
    return inside == 0 ? member.name
                       : fmt::format("{}+{}", member.name, inside);
  }
  return {};
}

std::string Legend(const Case& found) {
  return found.explains
             ? fmt::format(
                   "\n  How to read it:\n    =>           where it shows; the "
                   "mistake may be in a call before\n{}",
                   history::kLegend)
             : "";
}

std::string Lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

}  // namespace

std::vector<std::string> CaseNames(const fs::path& root,
                                   const Exercise& exercise, const Task& task) {
  std::vector<std::string> names;
  for (const std::string& file : task.files) {
    if (!file.ends_with(".h")) continue;
    const std::string name = file.substr(0, file.size() - 2);
    std::error_code ignored;
    if (fs::exists(root / exercise.folder / "cases" / (name + "_case.cc"),
                   ignored)) {
      names.push_back(name);
    }
  }
  return names;
}

CaseSearch FindCase(const fs::path& root, const Exercise& exercise,
                    const Task& task) {
  CaseSearch search;
  const std::vector<std::string> names = CaseNames(root, exercise, task);
  std::vector<std::string> labels;
  for (const auto& name : names) labels.push_back(Label(exercise, name));
  if (labels.empty()) return search;
  const BuildOutcome run = Build(
      root, labels,
      fmt::format("Building the search for a case of task {}", task.number));
  if (run.problem) {
    search.problem = run.problem;
    return search;
  }
  for (const std::string& name : names) {
    const auto target = run.events.targets.find(Label(exercise, name));
    if (target == run.events.targets.end() || !target->second.built ||
        target->second.outputs.empty()) {
      search.problem = Problem{
          .what = "the description of " + name + " does not build with yours",
          .where = Label(exercise, name),
          .next = fmt::format("./workbook check {} {} names the first error.",
                              exercise.id, task.number),
          .exit_code = kExitDoesNotBuild};
      return search;
    }
    RunSearch(exercise, name, target->second.outputs.front(), search);
    if (search.found) {
      const Ticker ticker("Asking for the names of the members");
      NameMembers(
          MembersOf(root, exercise.folder / "cases" / (name + "_case.cc"),
                    search.found->type),
          *search.found);
    }
    if (search.found || search.problem) return search;
  }
  return search;
}

void AddCase(const fs::path& root, const Exercise& exercise, int only,
             ExerciseReport& report) {
  const TaskReport* const next = report.NextTask();
  const int number = only != 0 ? only : next != nullptr ? next->number : 0;
  if (number == 0) return;
  const auto index = static_cast<std::size_t>(number - 1);
  const TaskState state = report.tasks[index].state;
  if (state == TaskState::kRed || state == TaskState::kCrashed ||
      state == TaskState::kTimedOut || state == TaskState::kSilent) {
    report.tasks[index].found_case =
        FindCase(root, exercise, exercise.tasks[index]).found;
  }
}

void ExplainOnce(const fs::path& root, Case& found) {
  const fs::path seen = root / ".workbook/case_seen";
  std::error_code ignored;
  if (fs::exists(seen, ignored)) return;
  found.explains = true;
  // Where it cannot be kept, it is explained once more.
  static_cast<void>(WriteTextFile(seen, ""));
}

std::optional<Case> ReadCase(std::string_view raw) {
  Case found;
  if (TakeLine(raw) != "case") return std::nullopt;
  found.verdict = TakeLine(raw);
  found.history = TakeLine(raw);
  found.type = TakeLine(raw);
  while (!raw.empty()) {
    const std::string_view line = TakeLine(raw);
    constexpr std::string_view kMark = "> ";
    if (line.starts_with(kMark)) {
      found.steps.push_back({std::string(line.substr(kMark.size())), {}});
    } else if (!line.empty() && !found.steps.empty()) {
      found.steps.back().picture.emplace_back(line);
    }
  }
  if (found.steps.empty()) return std::nullopt;
  return found;
}

void NameMembers(const std::vector<CaseMember>& members, Case& found) {
  for (CaseStep& step : found.steps) {
    for (std::string& line : step.picture) {
      std::size_t at = line.find(":  +");
      if (at == std::string::npos) continue;
      while ((at = line.find("  +", at)) != std::string::npos) {
        const std::size_t begin = at + 3;
        const std::size_t end = line.find('=', begin);
        if (end == std::string::npos) break;
        std::size_t offset = 0;
        std::from_chars(line.data() + begin, line.data() + end, offset);
        const std::string name = NameAt(members, offset);
        if (!name.empty()) line.replace(begin - 1, end - begin + 1, name);
        at = begin;
      }
    }
  }
}

std::string ShowCaseInShort(const Case& found) {
  const std::size_t last = found.steps.size() - 1;
  std::string text = Marked(found, last, "=>") + "  " + found.verdict + "\n";
  for (std::size_t i = last == 0 ? 0 : last - 1; i <= last; ++i) {
    if (found.steps[i].picture.empty()) continue;
    text += fmt::format("\n  after  {}\n{}", found.steps[i].line,
                        Lines(found.steps[i].picture));
  }
  return text + Legend(found);
}

std::string ShowCaseStep(const Case& found, std::size_t index) {
  const bool is_last = index + 1 == found.steps.size();
  const std::vector<std::string>& picture = found.steps[index].picture;
  return fmt::format("{} step {} of {}\n\n{}\n{}{}{}", found.name, index + 1,
                     found.steps.size(), Marked(found, index, "=>"),
                     picture.empty() && !is_last
                         ? "    This line and the next are one call.\n"
                         : Lines(picture),
                     is_last ? "  " + found.verdict + "\n" : "",
                     index == 0 ? Legend(found) : "");
}

}  // namespace workbook::cli
