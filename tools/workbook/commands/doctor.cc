// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <memory>
#include <thread>

#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "tools/bazel_client/bazel.h"
#include "tools/process/process.h"
#include "tools/text/text_file.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/needs.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

enum class Health { kGood, kLess, kBroken };

struct Finding {
  std::string what;
  Health health = Health::kGood;
  std::string found;
  std::string fix{};  // "" where nothing is to do
};

// The first line of what a program says of its version; "" if there is none.
std::string VersionOf(const std::string& program, const std::string& flag) {
  ProcessOptions options;
  options.timeout = std::chrono::seconds(20);
  const ProcessResult result = RunProcess({program, flag}, options);
  if (!result.ExitedWith(0)) return {};
  const auto lines = SplitLines(result.output);
  return lines.empty() ? std::string() : std::string(lines.front());
}

Finding Program(const std::string& what, const std::string& program,
                Health without, const std::string& fix) {
  const std::string version =
      IsInstalled(program) ? VersionOf(program, "--version") : "";
  if (!version.empty()) return {what, Health::kGood, version};
  return {what, without, program + " is not installed", fix};
}

Finding Bazel() {
  const std::string program = FindBazel();
  const std::string version =
      program.empty() ? "" : VersionOf(program, "--version");
  if (version.empty()) {
    return {"Bazel", Health::kBroken, "it does not start", "./workbook setup"};
  }
  return {"Bazel", Health::kGood, version};
}

Finding Peers() {
  constexpr const char* kNames[] = {"libmimalloc.so.2", "libjemalloc.so.2",
                                    "libtcmalloc_minimal.so.4", "libtbb.so.12"};
  std::string missing;
  for (const std::string name : kNames) {
    const auto has = [&name](const char* folder) {
      std::error_code ignored;
      return fs::exists(fs::path(folder) / name, ignored);
    };
    if (!has("/usr/lib/x86_64-linux-gnu") &&
        !has("/usr/lib/aarch64-linux-gnu") && !has("/usr/local/lib")) {
      missing += " " + name;
    }
  }
  if (missing.empty()) return {"peers", Health::kGood, "all are installed"};
  return {"peers", Health::kLess, "gaps in benchmarks:" + missing,
          "./workbook setup --peers"};
}

Finding PerfRights() {
  const std::string text =
      ReadTextFile("/proc/sys/kernel/perf_event_paranoid").value_or("");
  const std::string level(TrimSpace(text));
  if (level.empty()) {
    return {"perf rights", Health::kLess, "this kernel counts no events",
            "Use ./workbook bench --exact where you need exact counts."};
  }
  if (level == "-1" || level == "0" || level == "1" || level == "2") {
    return {"perf rights", Health::kGood, "perf_event_paranoid is " + level};
  }
  return {"perf rights", Health::kLess, "perf_event_paranoid is " + level,
          "sudo sysctl kernel.perf_event_paranoid=1"};
}

Finding Disk(const fs::path& root) {
  // What a first build of the whole course takes, twice over.
  constexpr std::uintmax_t kEnoughBytes = std::uintmax_t{4} << 30;
  std::error_code error;
  const fs::space_info space = fs::space(root, error);
  if (error) {
    return {"disk", Health::kLess, error.message(), "df -h"};
  }
  const std::string free =
      fmt::format("{:.1f} GB free", static_cast<double>(space.available) / 1e9);
  if (space.available >= kEnoughBytes) return {"disk", Health::kGood, free};
  return {"disk", Health::kLess, free,
          "Free some: 4 GB is comfortable. bazel clean gives its part back."};
}

Finding Cores() {
  const unsigned cores = std::thread::hardware_concurrency();
  const std::string found = fmt::format("{}", cores);
  if (cores >= 2) return {"cores", Health::kGood, found};
  return {
      "cores", Health::kLess, found,
      "Tests of threads pass on one core too; their benchmarks say little."};
}

Finding Governor() {
  const auto text =
      ReadTextFile("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
  if (!text) {
    return {"CPU governor", Health::kGood,
            "not to be seen here (a virtual machine?)"};
  }
  const std::string governor(TrimSpace(*text));
  if (governor == "performance")
    return {"CPU governor", Health::kGood, governor};
  return {"CPU governor", Health::kLess, governor,
          "For calm benchmarks: sudo cpupower frequency-set -g performance"};
}

// What learners do without; `option` of ./workbook setup installs it.
Finding Optional(const Session& session, const std::string& what,
                 const std::vector<std::string>& commands,
                 const std::string& option) {
  std::error_code ignored;
  if (!fs::is_directory(session.root() / "solutions", ignored)) {
    return {what, Health::kGood, "not needed: no solutions here"};
  }
  std::vector<Need> needs;
  for (const std::string& command : commands) {
    for (const Need& need : NeedsOf(command)) {
      const bool known =
          std::any_of(needs.begin(), needs.end(), [&](const Need& other) {
            return std::string_view(other.name) == need.name;
          });
      if (!known) needs.push_back(need);
    }
  }
  const std::vector<Need> lacking = Lacking(needs);
  if (lacking.empty()) return {what, Health::kGood, "all is installed"};
  return {what, Health::kLess,
          "not for learners, and missing: " + Listed(lacking),
          "./workbook setup " + option};
}

std::vector<Finding> Examine(const Session& session) {
  return {
      Program("compiler", "g++", Health::kBroken, "./workbook setup"),
      Program("clang", "clang++", Health::kLess, "./workbook setup --author"),
      Bazel(),
      Program("git", "git", Health::kBroken, "./workbook setup"),
      Optional(session, "instructors", {"grade", "release", "similarity"},
               "--grade"),
      Optional(session, "authors", {"verify"}, "--author"),
      Peers(),
      Program("gdb", "gdb", Health::kLess, "./workbook setup --peers"),
      Program("valgrind", "valgrind", Health::kLess,
              "sudo apt-get install valgrind (for exact counts)"),
      PerfRights(),
      Disk(session.root()),
      Cores(),
      Governor(),
  };
}

std::string_view Word(Health health) {
  switch (health) {
    case Health::kGood:
      return "good";
    case Health::kLess:
      return "less";
    case Health::kBroken:
      break;
  }
  return "broken";
}

Colour ColourOf(Health health) {
  if (health == Health::kGood) return Colour::kGreen;
  return health == Health::kLess ? Colour::kYellow : Colour::kRed;
}

int RunDoctor(Session& session, bool json) {
  const auto findings = Examine(session);
  const bool broken = std::any_of(
      findings.begin(), findings.end(),
      [](const auto& finding) { return finding.health == Health::kBroken; });
  if (json) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Finding& finding : findings) {
      list.push_back({{"what", finding.what},
                      {"health", Word(finding.health)},
                      {"found", finding.found},
                      {"fix", finding.fix}});
    }
    fmt::print("{}\n", list.dump(2));
    return broken ? kExitEnvironment : kExitOk;
  }
  for (const Finding& finding : findings) {
    fmt::print(
        "  {}  {:<12}  {}\n",
        session.terminal().Paint(ColourOf(finding.health),
                                 fmt::format("{:<6}", Word(finding.health))),
        finding.what, finding.found);
    if (!finding.fix.empty()) {
      fmt::print("          fix: {}\n", finding.fix);
    }
  }
  fmt::print("{}", broken ? "\nMend what is broken first.\n"
                          : "\nNothing stops you: ./workbook\n");
  return broken ? kExitEnvironment : kExitOk;
}

}  // namespace

void RegisterDoctor(CommandLine& line) {
  const auto json = std::make_shared<bool>(false);
  line.Add("doctor", "What this machine has, lacks, and how to fix it",
           [json](Session& s) { return RunDoctor(s, *json); })
      .Flag("--json", *json, "For programs")
      .Examples({"doctor", "doctor --json"})
      .ExitCodes({{kExitOk, "all that learners need is there"}});
}

}  // namespace workbook::cli
