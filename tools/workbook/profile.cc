// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/profile.h"

#include <algorithm>
#include <chrono>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "tools/process/process.h"
#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::minutes kLongestRecording{10};
constexpr int kTopLines = 16;
constexpr std::size_t kWidestLine = 160;

// Half a second of one row is 500 samples at perf's usual thousand a second.
const std::vector<std::string> kTimed = {
    "--pass=times", "--benchmark_repetitions=1", "--benchmark_min_time=0.5"};
const std::vector<std::string> kFewIterations = {"--pass=smoke"};
// Enough for the row's loop to outweigh its setting up.
const std::vector<std::string> kCounted = {"--pass=counts"};
// The function that calls a row's: callgrind counts nothing outside.
constexpr char kRowsOnly[] =
    "--toggle-collect=workbook::MeasuredCall::CallBody*";

ProfileTool Perf(const fs::path& folder) {
  const std::string file = (folder / "perf.data").string();
  return {
      .name = "perf",
      .record = {"perf", "record", "--quiet", "--call-graph=fp",
                 "--event=cpu-clock", "--output=" + file, "--"},
      .show = {"perf", "report", "--stdio", "--no-children",
               "--call-graph=none", "--percent-limit=0.5", "--input=" + file},
      .package = "linux-perf",
      .file = file,
      .program = kTimed,
      .head = ""};
}

ProfileTool Callgrind(const fs::path& folder) {
  const std::string file = (folder / "callgrind.out").string();
  return {.name = "valgrind",
          .record = {"valgrind", "--quiet", "--tool=callgrind", kRowsOnly,
                     "--callgrind-out-file=" + file},
          .show = {"callgrind_annotate", "--auto=no", file},
          .package = "valgrind",
          .file = file,
          .program = kCounted,
          .head = "file:function"};
}

ProfileTool Heaptrack(const fs::path& folder) {
  const std::string file = (folder / "heaptrack.zst").string();
  return {.name = "heaptrack",
          .record = {"heaptrack", "--output", (folder / "heaptrack").string()},
          .show = {"heaptrack_print", "--print-allocators=yes",
                   "--print-peaks=yes", "--print-leaks=no", file},
          .package = "heaptrack",
          .file = file,
          .program = kFewIterations,
          .head = "MOST CALLS TO ALLOCATION FUNCTIONS"};
}

// The probe stands before malloc in the program itself, which massif would not
// look for: hence the synonym.
ProfileTool Massif(const fs::path& folder) {
  const std::string file = (folder / "massif.out").string();
  return {.name = "valgrind",
          .record = {"valgrind", "--quiet", "--tool=massif",
                     "--soname-synonyms=somalloc=nouserintercepts",
                     "--massif-out-file=" + file},
          .show = {"ms_print", file},
          .package = "valgrind",
          .file = file,
          .program = kFewIterations,
          .head = "ms_print arguments"};
}

ProcessResult Record(const ProfileTool& tool, const fs::path& program,
                     const std::string& filter, const fs::path& root) {
  std::vector<std::string> arguments = tool.record;
  arguments.push_back(program.string());
  arguments.insert(arguments.end(), tool.program.begin(), tool.program.end());
  arguments.push_back("--benchmark_filter=" + filter);
  ProcessOptions options;
  options.working_directory = root.string();
  options.timeout = kLongestRecording;
  // The program must not start itself again: the tool would lose it.
  options.environment = {
      {"GLIBC_TUNABLES", "glibc.rtld.optional_static_tls=65536"}};
  return RunProcess(arguments, options);
}

// What a tool that could not record said last.
std::string Said(const ProcessResult& result) {
  const auto lines = SplitLines(TrimSpace(result.errors));
  return lines.empty() ? std::string() : ": " + std::string(lines.back());
}

}  // namespace

std::vector<ProfileTool> ProfileTools(const std::string& kind,
                                      const fs::path& folder) {
  if (kind == "cpu") return {Perf(folder), Callgrind(folder)};
  if (kind == "heap") return {Heaptrack(folder), Massif(folder)};
  if (kind == "instructions") return {Callgrind(folder)};
  return {};
}

const ProfileTool* ChooseTool(
    const std::vector<ProfileTool>& tools,
    const std::function<bool(const std::string&)>& installed) {
  const auto found = std::find_if(
      tools.begin(), tools.end(),
      [&](const ProfileTool& tool) { return installed(tool.name); });
  return found == tools.end() ? nullptr : &*found;
}

Problem NoTool(const std::string& kind, const std::vector<ProfileTool>& tools) {
  if (tools.empty()) {
    return {.what = fmt::format("there is no profile {}", kind),
            .where = "--profile",
            .next = "--profile cpu, heap or instructions",
            .exit_code = kExitUsage};
  }
  std::string names, packages;
  for (const ProfileTool& tool : tools) {
    names += (names.empty() ? "" : " and ") + tool.name;
    packages +=
        (packages.empty() ? "apt-get install " : ", or ") + tool.package;
  }
  return {.what = fmt::format("a profile of {} needs a tool that is not "
                              "installed",
                              kind),
          .where = names + " are looked for on PATH",
          .next = packages};
}

std::string TopOf(const std::string& text, const std::string& head, int most) {
  std::string top;
  bool begun = head.empty();
  for (const std::string_view line : SplitLines(text)) {
    if (!begun) {
      begun = line.find(head) != std::string_view::npos;
      continue;
    }
    const std::string_view words = TrimSpace(line);
    if (words.empty() || words.front() == '#') continue;
    if (words.find_first_not_of("-=") == std::string_view::npos) continue;
    if (words.starts_with("in /")) continue;
    if (most-- == 0) break;
    // callgrind_annotate ends a line with the library's path.
    top +=
        "  " +
        std::string(line.substr(0, line.find(" [/")).substr(0, kWidestLine)) +
        "\n";
  }
  return top;
}

ProfileOutcome Profile(const std::string& kind, const fs::path& program,
                       const std::string& filter, const fs::path& root,
                       const fs::path& folder) {
  ProfileOutcome outcome;
  std::vector<ProfileTool> tools = ProfileTools(kind, folder);
  std::error_code error;
  fs::create_directories(folder, error);
  std::string refused;
  while (const ProfileTool* tool = ChooseTool(tools, IsInstalled)) {
    fs::remove(tool->file, error);
    const ProcessResult recorded = Record(*tool, program, filter, root);
    if (fs::exists(tool->file, error)) {
      ProcessOptions options;
      options.working_directory = root.string();
      options.timeout = kLongestRecording;
      outcome.top =
          TopOf(RunProcess(tool->show, options).output, tool->head, kTopLines);
      outcome.whole = fmt::format("{}", fmt::join(tool->show, " "));
      return outcome;
    }
    refused = fmt::format("{} recorded nothing ({}){}", tool->name,
                          DescribeEnd(recorded), Said(recorded));
    tools.erase(tools.begin() + (tool - tools.data()));
  }
  outcome.problem = NoTool(kind, ProfileTools(kind, folder));
  if (!refused.empty()) outcome.problem->what = refused;
  return outcome;
}

}  // namespace workbook::cli
