// SPDX-License-Identifier: Apache-2.0

// The real binary over sample_bench.cc.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

namespace workbook {
namespace {

struct Output {
  int exit_code = -1;  // -1: a signal
  std::string text;
};

Output Bench(const std::string& arguments) {
  Output output;
  const std::string command = "tools/bench/sample " + arguments + " 2>&1";
  FILE* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return output;
  std::array<char, 4096> buffer;
  while (std::fgets(buffer.data(), static_cast<int>(buffer.size()), pipe)) {
    output.text += buffer.data();
  }
  const int status = pclose(pipe);
  if (WIFEXITED(status)) output.exit_code = WEXITSTATUS(status);
  return output;
}

constexpr char kQuick[] =
    " --benchmark_min_time=0.001 --benchmark_repetitions=2 ";

void ExpectHas(const Output& output, const std::string& text) {
  EXPECT_NE(output.text.find(text), std::string::npos)
      << "no '" << text << "' in:\n"
      << output.text;
}

TEST(BenchMain, PrintsTheTableOfACase) {
  const Output output = Bench("--benchmark_filter=pair" + std::string(kQuick));
  EXPECT_EQ(output.exit_code, 0);
  ExpectHas(output, "median of 2 repetitions");
  ExpectHas(output, "sample/pair\n");
  ExpectHas(output, "baseline new/delete");
  ExpectHas(output, "yours    Pool");
  ExpectHas(output, "not installed: apt-get install libabsent-dev");
  EXPECT_EQ(output.text.find("Library was built as DEBUG"), std::string::npos);
}

TEST(BenchMain, GoesOnAfterARowThatIsNotWritten) {
  const Output output = Bench("--benchmark_filter='todo|pair' --pass=smoke");
  EXPECT_EQ(output.exit_code, 0);
  ExpectHas(output,
            "not written yet: 00_00 task 1: Pool::Allocate is yours to write");
  ExpectHas(output, "baseline new/delete");
}

TEST(BenchMain, FailsWhenARowFails) {
  for (const std::string pass : {"--pass=smoke", kQuick}) {
    const Output output = Bench("--benchmark_filter='wrong|pair' " + pass);
    EXPECT_EQ(output.exit_code, 1) << output.text;
    ExpectHas(output, "ERROR: wrong output");
  }
}

TEST(BenchMain, HasPrintedTheEarlierCasesWhenARowCrashes) {
  const Output output = Bench("--benchmark_filter='pair|crash' --pass=smoke");
  EXPECT_NE(output.exit_code, 0);
  ExpectHas(output, "baseline new/delete");
}

TEST(BenchMain, ListsRowsWithoutRunningThem) {
  const Output output =
      Bench("--benchmark_list_tests --benchmark_filter='crash|pair/y'");
  EXPECT_EQ(output.exit_code, 0);
  EXPECT_EQ(output.text, "sample/pair/yours:Pool\nsample/crash/yours:Pool\n");
}

TEST(BenchMain, RefusesAWrongCommandLine) {
  EXPECT_EQ(Bench("--no_such_flag").exit_code, 2);
  EXPECT_EQ(Bench("--pass=fast").exit_code, 2);
  EXPECT_EQ(Bench("--benchmark_filter=no_such_row").exit_code, 2);
  EXPECT_EQ(Bench("--benchmark_filter='('").exit_code, 2);
  EXPECT_EQ(
      Bench("--pass=smoke --benchmark_out=/no/such/folder/x.json").exit_code,
      2);
}

TEST(BenchMain, WritesJson) {
  const std::string file = testing::TempDir() + "/rows.json";
  const Output output =
      Bench("--benchmark_filter='pair|todo' --benchmark_out=" + file + kQuick);
  EXPECT_EQ(output.exit_code, 0);
  std::ifstream stream(file);
  const nlohmann::json document = nlohmann::json::parse(stream);
  ASSERT_EQ(document["benchmarks"].size(), 6u);  // 2 + 2, the gap, the todo
  const nlohmann::json& first = document["benchmarks"][0];
  EXPECT_EQ(first["name"], "sample/pair/baseline:new/delete");
  EXPECT_EQ(first["allocs_per_op"], 1);
  EXPECT_EQ(first["bytes_per_op"], 64);
  EXPECT_EQ(first["peak_bytes"], 64);
  EXPECT_GT(first["ns_per_op"], 0);
  EXPECT_EQ(document["benchmarks"][5]["label"], "not_written");
}

// Whether or not a row with threads ran before: this one runs alone.
TEST(BenchMain, HasHadAThreadBeforeTheFirstRow) {
  for (const std::string pass : {"--pass=smoke", kQuick}) {
    const Output output = Bench("--benchmark_filter=sample/locks " + pass);
    EXPECT_EQ(output.exit_code, 0) << output.text;
  }
  const std::string file = testing::TempDir() + "/requests.txt";
  std::ofstream(file) << "sample/locks/yours:Pool\n";
  const Output slice = Bench(
      "--benchmark_filter=sample/locks --pass=slices "
      "< " +
      file);
  EXPECT_EQ(slice.text.find("error "), std::string::npos) << slice.text;
  ExpectHas(slice, "time ");
}

// jemalloc needs the second start; without it there would be a gap.
TEST(BenchMain, StartsAgainForAPeerThatNeedsStaticTls) {
  const Output output = Bench("--benchmark_filter=peers --pass=smoke");
  EXPECT_EQ(output.exit_code, 0);
  EXPECT_EQ(output.text.find("static TLS"), std::string::npos) << output.text;
}

}  // namespace
}  // namespace workbook
