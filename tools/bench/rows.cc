// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/rows.h"

#include <algorithm>
#include <thread>

#include "tools/bench/row_name.h"

namespace workbook {

namespace {

constexpr int kMaxThreads = 16;

std::vector<std::unique_ptr<Row>>& Registry() {
  static auto* const rows = new std::vector<std::unique_ptr<Row>>;
  return *rows;
}

const char* RoleName(Role role, Subject subject) {
  if (role == Role::kBaseline) return "baseline";
  if (role == Role::kPeer) return "peer";
  return subject == Subject::kReference ? "reference" : "yours";
}

}  // namespace

Row* Row::Threads(int count) {
  if (std::find(thread_counts.begin(), thread_counts.end(), count) ==
      thread_counts.end()) {
    thread_counts.push_back(count);
  }
  return this;
}

Row* Row::ThreadRange() {
  const int cpus = static_cast<int>(std::thread::hardware_concurrency());
  const int most = std::clamp(cpus, 1, kMaxThreads);
  for (int count = 1; count <= most; count *= 2) Threads(count);
  return this;
}

Row* Row::UseRealTime() {
  real_time = true;
  return this;
}

Row* Row::UseManualTime() {
  manual_time = true;
  return this;
}

Row* Row::CountedIterations(int count) {
  counted_iterations = count;
  return this;
}

std::string Row::CaseName(int threads) const {
  if (thread_counts.empty()) return case_name;
  return case_name + "/threads:" + std::to_string(threads);
}

std::string Row::Name(int threads) const {
  return JoinRowName(CaseName(threads), role, implementation);
}

Row* AddRow(std::string case_name, Role role, std::string implementation,
            std::function<void(benchmark::State&)> function, Subject subject) {
  auto row = std::make_unique<Row>();
  row->case_name = std::move(case_name);
  row->role = RoleName(role, subject);
  row->implementation = std::move(implementation);
  row->body = [function = std::move(function)](benchmark::State& state, void*) {
    function(state);
  };
  Registry().push_back(std::move(row));
  return Registry().back().get();
}

Row* AddGap(std::string case_name, std::string implementation,
            std::string package) {
  Row* const row = AddRow(std::move(case_name), Role::kPeer,
                          std::move(implementation), nullptr, Subject::kYours);
  row->gap = "not installed: apt-get install " + std::move(package);
  return row;
}

const std::vector<std::unique_ptr<Row>>& AllRows() { return Registry(); }

}  // namespace workbook
