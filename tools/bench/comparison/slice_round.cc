// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/comparison/slice_round.h"

#include <random>
#include <utility>

#include "tools/bench/row_name.h"

namespace workbook {
namespace {

// Fisher and Yates, with indexes that are the same on every machine.
template <typename T>
void Shuffle(std::vector<T>& order, std::mt19937_64& engine) {
  for (std::size_t i = order.size(); i > 1; --i) {
    std::swap(order[i - 1], order[engine() % i]);
  }
}

// One row of one program, to be timed once a slice.
struct Ask {
  SlicedProgram* program = nullptr;
  std::string row;
  std::vector<double>* times = nullptr;
  bool failed = false;
};

void AddAsk(SlicedProgram& program, const std::string& row,
            std::vector<double>& times, std::vector<Ask>& asks) {
  if (!row.empty()) asks.push_back({&program, row, &times});
}

std::vector<Ask> AsksOf(std::vector<SlicedProgram>& programs,
                        const std::string& case_name, CaseTimes& times) {
  std::vector<Ask> asks;
  for (std::size_t place = 0; place < programs.size(); ++place) {
    const auto rows = programs[place].rows.find(case_name);
    if (rows == programs[place].rows.end()) continue;
    AddAsk(programs[place], rows->second.subject, times[place].subject_ns,
           asks);
    if (place != kControl) continue;
    AddAsk(programs[place], rows->second.baseline, times[place].baseline_ns,
           asks);
    for (const auto& [implementation, row] : rows->second.peers) {
      AddAsk(programs[place], row, times[place].peers_ns[implementation], asks);
    }
  }
  return asks;
}

// A row that fails once is left out, so that the lists of the others still
// belong together.
std::string RunSlice(std::vector<Ask>& asks) {
  for (Ask& ask : asks) {
    if (ask.failed) continue;
    const std::optional<double> ns = ask.program->time(ask.row);
    const std::string error = ask.program->error();
    if (!error.empty()) return ask.row + ": " + error;
    ask.failed = !ns || *ns <= 0;
    if (ask.failed) {
      ask.times->clear();
    } else {
      ask.times->push_back(*ns);
    }
  }
  return {};
}

}  // namespace

std::map<std::string, CaseRows> RowsByCase(
    const std::vector<std::string>& names) {
  std::map<std::string, CaseRows> cases;
  for (const std::string& name : names) {
    const auto parts = ParseRowName(name);
    if (!parts) continue;
    CaseRows& rows = cases[parts->case_name];
    if (parts->role == "baseline") {
      rows.baseline = name;
    } else if (parts->role == "peer") {
      rows.peers[parts->implementation] = name;
    } else {
      rows.subject = name;
    }
  }
  return cases;
}

RoundTimes RunSliceRound(std::vector<SlicedProgram>& programs,
                         const std::set<std::string>& settled,
                         const RoundOptions& options, std::uint64_t seed) {
  RoundTimes round;
  std::mt19937_64 engine(seed);
  std::vector<std::string> cases;
  for (const auto& [name, unused] : programs[kControl].rows) {
    if (settled.count(name) == 0) cases.push_back(name);
  }
  Shuffle(cases, engine);
  for (const std::string& name : cases) {
    std::vector<Ask> asks = AsksOf(programs, name, round.cases[name]);
    const double start = options.now_seconds();
    for (int slice = 0; slice < options.slices; ++slice) {
      if (slice > 0 &&
          options.now_seconds() - start > options.most_case_seconds) {
        break;
      }
      Shuffle(asks, engine);
      round.error = RunSlice(asks);
      if (!round.error.empty()) return round;
    }
  }
  return round;
}

}  // namespace workbook
