// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/test_steps.h"

#include <algorithm>
#include <set>
#include <sstream>

#include "tools/authoring/slow_tests.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

constexpr std::size_t kMaxErrorLines = 12;
constexpr std::size_t kMaxLogLines = 25;
constexpr int kExitTestsFailed = 3;
constexpr int kExitNoTests = 4;
// Warnings of the workbook's own code are errors.
constexpr char kStrict[] = "--config=strict";
constexpr char kIndent[] = "\n            ";

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : " ") + word;
  }
  return text;
}

// A negative pattern looks like an option unless "--" is before it.
std::vector<std::string> Arguments(std::vector<std::string> first,
                                   const std::vector<std::string>& options,
                                   const std::vector<std::string>& patterns) {
  first.insert(first.end(), options.begin(), options.end());
  first.emplace_back("--");
  first.insert(first.end(), patterns.begin(), patterns.end());
  return first;
}

// What a reader needs of a test's log: its failures, else its end.
std::string Excerpt(const std::string& log) {
  std::vector<std::string> lines;
  std::istringstream stream(log);
  for (std::string line; std::getline(stream, line);) {
    const bool noise = line.empty() || line.starts_with("[ RUN") ||
                       line.starts_with("[       OK") ||
                       line.starts_with("[---") || line.starts_with("-----") ||
                       line.starts_with("exec ${PAGER") ||
                       line.starts_with("Executing tests from");
    if (!noise) lines.push_back(line);
  }
  const std::size_t first = lines.size() - std::min(lines.size(), kMaxLogLines);
  std::string text;
  for (std::size_t i = first; i < lines.size(); ++i) text += kIndent + lines[i];
  return text;
}

}  // namespace

bool TestSteps::CouldRun(const std::string& command, const BazelRun& run) {
  if (run.trouble) {
    log_.Fail("`" + command + "`: " + run.trouble->Paragraph());
    return run.trouble->results_stand;
  }
  if (run.Ended()) return true;
  log_.Fail("`" + command + "` " + DescribeEnd(run) +
            ". Fix: ./workbook setup installs Bazel or says how.");
  return false;
}

KnownTargets TestSteps::AskForTargets() {
  const auto ask = [this](const std::string& expression)
      -> std::optional<std::set<std::string>> {
    std::string error;
    const auto lines = bazel_.Query(expression, error);
    if (lines) return std::set<std::string>(lines->begin(), lines->end());
    log_.Fail("`bazel query '" + expression + "'` failed: " + error +
              ". Fix: correct the BUILD file that it names.");
    return std::nullopt;
  };
  const std::string all = "(//exercises/... + //solutions/...)";
  const auto rules = ask("kind(rule, " + all + ")");
  if (!rules) return {};
  const auto tests = ask("tests(" + all + ")");
  const auto references =
      ask("attr(tags, '\\breference\\b', tests(" + all + "))");
  const auto threaded = ask("attr(tags, '\\bthreads\\b', tests(" + all + "))");
  const auto races = ask("attr(tags, '\\brace\\b', tests(" + all + "))");
  if (tests && references && threaded && races) {
    known_ = {*rules, *tests, *references, *threaded, *races};
  }
  return known_;
}

void TestSteps::TellFailedBuild(const std::string& command,
                                const BazelRun& run) {
  std::string message = "`" + command + "` failed to build";
  if (!run.events.not_built.empty()) {
    message += " " + run.events.not_built.front();
    const std::size_t more = run.events.not_built.size() - 1;
    if (more > 0) message += " and " + std::to_string(more) + " more";
  }
  message += ":";
  for (const std::string& line : ErrorLines(run.errors, kMaxErrorLines)) {
    message += kIndent + line;
  }
  log_.Fail(message + kIndent +
            "Fix: correct the first error; the command shows the rest.");
}

void TestSteps::Build(const std::vector<std::string>& options,
                      const std::vector<std::string>& patterns) {
  const std::vector<std::string> arguments =
      Arguments({kStrict}, options, patterns);
  const std::string command = "bazel build " + Joined(arguments);
  const BazelRun run = bazel_.BuildOrTest("build", arguments);
  if (!CouldRun(command, run)) return;
  if (run.exit_code == 0) {
    log_.Pass();
  } else if (!run.trouble) {
    TellFailedBuild(command, run);
  }
}

void TestSteps::TellFailedTest(const std::string& config,
                               const std::string& label,
                               const BazelTest& test) {
  const std::string flag = config.empty() ? "" : "--config=" + config + " ";
  log_.Fail(label + (config.empty() ? "" : " (" + config + ")") + ": " +
            test.status + Excerpt(ReadTextFile(test.log).value_or("")) +
            kIndent + "Next: bazel test " + flag + label);
}

void TestSteps::Test(const std::string& config,
                     const std::vector<std::string>& options,
                     const std::vector<std::string>& patterns) {
  const std::vector<std::string> arguments =
      Arguments({kStrict}, options, patterns);
  const std::string command = "bazel test " + Joined(arguments);
  const BazelRun run = bazel_.BuildOrTest("test", arguments);
  if (!CouldRun(command, run)) return;
  for (const auto& [label, target] : run.events.targets) {
    if (!target.test) continue;
    if (target.test->Passed()) {
      log_.Pass();
    } else if (target.test->Ran()) {
      TellFailedTest(config, label, *target.test);
    }
  }
  TellSlowTests(run.events, config, log_);
  const bool told = run.trouble || (run.exit_code == kExitTestsFailed &&
                                    run.events.not_built.empty());
  if (run.exit_code == kExitNoTests) {
    log_.Fail("`" + command +
              "` found no test. Fix: each exercise's BUILD file calls the "
              "macros exercise() and solution().");
  } else if (run.exit_code != 0 && !told) {
    TellFailedBuild(command, run);
  }
}

std::optional<std::vector<std::string>> TestSteps::BenchmarkRows(
    const std::string& label) {
  const BazelRun run = bazel_.Run(label, {kStrict}, {"--benchmark_list_tests"});
  const std::string command = "bazel run " + std::string(kStrict) + " " +
                              label + " -- --benchmark_list_tests";
  if (!CouldRun(command, run)) return std::nullopt;
  if (run.exit_code != 0) {
    if (!run.trouble) TellFailedBuild(command, run);
    return std::nullopt;
  }
  std::vector<std::string> rows;
  std::istringstream stream(run.output);
  for (std::string line; std::getline(stream, line);) {
    if (!line.empty()) rows.push_back(line);
  }
  return rows;
}

void TestSteps::SmokeBenchmark(const std::string& label) {
  const BazelRun run = bazel_.Run(label, {kStrict}, {"--pass=smoke"});
  const std::string command =
      "bazel run " + std::string(kStrict) + " " + label + " -- --pass=smoke";
  if (!CouldRun(command, run)) return;
  if (run.exit_code == 0) {
    log_.Pass();
    return;
  }
  if (run.trouble) return;
  log_.Fail("`" + command + "` ended with exit code " +
            std::to_string(run.exit_code) + ":" + Excerpt(run.output) +
            kIndent +
            "Fix: run it by hand; a row that throws or whose output is wrong "
            "names itself.");
}

}  // namespace workbook
