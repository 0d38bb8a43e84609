// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/prediction_measured.h"

#include <string>

#include "gtest/gtest.h"

namespace workbook::cli {
namespace {

Prediction From(const std::string& from) {
  const PredictionsResult read = ParsePredictions(
      "[[prediction]]\nid = \"blocks\"\ntask = 1\nbefore = \"do it\"\n"
      "question = \"How many?\"\nkind = \"number\"\nfactor = 2\nfrom = \"" +
          from + "\"\nwhy = \"So.\"\n",
      "p.toml", 1);
  EXPECT_EQ(read.predictions.size(), 1U) << from;
  return read.predictions.at(0);
}

// The newer measurement has no allocations of yours.
Measurements Sample() {
  Measurements all{.exercise = "03_01", .recorded = {}, .figures = {}};
  all.recorded = {{"Suite.Test#blocks", "21"},
                  {"Suite.Test#bytes", "1048576"},
                  {"Suite.Test#zero", "0"},
                  {"Suite.Test#words", "a lot"}};
  all.figures = {
      R"({"cases": [{"case": "a/x", "rows": [
          {"role": "reference", "implementation": "Pool", "ns_per_op": 4.0},
          {"role": "yours", "implementation": "Pool", "ns_per_op": 6.0,
           "allocs_per_op": 3.0}]}]})",
      R"({"cases": [{"case": "a/x", "rows": [
          {"role": "baseline", "implementation": "new", "ns_per_op": 20.0,
           "counters": {"rss_KiB": 512.0}},
          {"role": "reference", "implementation": "Pool", "ns_per_op": 4.0},
          {"role": "yours", "implementation": "Pool", "ns_per_op": 5.0,
           "allocs_per_op": null}]}]})"};
  return all;
}

std::string Found(const std::string& from) {
  return FindMeasured(From(from), Sample()).text;
}

TEST(FindMeasured, ReadsWhatATestRecorded) {
  EXPECT_EQ(Found("test:Suite.Test#bytes"), "1048576");
  EXPECT_EQ(Found("test:Suite.Test"), "21") << "named as the prediction";
}

TEST(FindMeasured, ReadsTheNewestFigureOfARow) {
  EXPECT_EQ(Found("bench:a/x/new#ns_per_op"), "20");
  EXPECT_EQ(Found("bench:a/x/Pool#ns_per_op"), "5") << "yours comes first";
  EXPECT_EQ(Found("bench:a/x#ns_per_op"), "5") << "a case means yours";
  EXPECT_EQ(Found("bench:a/x/new#rss_KiB"), "512") << "a counter";
  EXPECT_EQ(Found("bench:a/x/Pool#allocs_per_op"), "3")
      << "from the measurement that has it";
}

TEST(FindMeasured, DividesTwoOfThem) {
  EXPECT_EQ(Found("bench:a/x/new#ns_per_op / bench:a/x/Pool#ns_per_op"), "4");
  EXPECT_EQ(Found("test:Suite.Test#blocks / test:Suite.Test#zero"), "");
}

TEST(FindMeasured, SaysWhichCommandProducesWhatIsMissing) {
  const auto command = [](const std::string& from) {
    const MeasuredAnswer answer = FindMeasured(From(from), Sample());
    EXPECT_EQ(answer.text, "") << from;
    return answer.command;
  };
  EXPECT_EQ(command("test:Suite.Other#bytes"), "./workbook check 03_01");
  EXPECT_EQ(command("test:Suite.Test#words"), "./workbook check 03_01")
      << "no number";
  EXPECT_EQ(command("bench:a/x/Gone#ns_per_op"), "./workbook bench 03_01");
  EXPECT_EQ(command("bench:a#ns_per_op"), "./workbook bench 03_01");
  EXPECT_EQ(command("test:Suite.Test#bytes / bench:a/y/new#ns_per_op"),
            "./workbook bench 03_01");
}

TEST(FindMeasured, AChoiceHasItsAnswerInTheFile) {
  Prediction choice = From("test:Suite.Other");
  choice.kind = PredictionKind::kChoice;
  choice.answer = "both";
  EXPECT_EQ(FindMeasured(choice, {}).text, "both");
}

}  // namespace
}  // namespace workbook::cli
