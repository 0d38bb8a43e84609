// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/runner.h"

#include <regex.h>

#include <algorithm>
#include <memory>
#include <set>
#include <stdexcept>
#include <utility>

#include "tools/bench/callgrind_requests.h"
#include "tools/bench/measured_call.h"
#include "tools/bench/run_failure.h"

namespace workbook {
namespace {

using Run = benchmark::BenchmarkReporter::Run;

constexpr char kItemsPerSecond[] = "items_per_second";

// Fewer come from elsewhere: a table that grows once, a stack that gets deeper.
constexpr double kMinFaultsPerOperation = 0.05;

// Keeps what Google Benchmark reports.
class Collector : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.run_type == Run::RT_Iteration) runs_.push_back(run);
    }
  }
  const std::vector<Run>& runs() const { return runs_; }

 private:
  std::vector<Run> runs_;
};

benchmark::internal::Benchmark* Register(const RowInstance& instance,
                                         MeasuredCall* call) {
  auto* const registered = benchmark::RegisterBenchmark(
      instance.name.c_str(),
      [call](benchmark::State& state) { call->Call(state); });
  if (instance.row->manual_time) {
    registered->UseManualTime();
  } else if (!instance.row->thread_counts.empty()) {
    registered->Threads(instance.threads)->UseRealTime();
  } else if (instance.row->real_time) {
    registered->UseRealTime();
  }
  return registered;
}

std::vector<Run> RunRegistered() {
  Collector collector;
  benchmark::RunSpecifiedBenchmarks(&collector, ".");
  ReleaseLastRun();
  benchmark::ClearRegisteredBenchmarks();
  return collector.runs();
}

// Runs exactly `iterations`, once, and returns whether it went well.
bool CountRun(const RowInstance& instance, MeasuredCall* call, int iterations,
              RowResult& result) {
  Register(instance, call)->Iterations(iterations)->Repetitions(1);
  const std::vector<Run> runs = RunRegistered();
  if (runs.size() == 1 && !HasFailed(runs[0])) return true;
  result.status = call->status() == RowStatus::kMeasured ? RowStatus::kError
                                                         : call->status();
  result.message = runs.empty() ? "it did not run" : FailureOf(runs[0]);
  return false;
}

// The first run warms up what lives longer than a run (pools of threads, the
// C++ library's own caches); the difference of the other two is what the
// additional iterations cost.
void Count(const RowInstance& instance, const RunOptions& options,
           RowResult& result) {
  MeasuredCall call(instance.row, instance.threads);
  const int own = instance.row->counted_iterations;
  const int few = own > 0 ? 2 : options.uncounted_iterations;
  const int many = few + (own > 0 ? std::min(own, options.counted_iterations)
                                  : options.counted_iterations);
  SetCountingPass(true);
  RunCounts first;
  bool done = CountRun(instance, &call, few, result);
  if (done && (done = CountRun(instance, &call, few, result))) {
    first = call.counts();
    done = CountRun(instance, &call, many, result);
  }
  SetCountingPass(false);
  if (!done) return;
  const RunCounts& second = call.counts();
  const auto operations =
      static_cast<double>(second.operations - first.operations);
  if (operations <= 0) {
    result.status = RowStatus::kError;
    result.message = "it reports no operations";
    return;
  }
  const auto per_operation = [operations](std::int64_t a, std::int64_t b) {
    return static_cast<double>(b - a) / operations;
  };
  CountsPerOperation counts;
  counts.allocations = per_operation(first.allocations.allocations,
                                     second.allocations.allocations);
  counts.bytes = per_operation(first.allocations.bytes_allocated,
                               second.allocations.bytes_allocated);
  counts.peak_bytes = second.allocations.peak_live_bytes;
  result.counts = counts;
  const double faults = per_operation(first.page_faults, second.page_faults);
  if (faults >= kMinFaultsPerOperation) {
    result.other_counters["page_faults_per_op"] = faults;
  }
}

// What is the same in both runs, setting up and the first fill, is gone from
// the difference of the two dumps. The first run warms up: it is thrown away.
void CountExactly(const RowInstance& instance, const RunOptions& options,
                  RowResult& result) {
  MeasuredCall call(instance.row, instance.threads);
  const int few = options.exact_iterations;
  if (!CountRun(instance, &call, few, result)) return;
  std::int64_t operations = 0;
  for (const int iterations : {few, 2 * few}) {
    ResetCallgrind();
    if (!CountRun(instance, &call, iterations, result)) return;
    DumpCallgrind(instance.name);
    operations = call.counts().operations - operations;
  }
  result.other_counters["exact_operations"] = static_cast<double>(operations);
}

Repetition ToRepetition(const Run& run) {
  const double unit_ns = 1e9 / benchmark::GetTimeUnitMultiplier(run.time_unit);
  Repetition repetition;
  repetition.iterations = run.iterations;
  repetition.real_ns_per_iteration = run.GetAdjustedRealTime() * unit_ns;
  repetition.cpu_ns_per_iteration = run.GetAdjustedCPUTime() * unit_ns;
  const auto items = run.counters.find(kItemsPerSecond);
  if (items != run.counters.end() && items->second.value > 0) {
    repetition.ns_per_operation = 1e9 / items->second.value;
  } else if (run.run_name.time_type == "real_time") {
    repetition.ns_per_operation = repetition.real_ns_per_iteration;
  } else {
    repetition.ns_per_operation = repetition.cpu_ns_per_iteration;
  }
  return repetition;
}

void AddRun(const Run& run, const MeasuredCall& call, RowResult& result) {
  if (HasFailed(run)) {
    result.status = call.status() == RowStatus::kMeasured ? RowStatus::kError
                                                          : call.status();
    result.message = FailureOf(run);
    return;
  }
  result.repetitions.push_back(ToRepetition(run));
  for (const auto& [name, counter] : run.counters) {
    if (name != kItemsPerSecond) result.other_counters[name] = counter.value;
  }
}

void Time(const std::vector<RowInstance>& instances,
          std::vector<RowResult>& results) {
  const auto is_runnable = [](const RowResult& result) {
    return result.status == RowStatus::kMeasured;
  };
  if (std::none_of(results.begin(), results.end(), is_runnable)) return;
  std::vector<std::unique_ptr<MeasuredCall>> calls;
  for (std::size_t i = 0; i < instances.size(); ++i) {
    calls.push_back(
        std::make_unique<MeasuredCall>(instances[i].row, instances[i].threads));
    if (is_runnable(results[i])) Register(instances[i], calls[i].get());
  }
  for (const Run& run : RunRegistered()) {
    for (std::size_t i = 0; i < instances.size(); ++i) {
      if (instances[i].name == run.run_name.function_name) {
        AddRun(run, *calls[i], results[i]);
      }
    }
  }
}

RowResult EmptyResult(const RowInstance& instance) {
  RowResult result;
  result.case_name = instance.case_name;
  result.role = instance.row->role;
  result.implementation = instance.row->implementation;
  result.name = instance.name;
  result.threads = instance.threads;
  if (!instance.row->gap.empty()) {
    result.status = RowStatus::kGap;
    result.message = instance.row->gap;
  }
  return result;
}

// POSIX's extended expressions; std::regex takes longer to compile than all
// else here, and gcc 12 warns about it in a sanitizer build.
class Filter {
 public:
  explicit Filter(const std::string& text)
      : is_negated_(!text.empty() && text[0] == '-') {
    const std::string expression = is_negated_ ? text.substr(1) : text;
    if (regcomp(&compiled_, expression.c_str(), REG_EXTENDED | REG_NOSUB)) {
      throw std::invalid_argument("the filter is not a regular expression: " +
                                  text);
    }
  }
  ~Filter() { regfree(&compiled_); }
  Filter(const Filter&) = delete;
  Filter& operator=(const Filter&) = delete;

  bool Admits(const std::string& name) const {
    const int result = regexec(&compiled_, name.c_str(), 0, nullptr, 0);
    return (result == 0) != is_negated_;
  }

 private:
  const bool is_negated_;
  regex_t compiled_;
};

}  // namespace

std::vector<std::vector<RowInstance>> SelectCases(
    const std::vector<std::unique_ptr<Row>>& rows, const std::string& filter) {
  const Filter admitted(filter);
  std::vector<std::vector<RowInstance>> cases;
  std::set<std::string> names;
  for (const std::unique_ptr<Row>& row : rows) {
    std::vector<int> thread_counts = row->thread_counts;
    if (thread_counts.empty()) thread_counts.push_back(1);
    for (const int threads : thread_counts) {
      RowInstance instance{row.get(), threads, row->CaseName(threads),
                           row->Name(threads)};
      if (!names.insert(instance.name).second) {
        throw std::invalid_argument("two rows are called " + instance.name);
      }
      if (!admitted.Admits(instance.name)) continue;
      const auto same_case = [&](const std::vector<RowInstance>& group) {
        return group[0].case_name == instance.case_name;
      };
      auto group = std::find_if(cases.begin(), cases.end(), same_case);
      if (group == cases.end()) group = cases.emplace(cases.end());
      group->push_back(std::move(instance));
    }
  }
  return cases;
}

std::vector<RowResult> RunCase(const std::vector<RowInstance>& instances,
                               const RunOptions& options) {
  std::vector<RowResult> results;
  for (const RowInstance& instance : instances) {
    results.push_back(EmptyResult(instance));
    if (options.count && results.back().status == RowStatus::kMeasured) {
      Count(instance, options, results.back());
    }
  }
  if (options.time) Time(instances, results);
  for (std::size_t i = 0; options.exact && i < instances.size(); ++i) {
    if (results[i].status == RowStatus::kMeasured) {
      CountExactly(instances[i], options, results[i]);
    }
  }
  return results;
}

RowResult TimeOnce(const RowInstance& instance, std::int64_t iterations) {
  RowResult result = EmptyResult(instance);
  if (result.status != RowStatus::kMeasured) return result;
  MeasuredCall call(instance.row, instance.threads);
  auto* const registered = Register(instance, &call)->Repetitions(1);
  if (iterations > 0) registered->Iterations(iterations);
  const std::vector<Run> runs = RunRegistered();
  if (runs.size() == 1) {
    AddRun(runs[0], call, result);
  } else {
    result.status = RowStatus::kError;
    result.message = "it did not run";
  }
  return result;
}

}  // namespace workbook
