// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/ledger.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "tools/grade/sample_batch.h"
#include "tools/process/scratch_folder.h"

namespace workbook::grade {
namespace {

class LedgerOnDisk : public testing::Test {
 protected:
  static Result ResultOf(const std::string& student, const std::string& key,
                         double points) {
    Job job;
    job.student = student;
    job.key = key;
    Result result = OneTestResult(job, true);
    result.points = points;
    return result;
  }
  std::filesystem::path file() const { return folder_.path() / "events.jsonl"; }

  ScratchFolder folder_;
};

TEST_F(LedgerOnDisk, KeepsTheSeedOfTheFirstRun) {
  {
    Ledger ledger(file());
    EXPECT_EQ(ledger.Seed(), 0u);
    for (const std::uint64_t seed : {7u, 9u}) {
      Result result = ResultOf("ada", "key " + std::to_string(seed), 1);
      result.seed = seed;
      ledger.Record(result);
    }
    EXPECT_EQ(ledger.Seed(), 7u);
  }
  EXPECT_EQ(Ledger(file()).Seed(), 7u);
}

TEST_F(LedgerOnDisk, ASeedIsKnownBeforeTheFirstResult) {
  {
    Ledger ledger(file());
    ledger.RecordSeed(5);
    Result result = ResultOf("ada", "key", 1);
    result.seed = 6;
    ledger.Record(result);
  }
  const Ledger ledger(file());
  EXPECT_EQ(ledger.Seed(), 5u);
  EXPECT_EQ(ledger.damaged_lines(), 0u);
  EXPECT_TRUE(ledger.Has("key"));
}

TEST_F(LedgerOnDisk, FindsEachResultOfACorrection) {
  {
    Ledger ledger(file());
    for (const char* name : {"ada", "ben", "cleo"}) {
      ledger.Record(ResultOf(name, std::string("key of ") + name, 1));
    }
    ledger.Apply({"id",
                  "me",
                  "now",
                  "because",
                  {ResultOf("ada", "key of ada", 2),
                   ResultOf("cleo", "key of cleo", 3)}});
    EXPECT_EQ(ledger.Find("key of ada")->points, 2);
    EXPECT_EQ(ledger.Find("key of ben")->points, 1);
    EXPECT_EQ(ledger.FindStudent("cleo")->points, 3);
  }
  const Ledger again(file());
  EXPECT_EQ(again.Find("key of ada")->points, 2);
  EXPECT_EQ(again.FindStudent("ben")->points, 1);
  EXPECT_EQ(again.Find("key of cleo")->student, "cleo");
  EXPECT_TRUE(again.HasApplied("id"));
}

TEST_F(LedgerOnDisk, KeepsTheFirstResultOfAKey) {
  Ledger ledger(file());
  ledger.Record(ResultOf("ada", "key", 1));
  ledger.Record(ResultOf("ada", "key", 2));
  EXPECT_EQ(ledger.Find("key")->points, 1);
  EXPECT_TRUE(ledger.Has("key"));
  EXPECT_FALSE(ledger.Has("other"));
  EXPECT_FALSE(ledger.Find("other"));
  EXPECT_FALSE(ledger.FindStudent("nobody"));
}

TEST_F(LedgerOnDisk, ItsHeadIsThatOfTheEventsAndSurvivesAStart) {
  std::string head;
  {
    Ledger ledger(file());
    EXPECT_EQ(ledger.Head(), "");
    ledger.Record(ResultOf("ada", "a", 1));
    head = ledger.Head();
    EXPECT_NE(head, "");
  }
  EXPECT_EQ(Ledger(file()).Head(), head);
}

}  // namespace
}  // namespace workbook::grade
