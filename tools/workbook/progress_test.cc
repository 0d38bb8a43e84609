#include "tools/workbook/progress.h"

#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "gtest/gtest.h"
#include "tools/process/scratch_folder.h"
#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

Progress Sample() {
  Progress progress;
  progress.current = "01_02";
  progress.tasks[{"01_02", 1}] = {.green = true, .passed = 14, .total = 14};
  progress.tasks[{"01_02", 2}] = {.green = false, .passed = 5, .total = 12};
  progress.hints[{"01_02", 2}] = 1;
  progress.solved["01_01"] = "2026-11-21T09:00:00Z";
  return progress;
}

TEST(ParseProgress, ReadsWhatFormatWrites) {
  const ProgressText read = ParseProgress(FormatProgress(Sample()));
  EXPECT_EQ(read.damaged_lines, 0);
  EXPECT_EQ(read.progress, Sample());
}

TEST(ParseProgress, KeepsEveryLineThatItCanRead) {
  std::string text = FormatProgress(Sample());
  text += "task 01_02 x green 1 1\nhint 01_02\n\x01\xff\n# a note\n\n";
  const ProgressText read = ParseProgress(text);
  EXPECT_EQ(read.damaged_lines, 3);
  EXPECT_EQ(read.progress, Sample());
}

TEST(ParseProgress, CountsAMissingHeaderAsDamage) {
  EXPECT_EQ(ParseProgress("").damaged_lines, 1);
  EXPECT_EQ(ParseProgress("current 01_02\n").damaged_lines, 1);
  EXPECT_EQ(ParseProgress("current 01_02\n").progress.current, "01_02");
}

TEST(ProgressFile, StartsEmptyAndKeepsWhatItIsTold) {
  const ScratchFolder folder;
  const ProgressFile file(folder.path() / "state");
  std::string notice;
  EXPECT_EQ(file.Load(notice), Progress{});
  EXPECT_FALSE(file.Update([](Progress& p) { p = Sample(); }).has_value());
  EXPECT_EQ(file.Load(notice), Sample());
  EXPECT_EQ(notice, "");
}

TEST(ProgressFile, KeepsADamagedFileAsideAndSaysSo) {
  const ScratchFolder folder;
  const fs::path path = folder.path() / "progress";
  const std::string damaged = FormatProgress(Sample()) + "garbage\n";
  std::ofstream(path) << damaged;
  const ProgressFile file(folder.path());
  std::string notice;
  EXPECT_EQ(file.Load(notice), Sample());
  EXPECT_NE(notice.find("progress.damaged-1"), std::string::npos) << notice;
  EXPECT_EQ(ReadTextFile(path.string() + ".damaged-1"), damaged);
  notice.clear();
  EXPECT_EQ(file.Load(notice), Sample());
  EXPECT_EQ(notice, "") << "it is told once";
}

TEST(ProgressFile, LeavesNoTemporaryFile) {
  const ScratchFolder folder;
  const ProgressFile file(folder.path());
  for (int i = 0; i < 5; ++i) {
    EXPECT_FALSE(file.Update([i](Progress& p) { p.hints[{"01_02", 1}] = i; }));
  }
  for (const auto& entry : fs::directory_iterator(folder.path())) {
    const std::string name = entry.path().filename().string();
    EXPECT_TRUE(name == "progress" || name == "progress.lock") << name;
  }
}

TEST(ProgressFile, SaysWhyItCannotBeWritten) {
  const ScratchFolder folder;
  std::ofstream(folder.path() / "blocked") << "a file, not a folder";
  const ProgressFile file(folder.path() / "blocked" / "state");
  const auto problem = file.Update([](Progress& p) { p.current = "01_02"; });
  ASSERT_TRUE(problem.has_value());
  EXPECT_NE(problem->where.find("blocked"), std::string::npos);
  EXPECT_FALSE(problem->next.empty());
}

TEST(ProgressFile, LosesNothingWhenManyWriteAtOnce) {
  const ScratchFolder folder;
  const ProgressFile file(folder.path());
  constexpr int kWriters = 8;
  constexpr int kWrites = 10;
  for (int writer = 0; writer < kWriters; ++writer) {
    if (::fork() != 0) continue;
    for (int i = 0; i < kWrites; ++i) {
      file.Update([&](Progress& p) { ++p.hints[{"01_02", writer}]; });
    }
    ::_exit(0);
  }
  while (::wait(nullptr) > 0) {
  }
  std::string notice;
  const Progress progress = file.Load(notice);
  EXPECT_EQ(progress.hints.size(), static_cast<size_t>(kWriters));
  for (const auto& [key, level] : progress.hints) EXPECT_EQ(level, kWrites);
  EXPECT_EQ(notice, "");
}

}  // namespace
}  // namespace workbook::cli
