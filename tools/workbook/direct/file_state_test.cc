// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/direct/file_state.h"

#include <fstream>

#include "gtest/gtest.h"
#include "tools/process/scratch_folder.h"

namespace workbook::direct {
namespace {

TEST(FileState, AbsentIsAStateOfItsOwn) {
  const ScratchFolder scratch;
  const std::string path = (scratch.path() / "file").string();
  EXPECT_FALSE(Look(path));
  const FileState absent = LookOrAbsent(path);
  EXPECT_TRUE(IsUnchanged(absent));
  std::ofstream(path) << "there\n";
  EXPECT_FALSE(IsUnchanged(absent));
}

TEST(FileState, TheClockIsLaterThanTheFile) {
  const ScratchFolder scratch;
  const std::string path = (scratch.path() / "file").string();
  std::ofstream(path) << "there\n";
  const FileState state = LookOrAbsent(path);
  const std::int64_t now_ns = FileClockAfter(state.changed_ns, scratch.path());
  EXPECT_GT(now_ns, state.changed_ns);
  std::ofstream(path) << "again\n";
  EXPECT_GE(LookOrAbsent(path).changed_ns, now_ns);
  constexpr std::int64_t kFuture = std::int64_t{1} << 62;
  EXPECT_EQ(FileClockAfter(kFuture, scratch.path()), 0) << "it gives up";
  EXPECT_EQ(FileClockAfter(0, scratch.path() / "nowhere"), 0);
}

TEST(FileState, ReadsWhatTheCompilerWrites) {
  EXPECT_EQ(ReadDependencies("a.o: a.cc \\\n  b.h c\\ d.h \\\n e.h\n"),
            (std::vector<std::string>{"a.cc", "b.h", "c d.h", "e.h"}));
  EXPECT_TRUE(ReadDependencies("").empty());
  EXPECT_TRUE(ReadDependencies("half a line").empty());
}

}  // namespace
}  // namespace workbook::direct
