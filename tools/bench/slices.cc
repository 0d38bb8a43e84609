// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/slices.h"

#include <istream>
#include <map>
#include <ostream>
#include <string>

namespace workbook {
namespace {

struct Slice {
  RowInstance instance;
  std::int64_t iterations = 0;  // 0: not yet known
};

// One line, whatever a row's message holds.
std::string OneLine(std::string text) {
  for (char& c : text) {
    if (c == '\n') c = ' ';
  }
  return text;
}

void Answer(Slice& slice, std::ostream& answers) {
  RowResult result;
  if (slice.iterations == 0) {
    result = TimeOnce(slice.instance, 0);
    if (!result.repetitions.empty()) {
      slice.iterations = result.repetitions[0].iterations;
    }
  }
  if (slice.iterations > 0) result = TimeOnce(slice.instance, slice.iterations);
  if (result.repetitions.empty()) {
    answers << "error " << OneLine(result.message) << '\n';
  } else {
    answers << "time " << result.repetitions[0].ns_per_operation << '\n';
  }
}

}  // namespace

void ServeSlices(const std::vector<std::vector<RowInstance>>& cases,
                 std::istream& requests, std::ostream& answers) {
  std::map<std::string, Slice> slices;
  for (const std::vector<RowInstance>& instances : cases) {
    for (const RowInstance& instance : instances) {
      if (!instance.row->gap.empty()) continue;
      slices[instance.name].instance = instance;
      answers << "row " << instance.name << '\n';
    }
  }
  answers.precision(17);
  answers << "ready" << std::endl;
  for (std::string name; std::getline(requests, name);) {
    const auto slice = slices.find(name);
    if (slice == slices.end()) {
      answers << "error no row is called " << name << '\n';
    } else {
      Answer(slice->second, answers);
    }
    answers.flush();
  }
}

}  // namespace workbook
