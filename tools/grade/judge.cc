#include "tools/grade/judge.h"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tools/grade/compile.h"

namespace workbook::grade {
namespace {

// The same as in judge_main.cc.
constexpr std::size_t kSecretBytes = 32;

std::string NewSecret() {
  std::array<unsigned char, kSecretBytes / 2> raw;
  if (getrandom(raw.data(), raw.size(), 0) !=
      static_cast<ssize_t>(raw.size())) {
    return "";
  }
  constexpr char kDigits[] = "0123456789abcdef";
  std::string secret;
  for (const unsigned char byte : raw) {
    secret += kDigits[byte >> 4];
    secret += kDigits[byte & 15];
  }
  return secret;
}

std::vector<std::string> SplitTabs(const std::string& line) {
  std::vector<std::string> parts;
  std::istringstream in(line);
  std::string part;
  while (std::getline(in, part, '\t')) parts.push_back(part);
  return parts;
}

std::int64_t ToNumber(const std::string& text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// What the test told through the channel, if it stands behind the secret. Two
// results are none.
void ReadChannel(const std::string& channel, const std::string& secret,
                 TestVerdict& verdict) {
  std::istringstream lines(channel);
  std::string line;
  int results = 0;
  while (std::getline(lines, line)) {
    const std::vector<std::string> parts = SplitTabs(line);
    if (parts.size() < 6 || secret.empty() || parts[0] != secret) continue;
    if (parts[1] != verdict.name || ++results > 1) {
      verdict.state = TestState::kNoVerdict;
      verdict.message = "more results than tests";
      return;
    }
    verdict.state = parts[2] == "passed"    ? TestState::kPassed
                    : parts[2] == "skipped" ? TestState::kSkipped
                                            : TestState::kFailed;
    verdict.cost = {ToNumber(parts[3]), ToNumber(parts[4]), ToNumber(parts[5])};
    if (parts.size() > 6) verdict.message = parts[6];
  }
}

class Run {
 public:
  Run(const Plan& plan, const JudgeOptions& options)
      : plan_(plan), options_(options) {}

  JailCommand Command(const std::filesystem::path& binary) const {
    JailCommand command;
    command.limits = plan_.run_limits;
    command.slot = options_.slot;
    command.unsafe = options_.unsafe;
    // Under its own path, so that an unsafe run finds it too.
    command.read_only = {{binary.string(), "/test"},
                         {(plan_.trusted / "run").string(), "/run"}};
    command.working_directory = "/run";
    command.arguments = {options_.unsafe ? binary.string() : "/test"};
    return command;
  }

  TestVerdict Test(const std::filesystem::path& binary,
                   const std::string& name) const {
    TestVerdict verdict;
    verdict.name = name;
    JailCommand command = Command(binary);
    command.secret = NewSecret();
    command.arguments.push_back("--gtest_filter=" + name);
    const JailResult run = RunInJail(command);
    if (!run.start_error.empty() || command.secret.empty()) {
      verdict.state = TestState::kInfrastructure;
      verdict.message = run.start_error;
      return verdict;
    }
    ReadChannel(run.channel, command.secret, verdict);
    Reconcile(run, verdict);
    return verdict;
  }

  // "Suite.Test" of every test in the binary, as it lists them itself.
  std::vector<std::string> List(const std::filesystem::path& binary) const {
    JailCommand command = Command(binary);
    command.arguments.emplace_back("--gtest_list_tests");
    std::istringstream lines(RunInJail(command).output);
    std::vector<std::string> tests;
    std::string suite;
    std::string line;
    while (std::getline(lines, line)) {
      if (const std::size_t comment = line.find("  #");
          comment != std::string::npos) {
        line.resize(comment);
      }
      if (!line.starts_with(' ')) {
        suite = line;
      } else {
        tests.push_back(suite + line.substr(line.find_first_not_of(' ')));
      }
    }
    return tests;
  }

  // The instructions inside the bodies of `tests`, or 0 where it is not known.
  std::int64_t Instructions(const std::filesystem::path& binary,
                            const std::vector<std::string>& tests) const {
    if (tests.empty()) return 0;
    JailCommand command = Command(binary);
    // 50 times slower, and valgrind has memory of its own.
    command.limits.cpu_seconds *= 6;
    command.limits.wall *= 6;
    command.limits.address_space_bytes *= 2;
    std::string filter;
    for (const std::string& test : tests) filter += ':' + test;
    // valgrind tells its count on a descriptor that it takes away from the
    // program first.
    command.arguments = {"/usr/bin/valgrind",
                         "--tool=callgrind",
                         "--log-fd=4",
                         "--callgrind-out-file=/dev/null",
                         "--toggle-collect=*::TestBody()",
                         command.arguments[0],
                         "--gtest_filter=" + filter.substr(1)};
    const JailResult run = RunInJail(command);
    const std::size_t found = run.channel.rfind("Collected : ");
    if (!run.ExitedWith(0) || found == std::string::npos) return 0;
    return ToNumber(run.channel.substr(found + 12, 20));
  }

 private:
  // A result is one only if the program also ended as such a program does.
  static void Reconcile(const JailResult& run, TestVerdict& verdict) {
    const bool told = verdict.state != TestState::kNoVerdict;
    if (run.timed_out || run.signal == SIGXCPU) {
      verdict.state = TestState::kTimedOut;
      verdict.message = "did not end in the time allowed";
    } else if (run.flooded || run.signal == SIGXFSZ) {
      verdict.state = TestState::kFlooded;
      verdict.message = "wrote more than is allowed";
    } else if (run.signal != 0) {
      verdict.state = TestState::kCrashed;
      verdict.message = "ended by signal " + std::to_string(run.signal);
    } else if (!told) {
      verdict.message = "ended with exit code " +
                        std::to_string(run.exit_code) + " and no result";
    } else if (verdict.state == TestState::kPassed && run.exit_code != 0) {
      verdict.state = TestState::kCrashed;
      verdict.message =
          "passed, then ended with exit code " + std::to_string(run.exit_code);
    }
  }

  const Plan& plan_;
  const JudgeOptions& options_;
};

void JudgeTask(const Run& run, const PlannedTask& task,
               const std::filesystem::path& binary, bool measure,
               TaskResult& result) {
  for (const std::string& name : task.tests) {
    result.tests.push_back(run.Test(binary, name));
  }
  const bool all = std::all_of(
      result.tests.begin(), result.tests.end(),
      [](const TestVerdict& t) { return t.state == TestState::kPassed; });
  if (all && measure) {
    result.instructions = run.Instructions(binary, task.counted_tests);
  }
}

void JudgeHidden(const Plan& plan, const Run& run, const Build& build,
                 Result& result) {
  for (std::size_t i = 0; i < plan.tasks.size(); ++i) {
    for (const std::string& name : plan.tasks[i].hidden_tests) {
      TestVerdict verdict;
      verdict.name = name;
      if (build.error.empty()) {
        verdict = run.Test(build.binary, name);
      } else {
        verdict.message = "the hidden tests do not build with this submission";
      }
      if (build.infrastructure) verdict.state = TestState::kInfrastructure;
      verdict.hidden = true;
      result.tasks[i].tests.push_back(verdict);
    }
  }
}

bool HasInfrastructureFailure(const Result& result) {
  return std::any_of(
      result.tasks.begin(), result.tasks.end(), [](const TaskResult& task) {
        return task.state == TaskState::kInfrastructure ||
               std::any_of(task.tests.begin(), task.tests.end(),
                           [](const TestVerdict& test) {
                             return test.state == TestState::kInfrastructure;
                           });
      });
}

// The tests among `tests` whose instructions are the same twice.
std::vector<std::string> SteadyTests(const Run& run,
                                     const std::filesystem::path& binary,
                                     const std::vector<std::string>& tests) {
  const std::int64_t once = run.Instructions(binary, tests);
  if (once > 0 && once == run.Instructions(binary, tests)) return tests;
  // Some of them start threads: one by one.
  std::vector<std::string> steady;
  for (const std::string& test : tests) {
    const std::int64_t first = run.Instructions(binary, {test});
    if (first > 0 && first == run.Instructions(binary, {test})) {
      steady.push_back(test);
    }
  }
  return steady;
}

void MeasureReference(Plan& plan,
                      const std::map<std::string, std::string>& files,
                      const JudgeOptions& options) {
  Compiler compiler(plan, files, options);
  const Run run(plan, options);
  compiler.CompileStems();
  for (PlannedTask& task : plan.tasks) {
    const Build build = compiler.BuildTest(task.stem, task.files);
    std::vector<std::string> tests;
    for (const auto& [name, cost] : task.costs) tests.push_back(name);
    task.counted_tests = SteadyTests(run, build.binary, tests);
    task.instructions = run.Instructions(build.binary, task.counted_tests);
  }
}

void AddFlags(const std::vector<std::string>& flags, Result& result) {
  for (const std::string& flag : flags) {
    if (std::find(result.flags.begin(), result.flags.end(), flag) ==
        result.flags.end()) {
      result.flags.push_back(flag);
    }
  }
}

}  // namespace

Job MakeJob(const Plan& plan, const Submission& submission,
            const std::string& fingerprint) {
  Job job{submission.student, submission.files, ""};
  // Students' bytes need not be UTF-8, and two that differ must not become one
  // key: lengths and raw bytes, not JSON.
  std::string inputs = plan.exercise + fingerprint;
  for (const auto& [name, bytes] : submission.files) {
    inputs += '\0' + name + '\0' + std::to_string(bytes.size()) + '\0' + bytes;
  }
  job.key = ContentHash(inputs);
  return job;
}

Result Judge(const Plan& plan, const Job& job, const JudgeOptions& options) {
  Result result;
  result.student = job.student;
  result.exercise = plan.exercise;
  result.key = job.key;
  result.state = "graded";
  Compiler compiler(plan, job.files, options);
  const Run run(plan, options);
  compiler.CompileStems();
  for (const PlannedTask& task : plan.tasks) {
    TaskResult& outcome = result.tasks.emplace_back();
    outcome.number = task.number;
    outcome.title = task.title;
    const Build build = compiler.BuildTest(task.stem, task.files);
    AddFlags(build.flags, result);
    if (build.error.empty()) {
      JudgeTask(run, task, build.binary, options.measure, outcome);
    } else {
      outcome.state = build.state;
      outcome.message = build.error;
    }
  }
  if (plan.has_hidden) {
    JudgeHidden(plan, run, compiler.BuildTest("hidden", {}), result);
  }
  if (HasInfrastructureFailure(result)) result.state = "infrastructure";
  return result;
}

std::string ListTests(Plan& plan,
                      const std::map<std::string, std::string>& files,
                      const JudgeOptions& options) {
  Compiler compiler(plan, files, options);
  const Run run(plan, options);
  compiler.CompileStems();
  for (PlannedTask& task : plan.tasks) {
    const Build build = compiler.BuildTest(task.stem, task.files);
    if (!build.error.empty()) return build.error;
    task.tests = run.List(build.binary);
    if (task.tests.empty()) return task.stem + "_test lists no test";
  }
  if (!plan.has_hidden) return "";
  const Build build = compiler.BuildTest("hidden", {});
  if (!build.error.empty()) return build.error;
  for (const std::string& test : run.List(build.binary)) {
    // Task7Hidden.LosesNoTask belongs to task 7.
    const int number =
        std::atoi(test.substr(std::min<std::size_t>(4, test.size())).c_str());
    for (PlannedTask& task : plan.tasks) {
      if (task.number == number) task.hidden_tests.push_back(test);
    }
  }
  return "";
}

std::string Calibrate(Plan& plan,
                      const std::map<std::string, std::string>& files,
                      const JudgeOptions& options) {
  Submission reference;
  reference.student = "reference";
  reference.files = files;
  JudgeOptions unmeasured = options;
  unmeasured.measure = false;
  std::array<Result, 2> runs;
  for (Result& run : runs) {
    run = Judge(plan, MakeJob(plan, reference), unmeasured);
  }
  for (std::size_t i = 0; i < plan.tasks.size(); ++i) {
    PlannedTask& task = plan.tasks[i];
    const TaskResult& first = runs[0].tasks[i];
    if (first.state != TaskState::kGraded) return first.message;
    task.costs.clear();
    task.counted_tests.clear();
    for (std::size_t t = 0; t < first.tests.size(); ++t) {
      const TestVerdict& test = first.tests[t];
      if (test.state != TestState::kPassed) {
        return test.name + " " + Name(test.state) + ": " + test.message;
      }
      if (!test.hidden && test.cost == runs[1].tasks[i].tests[t].cost) {
        task.costs[test.name] = test.cost;
      }
    }
  }
  if (options.measure) MeasureReference(plan, files, options);
  return "";
}

}  // namespace workbook::grade
