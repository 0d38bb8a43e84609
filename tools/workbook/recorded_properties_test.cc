// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/recorded_properties.h"

#include <fstream>
#include <string>

#include "gtest/gtest.h"
#include "tools/process/scratch_folder.h"
#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

TEST(KeepRecorded, AddsToWhatIsKeptAndReplacesWhatIsOlder) {
  const ScratchFolder folder;
  EXPECT_TRUE(LoadRecorded(folder.path(), "03_01").empty());
  EXPECT_FALSE(KeepRecorded(folder.path(), "03_01",
                            {{"A.B#x", "1"}, {"A.B#y", "\xff\""}}));
  EXPECT_FALSE(KeepRecorded(folder.path(), "03_01", {{"A.B#x", "2"}}));
  const RecordedProperties kept = LoadRecorded(folder.path(), "03_01");
  EXPECT_EQ(kept.size(), 2U);
  EXPECT_EQ(kept.at("A.B#x"), "2");
  EXPECT_TRUE(LoadRecorded(folder.path(), "03_02").empty());
}

TEST(KeepRecorded, WritesNothingWhereNothingIsNew) {
  const ScratchFolder folder;
  EXPECT_FALSE(KeepRecorded(folder.path(), "03_01", {}));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "recorded"));
  EXPECT_FALSE(KeepRecorded(folder.path(), "03_01", {{"A.B#x", "1"}}));
  const auto file = folder.path() / "recorded/03_01.json";
  const auto written = std::filesystem::last_write_time(file);
  const auto long_ago = written - std::chrono::hours(1);
  std::filesystem::last_write_time(file, long_ago);
  EXPECT_FALSE(KeepRecorded(folder.path(), "03_01", {{"A.B#x", "1"}}));
  EXPECT_EQ(std::filesystem::last_write_time(file), long_ago);
}

TEST(LoadRecorded, TakesADamagedFileForNone) {
  const ScratchFolder folder;
  EXPECT_FALSE(KeepRecorded(folder.path(), "03_01", {{"A.B#x", "1"}}));
  for (const char* text :
       {"{\"schema\": 1, \"recor", "[]", "{\"schema\": \"\"}",
        "{\"schema\": 2, \"recorded\": {\"A.B#x\": \"1\"}}"}) {
    std::ofstream(folder.path() / "recorded/03_01.json") << text;
    EXPECT_TRUE(LoadRecorded(folder.path(), "03_01").empty()) << text;
  }
  EXPECT_FALSE(KeepRecorded(folder.path(), "03_01", {{"A.B#x", "3"}}));
  EXPECT_EQ(LoadRecorded(folder.path(), "03_01").at("A.B#x"), "3");
}

}  // namespace
}  // namespace workbook::cli
