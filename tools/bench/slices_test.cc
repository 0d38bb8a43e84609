// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/slices.h"

#include <benchmark/benchmark.h>
#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>

namespace workbook {
namespace {

class Slices : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::array<std::string, 2> arguments = {"test",
                                            "--benchmark_min_time=0.001"};
    std::array<char*, 3> argv = {arguments[0].data(), arguments[1].data(),
                                 nullptr};
    int argc = 2;
    benchmark::Initialize(&argc, argv.data());
  }

  Row* Add(const std::string& name,
           std::function<void(benchmark::State&)> function) {
    auto row = std::make_unique<Row>();
    row->case_name = "stem/case";
    row->role = "yours";
    row->implementation = name;
    row->body = [function](benchmark::State& state, void*) { function(state); };
    rows_.push_back(std::move(row));
    return rows_.back().get();
  }

  std::vector<std::string> Serve(const std::string& requests) {
    std::istringstream in(requests);
    std::stringstream out;
    ServeSlices(SelectCases(rows_, ""), in, out);
    std::vector<std::string> lines;
    for (std::string line; std::getline(out, line);) lines.push_back(line);
    return lines;
  }

  std::vector<std::unique_ptr<Row>> rows_;
};

TEST_F(Slices, SaysWhatCanBeTimedAndThenAnswers) {
  Add("a", [](benchmark::State& state) {
    for (auto _ : state) benchmark::ClobberMemory();
  });
  Add("b", [](benchmark::State&) {})->gap = "libabsent-dev";
  const auto lines = Serve("stem/case/yours:a\nstem/case/yours:a\n");
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(lines[0], "row stem/case/yours:a");
  EXPECT_EQ(lines[1], "ready");
  EXPECT_GT(std::stod(lines[2].substr(5)), 0) << lines[2];
  EXPECT_EQ(lines[3].substr(0, 5), "time ");
}

TEST_F(Slices, LaterSlicesAreAsLongAsTheFirst) {
  std::vector<std::int64_t> iterations;
  Add("a", [&iterations](benchmark::State& state) {
    for (auto _ : state) benchmark::ClobberMemory();
    iterations.push_back(state.iterations());
  });
  Serve("stem/case/yours:a\nstem/case/yours:a\nstem/case/yours:a\n");
  ASSERT_GE(iterations.size(), 4u);
  const std::size_t last = iterations.size() - 1;
  EXPECT_GT(iterations[last], 1);
  EXPECT_EQ(iterations[last], iterations[last - 1]);
  EXPECT_EQ(iterations[last], iterations[last - 2]);
}

TEST_F(Slices, AFailureIsOneLine) {
  Add("a", [](benchmark::State&) { throw std::runtime_error("two\nlines"); });
  const auto lines = Serve("stem/case/yours:a\nno such row\n");
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(lines[2], "error two lines");
  EXPECT_EQ(lines[3], "error no row is called no such row");
}

}  // namespace
}  // namespace workbook
