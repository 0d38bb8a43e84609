// SPDX-License-Identifier: Apache-2.0

// Compares programs whose true ratio is known, for real:
//
//   bazel run //tools/bench/comparison:real_comparisons -- [--load] [--times N]
//       [--ratio 1.00|1.05|1.50|5.00] [--limit X]
//
// prints a table of verdicts. --load keeps the other processors busy meanwhile.
// --limit 1.05 puts the limit on a true ratio, where no verdict is right but
// "too noisy".
// Not a test: what a machine does today is no property of the code.
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "fmt/format.h"
#include "tools/bench/comparison/bench_lock.h"
#include "tools/bench/comparison/machine.h"
#include "tools/bench/comparison/pair_schedule.h"
#include "tools/bench/comparison/program_round.h"
#include "tools/bench/comparison/verdict.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

struct Options {
  bool load = false;
  int times = 5;
  double limit = kReferenceLimit;
  std::vector<std::string> ratios = {"1.00", "1.05", "1.50", "5.00"};
};

// One thread fewer than there are processors, at least one.
class Load {
 public:
  explicit Load(bool wanted) {
    if (!wanted) return;
    const unsigned all = std::thread::hardware_concurrency();
    for (unsigned i = 1; i < std::max(2u, all); ++i) {
      threads_.emplace_back([this] {
        while (!stop_.load(std::memory_order_relaxed)) {
        }
      });
    }
  }
  ~Load() {
    stop_.store(true);
    for (std::thread& thread : threads_) thread.join();
  }

 private:
  std::atomic<bool> stop_{false};
  std::vector<std::thread> threads_;
};

Judgement Compare(const fs::path& folder, const std::string& ratio,
                  double limit, std::uint64_t seed) {
  ComparedPrograms programs;
  programs.yours = folder / ("calibrated_" + ratio);
  programs.reference = folder / "calibrated_reference";
  const Schedule schedule = ComparePrograms(
      programs,
      [limit, seed](const std::string&, const CasePairs& pairs) {
        return IsSettled(pairs.yours_to_control, pairs.control_to_itself, limit,
                         seed);
      },
      seed);
  if (schedule.cases.empty()) {
    Judgement none;
    none.reason = schedule.error;
    return none;
  }
  const CasePairs& pairs = schedule.cases.begin()->second;
  return JudgeRatio(pairs.yours_to_control, pairs.control_to_itself, limit,
                    seed);
}

void CompareAll(const fs::path& folder, const Options& options) {
  const Load load(options.load);
  const MachineSample before = SampleMachine();
  for (const std::string& ratio : options.ratios) {
    std::map<Verdict, int> tally;
    for (int i = 0; i < options.times; ++i) {
      const Judgement judged = Compare(folder, ratio, options.limit,
                                       static_cast<std::uint64_t>(i) + 1);
      ++tally[judged.verdict];
      fmt::print("true {}  {:<17}  {:>2} pairs  {}\n", ratio,
                 VerdictName(judged.verdict), judged.pairs, judged.reason);
      std::fflush(stdout);
    }
    fmt::print("true {}: met {}, not met {}, too noisy {} of {}\n\n", ratio,
               tally[Verdict::kMet], tally[Verdict::kNotMet],
               tally[Verdict::kTooNoisy], options.times);
  }
  for (const std::string& note : Disturbances(before, SampleMachine())) {
    fmt::print("noticed: {}\n", note);
  }
}

int Main(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--load") {
      options.load = true;
    } else if (argument == "--times" && i + 1 < argc) {
      options.times = std::atoi(argv[++i]);
    } else if (argument == "--ratio" && i + 1 < argc) {
      options.ratios = {argv[++i]};
    } else if (argument == "--limit" && i + 1 < argc) {
      options.limit = std::atof(argv[++i]);
    } else {
      fmt::print(stderr,
                 "usage: real_comparisons [--load] [--times N] [--ratio "
                 "1.00|1.05|1.50|5.00] [--limit X]\n");
      return 2;
    }
  }
  const BenchLock lock(BenchLockFile(), std::chrono::minutes(10), [] {
    fmt::print(stderr, "another benchmark is running; waiting for it\n");
  });
  if (!lock.held()) {
    fmt::print(stderr, "real_comparisons: {}\n", lock.error());
    return 4;
  }
  CompareAll(fs::read_symlink("/proc/self/exe").parent_path(), options);
  return 0;
}

}  // namespace
}  // namespace workbook

int main(int argc, char** argv) { return workbook::Main(argc, argv); }
