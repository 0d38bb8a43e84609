// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/publish/publish.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "gtest/gtest.h"
#include "tools/bench/publish/overview.h"
#include "tools/bench/publish/table_check.h"
#include "tools/process/scratch_folder.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

constexpr char kManifest[] = R"(
id = "09_01"
title = "Pools"
chapter = "09_pools"
kind = "build"
prerequisites = []
[[tasks]]
title = "A pool"
level = "core"
minutes = 20
files = ["pool.h"]
test = "pool_test"
[[targets]]
case = "pool/pair"
at_least = 4.0
[[targets]]
case = "pool/other"
at_least = 2.0
)";

constexpr char kForms[] = R"(
[[cases]]
names = ["pool/pair"]
operation = "allocate and free"
touches = "8 bytes"
through = "inlined"
keeps = "the pool"
order = "fresh"
[[cases.unlike]]
rows = ["mallocs"]
through = "pointer"
how = "called through a pointer each"
does_not_show = "what a call by pointer costs"
[[cases.inside]]
rows = ["new/delete"]
how = "searches a tree"
)";

constexpr char kReason[] = R"(
[[reasons]]
exercise = "09_01"
cases = ["pool/pair"]
peers = ["tcmalloc"]
title = "no lock"
why = "it has no lock, and the pool has one"
)";

std::vector<double> Rounds(double ns) {
  std::vector<double> rounds;
  for (int i = 0; i < 9; ++i) rounds.push_back(ns * (1 + 0.005 * (i % 3)));
  return rounds;
}

class PublishTest : public testing::Test {
 protected:
  PublishTest() {
    Write("exercises/09_01/exercise.toml", kManifest);
    Write("exercises/09_01/bench.toml", kForms);
    Write("docs/benchmarks/reasons.toml", kReason);
    measurement_ = {.exercise = "09_01",
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
    pair.rows = {
        {.role = "baseline",
         .implementation = "new/delete",
         .rounds_ns = Rounds(20)},
        {.role = "reference", .implementation = "Pool", .rounds_ns = Rounds(4)},
        {.role = "peer", .implementation = "glibc", .rounds_ns = Rounds(16)},
        {.role = "peer", .implementation = "tcmalloc", .rounds_ns = Rounds(2)},
        {.role = "peer",
         .implementation = "boost::pool",
         .status = "gap",
         .message = "not installed"}};
    measurement_.cases.push_back(pair);
  }

  void Write(const std::string& file, const std::string& text) {
    fs::create_directories((root() / file).parent_path());
    std::ofstream(root() / file) << text;
  }
  const fs::path& root() const { return scratch_.path(); }
  Publication Publish() {
    return workbook::Publish(root(), {{"09_01", measurement_}});
  }
  // Publishes all of it, as the command does.
  void WriteAll() {
    for (const auto& [file, text] : Publish().files) Write(file, text);
  }
  std::string Problems(const std::vector<Problem>& problems) {
    std::string text;
    for (const Problem& problem : problems) text += problem.Text() + "\n";
    return text;
  }

  ScratchFolder scratch_;
  Measurement measurement_;
};

TEST_F(PublishTest, WritesAPageAJsonAndOneScreen) {
  const Publication publication = Publish();
  EXPECT_EQ(Problems(publication.problems), "");
  ASSERT_EQ(publication.files.size(), 5u);
  const std::string& page = publication.files.at("docs/benchmarks/09_01.md");
  for (const char* part :
       {"| a processor; 2 processors | 6.1 | gcc 12 | `-O2` |",
        "| reference | Pool | 4.02 | 5.00 (5.00 to 5.00) |",
        "| peer, **ahead** | tcmalloc |", "Not measured: boost::pool",
        "- **Unlike**, mallocs: called through a pointer each (through: "
        "pointer). It does not show what a call by pointer costs.\n- "
        "**Inside**, new/delete: searches a tree.\n",
        "Order of inputs: fresh", "it has no lock, and the pool has one"}) {
    EXPECT_NE(page.find(part), std::string::npos) << part << "\n" << page;
  }
  const std::string& overview = publication.files.at("BENCHMARKS.md");
  for (const char* part :
       {"| pool/pair | 4 | 5.00 | 5.00 to 5.00 | met |",
        "| pool/other | 2 | | | not measured |",
        "glibc 4.0 (1); tcmalloc 0.50 (1)", "| 1 | no lock (1) |"}) {
    EXPECT_NE(overview.find(part), std::string::npos) << part << "\n"
                                                      << overview;
  }
  EXPECT_LE(std::count(overview.begin(), overview.end(), '\n'),
            kMaxOverviewLines);
}

TEST_F(PublishTest, WhatItWritesAgreesWithItself) {
  WriteAll();
  EXPECT_EQ(Problems(CheckPublished(root())), "");
  const Publication again = workbook::Publish(root(), {});
  EXPECT_EQ(again.files, Publish().files) << "from the JSON alone";
}

TEST_F(PublishTest, RefusesALostRowWithoutAReason) {
  Write("docs/benchmarks/reasons.toml", "");
  EXPECT_NE(
      Problems(Publish().problems).find("no reason why tcmalloc is ahead"),
      std::string::npos);
}

TEST_F(PublishTest, RefusesACaseWithoutAForm) {
  fs::remove(root() / "exercises/09_01/bench.toml");
  EXPECT_NE(Problems(Publish().problems).find("have no form of pool/pair"),
            std::string::npos);
}

TEST_F(PublishTest, RefusesAFigureThatWasChangedByHand) {
  WriteAll();
  for (const char* file : {"BENCHMARKS.md", "docs/benchmarks/09_01.md",
                           "docs/benchmarks/peers.svg"}) {
    const std::string text = ReadTextFile(root() / file).value();
    Write(file, text + "\n");
    EXPECT_NE(Problems(CheckPublished(root())).find(file), std::string::npos)
        << file;
    Write(file, text);
  }
  const std::string file = "docs/benchmarks/09_01.json";
  std::string text = ReadTextFile(root() / file).value();
  const std::string digits = "\"ratio_to_baseline\":1.0";
  ASSERT_NE(text.find(digits), std::string::npos) << text;
  text.replace(text.find(digits), digits.size(), "\"ratio_to_baseline\":1.5");
  Write(file, text);
  EXPECT_NE(Problems(CheckPublished(root())).find("its rounds say"),
            std::string::npos);
}

TEST_F(PublishTest, AMissingPageIsToldAndSoIsAStrangeJson) {
  WriteAll();
  fs::remove(root() / "docs/benchmarks/09_01.md");
  EXPECT_NE(Problems(CheckPublished(root())).find("09_01.md: is missing"),
            std::string::npos);
  Write("docs/benchmarks/09_02.json", "{}");
  EXPECT_NE(Problems(CheckPublished(root())).find("is of no exercise"),
            std::string::npos);
}

TEST_F(PublishTest, ATargetThatKeepsMoreSaysSo) {
  const std::string kept = "\"]\nkeeps = \"a block\"\nhow = \"keeps one\"\n";
  Write("exercises/09_01/bench.toml",
        kForms + ("[[cases.unlike]]\nrows = [\"Pool" + kept));
  EXPECT_NE(Publish().files.at("BENCHMARKS.md").find("| met, keeps more |"),
            std::string::npos);
  EXPECT_NE(Problems(Publish().problems).find("no peer keeps the same"),
            std::string::npos);
}

TEST_F(PublishTest, RefusesAClaimByUnlikeRows) {
  std::string forms = kForms;
  const std::string sentence =
      "does_not_show = \"what a call by pointer costs\"\n";
  forms.replace(forms.find(sentence), sentence.size(), "");
  Write("exercises/09_01/bench.toml", forms);
  EXPECT_NE(Problems(Publish().problems)
                .find("which has a target: glibc and Pool differ in what "
                      "stands in through"),
            std::string::npos);
  std::string manifest = kManifest;
  manifest.resize(manifest.find("[[targets]]"));
  Write("exercises/09_01/exercise.toml", manifest);
  const std::string problems = Problems(Publish().problems);
  EXPECT_NE(problems.find("by a factor of 4: glibc"), std::string::npos)
      << problems;
  EXPECT_EQ(problems.find("tcmalloc and"), std::string::npos)
      << "it claims nothing";
}

TEST_F(PublishTest, TheBooksTablesAreWrittenWhereTheyAre) {
  Write("chapters/09_pools/09_01_costs.md", "old");
  const auto files = Publish().files;
  const auto found = files.find("chapters/09_pools/09_01_costs.md");
  ASSERT_NE(found, files.end());
  EXPECT_NE(found->second.find("| reference | Pool |"), std::string::npos);
}

TEST_F(PublishTest, BarsAreOfTargetsAndOfPeersWithThreeCases) {
  std::vector<PublishedExercise> exercises(1);
  exercises[0].exercise.id = "09_01";
  exercises[0].exercise.targets = {{"pool/pair", 4.0, 0}};
  exercises[0].measurement = measurement_;
  const auto targets = TargetBars(exercises);
  ASSERT_EQ(targets.size(), 1u);
  EXPECT_NEAR(targets[0].value, 1.25, 1e-9);
  EXPECT_TRUE(PeerBars(exercises).empty()) << "one case is no mean";
  const std::string svg = BarsSvg("a <b>", targets);
  EXPECT_NE(svg.find("a &lt;b>"), std::string::npos);
  EXPECT_NE(svg.find("<rect"), std::string::npos);
}

}  // namespace
}  // namespace workbook
