// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/json_report.h"

#include <benchmark/benchmark.h>

#include <string>

#include "tools/bench/run_failure.h"

namespace workbook {
namespace {

using Run = benchmark::BenchmarkReporter::Run;

constexpr char kSchemaVersion[] = "1";

const char* StatusName(RowStatus status) {
  switch (status) {
    case RowStatus::kMeasured:
      return "";
    case RowStatus::kNotWritten:
      return "not_written";
    case RowStatus::kGap:
      return "gap";
    case RowStatus::kError:
      return "error";
  }
  return "";
}

Run CommonPart(const RowResult& result) {
  Run run;
  run.run_name.function_name = result.name;
  run.threads = result.threads;
  run.time_unit = benchmark::kNanosecond;
  run.family_index = 0;
  run.per_family_instance_index = 0;
  run.repetition_index = 0;
  run.repetitions = 1;
  run.iterations = 0;
  run.report_label = StatusName(result.status);
  if (result.status != RowStatus::kMeasured) SetFailure(run, result.message);
  for (const auto& [name, value] : result.other_counters) {
    run.counters[name] = value;
  }
  if (result.counts.has_value()) {
    run.counters["allocs_per_op"] = result.counts->allocations;
    run.counters["bytes_per_op"] = result.counts->bytes;
    run.counters["peak_bytes"] = static_cast<double>(result.counts->peak_bytes);
  }
  return run;
}

std::vector<Run> ToRuns(const RowResult& result) {
  const bool timed = result.status == RowStatus::kMeasured;
  if (!timed || result.repetitions.empty()) return {CommonPart(result)};
  std::vector<Run> runs;
  for (const Repetition& repetition : result.repetitions) {
    Run run = CommonPart(result);
    run.repetition_index = static_cast<std::int64_t>(runs.size());
    run.repetitions = static_cast<std::int64_t>(result.repetitions.size());
    run.iterations = repetition.iterations;
    const double seconds = static_cast<double>(repetition.iterations) * 1e-9;
    run.real_accumulated_time = repetition.real_ns_per_iteration * seconds;
    run.cpu_accumulated_time = repetition.cpu_ns_per_iteration * seconds;
    run.counters["ns_per_op"] = repetition.ns_per_operation;
    runs.push_back(std::move(run));
  }
  return runs;
}

}  // namespace

void WriteJson(const std::vector<RowResult>& results,
               const RunConditions& conditions, std::ostream& out) {
  benchmark::AddCustomContext("workbook_schema", kSchemaVersion);
  benchmark::AddCustomContext("workbook_build",
                              conditions.sanitized   ? "sanitized"
                              : conditions.optimized ? "optimized"
                                                     : "unoptimized");
  benchmark::AddCustomContext("workbook_compiler", conditions.compiler);
  benchmark::AddCustomContext("workbook_probe_ns",
                              std::to_string(conditions.probe_ns));
  benchmark::JSONReporter reporter;
  reporter.SetOutputStream(&out);
  reporter.SetErrorStream(&out);
  const benchmark::BenchmarkReporter::Context context;
  reporter.ReportContext(context);
  std::int64_t index = 0;
  for (const RowResult& result : results) {
    std::vector<Run> runs = ToRuns(result);
    for (Run& run : runs) run.family_index = index;
    ++index;
    reporter.ReportRuns(runs);
  }
  reporter.Finalize();
}

}  // namespace workbook
