// SPDX-License-Identifier: Apache-2.0

// ./workbook bench and report, on the figures of a program in outline.
#include <regex>
#include <string>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tools/problem/exit_code.h"
#include "tools/text/text_file.h"
#include "tools/workbook/sample_workbook.h"

namespace workbook::cli {
namespace {

using Json = nlohmann::json;

class BenchCommand : public testing::Test, public SampleWorkbook {
 protected:
  using SampleWorkbook::Run;  // not the one that GoogleTest calls
};

TEST_F(BenchCommand, BenchShowsRatiosTargetsAndGaps) {
  const ProcessResult result = Run({"bench", "09_01"});
  EXPECT_EQ(result.exit_code, kExitOk) << result.errors;
  EXPECT_NE(result.output.find("Note: this copy has no reference"),
            std::string::npos)
      << result.output;
  // What the notes say of this machine is another matter each time.
  EXPECT_EQ(std::regex_replace(result.output, std::regex("Note: .*\n"), ""),
            Golden("bench_09_01.txt"))
      << "if the new words are better, change testdata/golden";
  const Json json = Json::parse(Run({"bench", "09_01", "--json"}).output);
  EXPECT_DOUBLE_EQ(
      json["cases"][0]["rows"][1]["ratio_to_baseline"].get<double>(), 8.0);
  EXPECT_EQ(json["targets"][0]["verdict"], "met");
  EXPECT_EQ(json["targets"][1]["verdict"], "not written yet");
}

TEST_F(BenchCommand, BenchKeepsItsFiguresForTheReport) {
  ASSERT_EQ(Run({"bench", "09_01"}).exit_code, kExitOk);
  const auto folder = root() / ".workbook/figures/09_01";
  const auto files = FileNames(folder, ".json");
  ASSERT_EQ(files.size(), 1u);
  const Json kept = Json::parse(ReadTextFile(folder / files[0]).value());
  EXPECT_EQ(kept["exercise"], "09_01");
  EXPECT_NE(kept["kernel"], "");
  ExpectProblem(Run({"report", "--publish"}), kExitEnvironment,
                "nothing was measured that could be published");
  ExpectProblem(Run({"report"}), kExitEnvironment, "part of the report's page");
}

TEST_F(BenchCommand, ABadBenchmarkIsNamedAndEarlierFiguresStay) {
  ASSERT_EQ(Run({"bench", "09_01"}).exit_code, kExitOk);
  const auto folder = root() / ".workbook/figures/09_01";
  const auto before = FileNames(folder, ".json");
  set_fake_bench("crashes");
  ExpectProblem(Run({"bench", "09_01"}), kExitRed, "crashed");
  set_fake_bench("silent");
  ExpectProblem(Run({"bench", "09_01"}), kExitRed, "left no figures");
  set_fake_bench("unoptimized");
  ExpectProblem(Run({"bench", "09_01"}), kExitEnvironment,
                "without optimisation");
  set_fake_bench("no_row");
  ExpectProblem(Run({"bench", "09_01", "--filter", "nix"}), kExitUsage,
                "no row");
  EXPECT_EQ(FileNames(folder, ".json"), before);
}

TEST_F(BenchCommand, FiguresThatCannotBeKeptAreStillShown) {
  Write(".workbook/figures", "a file in the folder's way\n");
  const ProcessResult result = Run({"bench", "09_01"});
  EXPECT_EQ(result.exit_code, kExitEnvironment);
  EXPECT_NE(result.output.find("red/batch"), std::string::npos);
  EXPECT_NE(result.errors.find("the figures were not kept"), std::string::npos)
      << result.errors;
}

}  // namespace
}  // namespace workbook::cli
