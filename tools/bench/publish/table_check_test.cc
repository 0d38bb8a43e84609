// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/publish/table_check.h"

#include "gtest/gtest.h"

namespace workbook {
namespace {

std::string TextOf(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) text += problem.Text() + "\n";
  return text;
}

// A table of a good baseline, the given reference and the given peer.
std::string Table(const std::string& reference, const std::string& peer = "") {
  return "## pool/pair\n\n| row | implementation | ns/op | x baseline (95 %) "
         "|\n"
         "|---|---|---:|---:|\n| baseline | new/delete | 20 | 1.0 (1.0 to 1.0) "
         "|\n" +
         reference + peer;
}
constexpr char kReference[] = "| reference | Pool | 4.0 | 5.0 (4.8 to 5.2) |\n";

void ExpectRefused(const std::string& markdown, const std::string& what) {
  const std::string text = TextOf(CheckTables(markdown, "docs/x.md"));
  EXPECT_NE(text.find(what), std::string::npos) << text;
}

TEST(CheckTables, AcceptsColumnsThatAgreeWithinTheirRounding) {
  EXPECT_EQ(TextOf(CheckTables(Table(kReference), "x.md")), "");
  EXPECT_EQ(TextOf(CheckTables(
                Table("| reference | Pool | 4.1 | 5.0 (4.8 to 5.2) |\n"), "")),
            "")
      << "4.05 and 20.2 are printed so";
}

TEST(CheckTables, RefusesARatioThatTheTimesDoNotMake) {
  ExpectRefused(Table("| reference | Pool | 12 | 5.0 (4.8 to 5.2) |\n"),
                "docs/x.md:6: has times of Pool that make 1.5");
}

TEST(CheckTables, RefusesTimesOutsideTheInterval) {
  ExpectRefused(Table("| reference | Pool | 4.0 | 5.0 (5.6 to 5.8) |\n"),
                "whose quotient lies outside the printed interval");
}

TEST(CheckTables, RefusesARatioOutsideItsOwnInterval) {
  ExpectRefused(Table("| reference | Pool | 4.0 | 5.0 (1.1 to 1.4) |\n"),
                "outside its own interval");
}

TEST(CheckTables, RefusesAPeerThatIsNotAhead) {
  ExpectRefused(Table(kReference,
                      "| peer, **ahead** | slow | 8.0 | 2.5 (2.4 to 2.6) |\n"),
                "calls slow ahead");
  EXPECT_EQ(TextOf(CheckTables(
                Table(kReference,
                      "| peer, **ahead** | fast | 2.0 | 10 (9.8 to 11) |\n"),
                "")),
            "");
}

TEST(CheckTables, RefusesRowsThatSayNothingOfTheReference) {
  ExpectRefused(Table("| yours | Pool | 4.0 | 5.0 (4.8 to 5.2) |\n"),
                "a row of the learner's code");
  ExpectRefused(Table("| peer | glibc | not_written | |\n"),
                "publishes a stub");
  ExpectRefused(Table("| peer | std__pmr__pool | 4.0 | 5.0 (4.8 to 5.2) |\n"),
                "std__pmr__pool");
  ExpectRefused(Table("| peer | glibc | - | - (- to -) |\n"), "no figures");
}

TEST(CheckTables, RefusesATableWithoutABaseline) {
  ExpectRefused(
      "| row | implementation | ns/op | x baseline (95 %) "
      "|\n|---|---|---|---|\n"
      "| reference | Pool | 4.0 | 5.0 (4.8 to 5.2) |\n",
      "without a baseline");
}

TEST(CheckTables, LooksAtNoOtherTable) {
  EXPECT_EQ(TextOf(CheckTables("| a | ns/op |\n|---|---|\n| x | y |\n", "")),
            "");
}

// What is published of nine rounds.
Measurement Good() {
  Measurement measurement{.exercise = "09_01",
                          .measured_at = "2026-11-30T08:00:00Z",
                          .processor = "a processor",
                          .processors = 2,
                          .kernel = "6.1",
                          .compiler = "gcc 12",
                          .flags = "-O2",
                          .commit = "abc1234",
                          .disturbances = {},
                          .cases = {}};
  MeasuredCase pair{"pool/pair", {}, std::vector<double>(9, 1.0)};
  pair.rows.push_back({.role = "baseline",
                       .implementation = "new/delete",
                       .rounds_ns = {20, 21, 19, 20, 20, 22, 20, 18, 20}});
  pair.rows.push_back({.role = "reference",
                       .implementation = "Pool",
                       .rounds_ns = {4, 4.2, 3.9, 4, 4.1, 4.4, 4, 3.6, 4}});
  measurement.cases.push_back(pair);
  return Published(measurement);
}

void ExpectRefused(const Measurement& measurement, const std::string& what) {
  const std::string text = TextOf(CheckMeasurement(measurement, "x.json"));
  EXPECT_NE(text.find(what), std::string::npos) << text;
}

TEST(CheckMeasurement, AcceptsWhatTheRoundsGive) {
  EXPECT_EQ(TextOf(CheckMeasurement(Good(), "x.json")), "");
  const auto again = ReadMeasurement(MeasurementJson(Good()));
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(TextOf(CheckMeasurement(*again, "x.json")), "");
}

TEST(CheckMeasurement, RefusesEachFigureThatTheRoundsDoNotGive) {
  Measurement wrong = Good();
  wrong.cases[0].rows[1].printed.ns = 12;
  ExpectRefused(wrong, "says 12 ns of pool/pair/Pool, and its rounds say 4");
  ExpectRefused(wrong, "which is outside its interval");
  wrong = Good();
  wrong.cases[0].rows[1].printed.ratio = 23;
  ExpectRefused(wrong, "says 23 x baseline");
  wrong = Good();
  wrong.cases[0].rows[1].printed.high = 99;
  ExpectRefused(wrong, "to 99");
  wrong = Good();
  wrong.cases[0].rows[1].rounds_ns.pop_back();
  ExpectRefused(wrong, "has no rounds for the figures of pool/pair/Pool");
}

TEST(CheckMeasurement, RefusesStubsAndLearners) {
  Measurement wrong = Good();
  wrong.cases[0].rows[1].status = "not_written";
  ExpectRefused(wrong, "publishes a stub");
  wrong = Good();
  wrong.cases[0].rows[1].role = "yours";
  ExpectRefused(wrong, "a row of the learner's code");
}

TEST(CheckMeasurement, RefusesAHeadWithoutTheMachine) {
  Measurement wrong = Good();
  wrong.processor = "unknown";
  ExpectRefused(wrong, "does not say its processor");
  wrong = Good();
  wrong.commit = "";
  ExpectRefused(wrong, "does not say its commit");
}

TEST(Published, LeavesOutLearnersAndStubs) {
  Measurement kept = Good();
  kept.cases[0].rows.push_back({.role = "yours",
                                .implementation = "Pool",
                                .rounds_ns = std::vector<double>(9, 4.0)});
  kept.cases[0].rows.push_back(
      {.role = "peer", .implementation = "glibc", .status = "not_written"});
  kept.cases[0].rows.push_back(
      {.role = "peer", .implementation = "gone", .status = "gap"});
  const Measurement published = Published(kept);
  ASSERT_EQ(published.cases[0].rows.size(), 3u);
  EXPECT_EQ(published.cases[0].rows[2].implementation, "gone");
}

}  // namespace
}  // namespace workbook
