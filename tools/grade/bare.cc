// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/bare.h"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include "tools/grade/intake.h"
#include "tools/grade/ledger.h"
#include "tools/process/process.h"
#include "tools/sha256/sha256.h"
#include "tools/text/text_file.h"
#include "tools/workers/workers.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

class BareRun {
 public:
  BareRun(const Plan& plan, int jobs, const fs::path& folder)
      : plan_(plan), jobs_(jobs), folder_(folder), wanted_(plan.Files()) {
    fs::create_directories(folder_ / "tests");
  }

  void Some(const std::vector<fs::path>& paths) {
    ForEach(paths.size(), jobs_, [&](std::size_t i, int slot) {
      One(paths[i], folder_ / ("bare" + std::to_string(slot)));
    });
  }

 private:
  void Do(const std::vector<std::string>& command) const {
    ProcessOptions options;
    options.working_directory = (plan_.trusted / "run").string();
    const ProcessResult result = RunProcess(command, options);
    if (result.ExitedWith(0)) return;
    throw std::runtime_error(command[0] + ": " + DescribeEnd(result) + " " +
                             result.errors.substr(0, 2000));
  }

  std::vector<std::string> Compiler(const fs::path& scratch) const {
    std::vector<std::string> command{
        "/usr/bin/g++", "-w", "-I" + scratch.string(),
        "-I" + (plan_.trusted / "include").string()};
    command.insert(command.end(), plan_.compile_flags.begin(),
                   plan_.compile_flags.end());
    return command;
  }

  void Compile(const fs::path& scratch, const fs::path& source,
               const fs::path& object) const {
    std::vector<std::string> command = Compiler(scratch);
    command.insert(command.end(),
                   {"-c", source.string(), "-o", object.string()});
    Do(command);
  }

  // Once for all submissions with these headers.
  fs::path Test(const fs::path& scratch, const std::string& headers,
                const std::string& name) {
    fs::path object = folder_ / "tests" / (headers + name + ".o");
    if (fs::exists(object)) return object;
    const fs::path fresh = scratch / (name + ".o");
    Compile(scratch, plan_.trusted / "tests" / name, fresh);
    fs::rename(fresh, object);
    return object;
  }

  std::vector<fs::path> Tests(const fs::path& scratch,
                              const std::string& headers,
                              const std::vector<std::string>& names) {
    std::vector<fs::path> objects;
    objects.reserve(names.size());
    for (const std::string& name : names) {
      objects.push_back(Test(scratch, headers, name));
    }
    return objects;
  }

  fs::path Link(const fs::path& scratch, const std::vector<fs::path>& tests,
                const std::vector<std::string>& stems, const std::string& name,
                const std::string& folder,
                const std::vector<std::string>& ours) const {
    fs::path binary = scratch / name;
    std::vector<std::string> command{"/usr/bin/g++", "-o", binary.string()};
    for (const fs::path& test : tests) command.push_back(test.string());
    for (const std::string& object : ours) {
      command.push_back((plan_.trusted / folder / object).string());
    }
    command.insert(command.end(), stems.begin(), stems.end());
    command.insert(command.end(), plan_.link_flags.begin(),
                   plan_.link_flags.end());
    Do(command);
    return binary;
  }

  void Case(const fs::path& scratch, const std::vector<fs::path>& tests,
            const std::vector<std::string>& stems,
            const PlannedCase& planned) const {
    const fs::path answers = Link(scratch, tests, stems, planned.name + "_case",
                                  "answering", plan_.answering);
    const std::string asker =
        (plan_.trusted / "askers" / planned.name).string();
    // Each opens the pipes in the order in which the other one does.
    Do({"/bin/sh", "-c",
        "cd '" + scratch.string() + "' && mkfifo in out && { '" + asker +
            "' --seed " + std::to_string(plan_.seed) + " --enumerated " +
            std::to_string(planned.enumerated) + " --random " +
            std::to_string(planned.random) + " 3<in 4>out & '" +
            answers.string() + "' 4>in 3<out; wait; rm in out; }"});
  }

  static std::string Filter(const std::vector<std::string>& tests) {
    std::string filter = "--gtest_filter=";
    for (const std::string& test : tests) filter += test + ":";
    return filter;
  }

  void One(const fs::path& path, const fs::path& scratch) {
    fs::remove_all(scratch);
    const fs::path student = scratch / plan_.exercise;
    fs::create_directories(student);
    std::string headers;
    std::vector<std::string> stems;
    for (const auto& [name, bytes] : TakeIn(path, wanted_).files) {
      std::ofstream(student / name) << bytes;
      if (!name.ends_with(".cc")) headers += name + '\0' + bytes + '\0';
    }
    headers = Sha256(headers);
    for (const std::string& name : FileNames(student, ".cc")) {
      const fs::path object = scratch / (name + ".o");
      Compile(scratch, student / name, object);
      stems.push_back(object.string());
    }
    std::vector<std::string> hidden;
    for (const PlannedTask& task : plan_.tasks) {
      hidden.insert(hidden.end(), task.hidden_tests.begin(),
                    task.hidden_tests.end());
      const fs::path binary =
          Link(scratch, Tests(scratch, headers, task.test_sources), stems,
               task.stem, "objects", plan_.objects);
      Do({binary.string(), Filter(task.tests)});
      if (!task.counted_tests.empty()) {
        Do({"/usr/bin/valgrind", "--tool=callgrind",
            "--callgrind-out-file=/dev/null", binary.string(),
            Filter(task.counted_tests)});
      }
      for (const PlannedCase& planned : task.cases) {
        Case(scratch, Tests(scratch, headers, {planned.Source()}), stems,
             planned);
      }
    }
    if (plan_.hidden_sources.empty()) return;
    const fs::path binary =
        Link(scratch, Tests(scratch, headers, plan_.hidden_sources), stems,
             "hidden", "objects", plan_.objects);
    Do({binary.string(), Filter(hidden)});
  }

  const Plan& plan_;
  const int jobs_;
  const fs::path folder_;
  const std::vector<std::string> wanted_;
};

double ProcessorSeconds() {
  double seconds = 0;
  for (const auto who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage usage{};
    getrusage(who, &usage);
    for (const timeval& time : {usage.ru_utime, usage.ru_stime}) {
      seconds += static_cast<double>(time.tv_sec) +
                 static_cast<double>(time.tv_usec) / 1e6;
    }
  }
  return seconds;
}

template <class Work>
void AddTimeOf(Work work, double& seconds, double& processor_seconds) {
  const auto start = std::chrono::steady_clock::now();
  const double processor_start = ProcessorSeconds();
  work();
  processor_seconds += ProcessorSeconds() - processor_start;
  seconds +=
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
          .count();
}

}  // namespace

BareComparison CompareWithBare(const Plan& plan, const MarkRules& rules,
                               const std::vector<fs::path>& paths,
                               const BatchOptions& options) {
  BareComparison comparison;
  comparison.submissions = paths.size();
  // A turn's own progress would say nothing of the whole.
  BatchOptions turn = options;
  turn.on_progress = nullptr;
  try {
    Ledger warm(options.scratch / "warm.jsonl");
    GradeAll(plan, rules, {paths[0]}, warm, turn);
    BareRun bare(plan, options.jobs, options.scratch / "bare");
    bare.Some({paths[0]});
    Ledger ledger(options.scratch / "graded.jsonl");
    const auto step = static_cast<std::size_t>(std::max(options.jobs, 1));
    for (std::size_t first = 0; first < paths.size(); first += step) {
      const std::size_t done = std::min(first + step, paths.size());
      const std::vector<fs::path> some(
          paths.begin() + static_cast<std::ptrdiff_t>(first),
          paths.begin() + static_cast<std::ptrdiff_t>(done));
      const auto grade = [&] {
        AddTimeOf([&] { GradeAll(plan, rules, some, ledger, turn); },
                  comparison.graded_seconds,
                  comparison.graded_processor_seconds);
      };
      const bool bare_first = first / step % 2 == 1;
      if (!bare_first) grade();
      AddTimeOf([&] { bare.Some(some); }, comparison.bare_seconds,
                comparison.bare_processor_seconds);
      if (bare_first) grade();
      if (options.on_progress) options.on_progress(done, paths.size(), done);
    }
  } catch (const std::exception& failure) {
    comparison.error = failure.what();
  }
  return comparison;
}

}  // namespace workbook::grade
