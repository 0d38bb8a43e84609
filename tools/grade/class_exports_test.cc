// SPDX-License-Identifier: Apache-2.0

// A class on the disk: what is kept of it while it is graded, and what it
// becomes.
#include "tools/grade/class_exports.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "tools/grade/gradebook.h"
#include "tools/grade/sample_batch.h"
#include "tools/process/scratch_folder.h"
#include "tools/text/text_file.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

class OnDisk : public testing::Test {
 protected:
  Result ResultOf(const std::string& student) const {
    Job job;
    job.student = student;
    Result result = OneTestResult(job, true);
    result.points = 7.25;
    result.max_points = 10;
    return result;
  }
  std::string Read(const std::string& name) const {
    return ReadTextFile(out() / name).value_or("");
  }
  fs::path out() const { return folder_.path(); }

  ScratchFolder folder_;
  Plan plan_ = OneTaskPlan(folder_.path());
  MarkRules rules_;
};

TEST_F(OnDisk, AGradebookIsReadInAnyOrder) {
  Gradebook book(out(), 200);
  std::vector<std::thread> workers;
  for (std::size_t worker = 0; worker < 4; ++worker) {
    workers.emplace_back([&, worker] {
      for (std::size_t i = 200; i-- > 0;) {
        if (i % 4 != worker) continue;
        book.Put(i, ResultOf(std::string(i, 's')));
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  for (const std::size_t i : {199U, 0U, 100U}) {
    EXPECT_EQ(book.At(i).student, std::string(i, 's'));
    EXPECT_EQ(book.At(i).points, 7.25);
    EXPECT_EQ(book.At(i).tasks.at(0).tests.at(0).name, "Task1.A");
  }
}

TEST_F(OnDisk, AGradebookHasNoName) {
  const std::size_t before = static_cast<std::size_t>(
      std::distance(fs::directory_iterator(out()), {}));
  Gradebook book(out(), 1);
  book.Put(0, ResultOf("ada"));
  EXPECT_EQ(static_cast<std::size_t>(
                std::distance(fs::directory_iterator(out()), {})),
            before);
  EXPECT_THROW(Gradebook("/no/such/folder", 1), std::system_error);
}

TEST_F(OnDisk, ExportsHoldEachResultInItsOrder) {
  ClassExports exports(out(), plan_, rules_);
  for (const char* student : {"ada", "ben", "../cleo"}) {
    exports.Add(ResultOf(student));
  }
  exports.Finish();
  const auto json = nlohmann::json::parse(Read("result.json"));
  EXPECT_EQ(json.at("schema"), 1);
  ASSERT_EQ(json.at("results").size(), 3U);
  EXPECT_EQ(json.at("results").at(1).at("student"), "ben");
  const std::string junit = Read("junit.xml");
  EXPECT_LT(junit.find("name=\"ada\""), junit.find("name=\"ben\""));
  EXPECT_TRUE(junit.ends_with("</testsuites>\n"));
  EXPECT_NE(Read("class.html").find("3 submissions"), std::string::npos);
  EXPECT_NE(Read("feedback/0003____cleo.html"), "");
  EXPECT_NE(Read("gradescope/0002_ben.json"), "");
  ASSERT_EQ(exports.marks().size(), 3U);
  EXPECT_EQ(exports.marks()[2].points, 7.25);
}

TEST_F(OnDisk, TheLevelThatWasMarkedIsFoundAgain) {
  EXPECT_EQ(ExportedLevel(out()), "all") << "nothing was exported";
  ASSERT_FALSE(
      ReplaceTextFile(out() / "result.json", "{\"schema\": 1, \"results\": ["));
  EXPECT_EQ(ExportedLevel(out()), "all") << "from before there were levels";
  for (const std::string level : {"core", "all"}) {
    rules_.level = level;
    ClassExports exports(out(), plan_, rules_);
    exports.Add(ResultOf("ada"));
    exports.Finish();
    EXPECT_EQ(ExportedLevel(out()), level);
    EXPECT_EQ(nlohmann::json::parse(Read("result.json")).at("level"), level);
  }
}

TEST_F(OnDisk, AnEmptyClassIsStillJson) {
  ClassExports exports(out(), plan_, rules_);
  exports.Finish();
  EXPECT_TRUE(nlohmann::json::parse(Read("result.json")).at("results").empty());
}

TEST_F(OnDisk, WhatWasThereStaysUntilTheNewFileIsWhole) {
  ASSERT_FALSE(ReplaceTextFile(out() / "result.json", "old"));
  {
    ClassExports exports(out(), plan_, rules_);
    exports.Add(ResultOf("ada"));
    EXPECT_EQ(Read("result.json"), "old");
  }
  EXPECT_EQ(Read("result.json"), "old");
  EXPECT_FALSE(fs::exists(out() / "result.json.part"));
  EXPECT_THROW(GrowingFile("/no/such/folder/a"), std::system_error);
}

TEST_F(OnDisk, AFullDiskIsTold) {
  // A link that the export opens instead of its own part: /dev/full refuses
  // every byte.
  fs::create_symlink("/dev/full", out() / "a.part");
  GrowingFile file(out() / "a");
  EXPECT_THROW(
      {
        file.Add(std::string(1 << 20, 'x'));
        file.Finish();
      },
      std::system_error);
  EXPECT_FALSE(fs::exists(out() / "a"));
}

}  // namespace
}  // namespace workbook::grade
