// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/progress.h"

#include <signal.h>
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

std::string Recorded(const std::string& version) {
  return ReadTextFile("tools/workbook/testdata/progress/" + version).value();
}

void Touch(Progress& progress) { progress.hints[{"01_02", 3}] = 2; }

TEST(ProgressFile, KeepsWhatANewerMinorVersionSaidWhenItWrites) {
  const ScratchFolder folder;
  std::ofstream(folder.path() / "progress") << Recorded("1.7");
  const ProgressFile file(folder.path());
  EXPECT_FALSE(file.Update(Touch).has_value());
  std::string expected = Recorded("1.7");
  const std::string before = "hint 01_02 2 1\n";
  expected.insert(expected.find(before) + before.size(), "hint 01_02 3 2\n");
  EXPECT_EQ(ReadTextFile(folder.path() / "progress"), expected);
}

TEST(ProgressFile, LeavesTheFileOfANewerMajorVersionAlone) {
  const ScratchFolder folder;
  std::ofstream(folder.path() / "progress") << Recorded("2");
  const ProgressFile file(folder.path());
  std::string notice;
  EXPECT_EQ(file.Load(notice), Progress{});
  EXPECT_NE(notice.find("version 2, this one knows 1"), std::string::npos);
  EXPECT_NE(notice.find("./workbook update"), std::string::npos);
  const auto problem = file.Update(Touch);
  ASSERT_TRUE(problem.has_value());
  EXPECT_NE(problem->what.find("newer"), std::string::npos);
  EXPECT_EQ(ReadTextFile(folder.path() / "progress"), Recorded("2"));
  EXPECT_FALSE(fs::exists(folder.path() / "progress.damaged-1"));
}

TEST(ProgressFile, KeepsEachDamagedFileUnderANameOfItsOwn) {
  const ScratchFolder folder;
  const fs::path path = folder.path() / "progress";
  const ProgressFile file(folder.path());
  for (const std::string more : {"one\n", "two\n"}) {
    fs::remove(path);
    std::ofstream(path) << Recorded("damaged") << more;
    std::string notice;
    file.Load(notice);
    EXPECT_NE(notice.find("damaged lines"), std::string::npos) << notice;
  }
  EXPECT_EQ(ReadTextFile(path.string() + ".damaged-1"),
            Recorded("damaged") + "one\n");
  EXPECT_EQ(ReadTextFile(path.string() + ".damaged-2"),
            Recorded("damaged") + "two\n");
}

TEST(ProgressFile, ServesInAnotherFolderAsItIs) {
  const ScratchFolder here;
  const ScratchFolder there;
  EXPECT_FALSE(ProgressFile(here.path())
                   .Update([](Progress& p) { p = Sample(); })
                   .has_value());
  fs::copy_file(here.path() / "progress", there.path() / "progress");
  std::string notice;
  EXPECT_EQ(ProgressFile(there.path()).Load(notice), Sample());
  EXPECT_EQ(ReadTextFile(there.path() / "progress")->find('/'),
            std::string::npos)
      << "a path of this machine";
}

// A child that counts up in the file and tells each step on a pipe is killed
// while it writes: what it told is there, whole, or the step after it.
TEST(ProgressFile, IsWholeAfterAKillAtAnyMoment) {
  const ScratchFolder folder;
  const ProgressFile file(folder.path());
  int last = 0;
  for (int round = 1; round <= 12; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      for (;;) {
        file.Update([](Progress& p) { ++p.hints[{"01_02", 1}]; });
        if (::write(ends[1], ".", 1) != 1) ::_exit(1);
      }
    }
    ::close(ends[1]);
    char told = 0;
    for (int i = 0; i < round; ++i) ASSERT_EQ(::read(ends[0], &told, 1), 1);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    int steps = last + round;
    while (::read(ends[0], &told, 1) == 1) ++steps;
    ::close(ends[0]);
    std::string notice;
    last = file.Load(notice).hints[{"01_02", 1}];
    EXPECT_EQ(notice, "");
    EXPECT_GE(last, steps);
    EXPECT_LE(last, steps + 1);
  }
  EXPECT_FALSE(file.Update(Touch).has_value());
  for (const auto& entry : fs::directory_iterator(folder.path())) {
    const std::string name = entry.path().filename().string();
    EXPECT_TRUE(name == "progress" || name == "progress.lock") << name;
  }
}

}  // namespace
}  // namespace workbook::cli
