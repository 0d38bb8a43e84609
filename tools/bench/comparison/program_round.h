// SPDX-License-Identifier: Apache-2.0

// Compares two real benchmark programs.
#ifndef WORKBOOK_TOOLS_BENCH_COMPARISON_PROGRAM_ROUND_H_
#define WORKBOOK_TOOLS_BENCH_COMPARISON_PROGRAM_ROUND_H_

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "tools/bench/comparison/pair_schedule.h"
#include "tools/bench/comparison/slice_round.h"

namespace workbook {

struct ComparedPrograms {
  // One of the two may be "": the other one is compared with itself, its
  // baseline and its peers.
  std::filesystem::path yours;
  std::filesystem::path reference;
  std::filesystem::path working_directory;
  std::string filter;  // a regular expression on the names of cases; "" is all
  std::vector<std::string> arguments;  // for each program, beside ours
  double most_seconds = ScheduleOptions().most_seconds;
  // Of one slice: longer is a loop.
  std::chrono::milliseconds patience = std::chrono::minutes(2);
};

// The filter that admits the rows of these roles, "baseline|yours", of the
// cases that match `filter`.
std::string RowFilter(const std::string& filter, const std::string& roles);

// Starts yours once and the reference twice (one program twice where there is
// but one), runs a round of slices and ends them. The baseline and the peers
// are those of the reference, which answers for them even where yours is not
// written. They are alive together, and only one
// of them computes at any time: the others wait for their next request.
// Address-space randomisation is left as it is: it is one of the things that
// rounds average over.
RoundTimes RunProgramRound(const ComparedPrograms& programs,
                           const std::set<std::string>& settled,
                           std::uint64_t seed);

// Rounds until `settled` says so of every case, or as RunSchedule ends; the
// reference is the control where there is one.
Schedule ComparePrograms(const ComparedPrograms& programs,
                         const std::function<bool(const std::string& case_name,
                                                  const CasePairs&)>& settled,
                         std::uint64_t seed = ScheduleOptions().seed);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_COMPARISON_PROGRAM_ROUND_H_
