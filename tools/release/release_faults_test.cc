// SPDX-License-Identifier: Apache-2.0

// What a release refuses, and what it leaves behind when it is cut off.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <string>

#include "gtest/gtest.h"
#include "tools/release/release.h"
#include "tools/release/sample_release.h"
#include "tools/text/text_file.h"

namespace workbook::release {
namespace {

namespace fs = std::filesystem;

using ReleaseFaults = SampleRelease;

TEST_F(ReleaseFaults, TellsBadInput) {
  ExpectProblem(course_.root() / "copy", "inside the course");
  ExpectProblem(place_.path() / "a b", "space in it");
  ExpectProblem(place_.path() / "no/such", "does not exist");
  ExpectProblem("/proc/copy", "cannot be written");
  ExpectProblem(out_, "no exercise 01_02", {"01_02"});
  fs::create_directories(out_.string() + ".partial/of somebody");
  ExpectProblem(out_, "no release made it");
  fs::remove_all(out_.string() + ".partial");
  std::ofstream(out_) << "a file\n";
  ExpectProblem(out_, "something is there already");
  EXPECT_EQ(ReadTextFile(out_), "a file\n");
  fs::remove(out_);
  fs::remove_all(course_.root() / ".git");
  ExpectProblem(out_, "there is none");
}

TEST_F(ReleaseFaults, TellsALineOfTheListThatFitsNothing) {
  course_.Write("tools/release/contents.txt",
                std::string(kSampleContents) + "tools/gone/**\n");
  Commit();
  ExpectProblem(out_, "fits the line tools/gone/**");
}

// Dies as soon as a line begins like `line`: by SIGKILL, as nothing can tidy up
// after that.
void DieWhere(const SampleCourse& course, const fs::path& out,
              const std::string& line) {
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    Release({course.root(), out, {}, false, [&](const std::string& said) {
               if (said.find(line) != std::string::npos) raise(SIGKILL);
             }});
    _exit(0);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status)) << "it never said: " << line;
}

TEST_F(ReleaseFaults, KilledAtAnyStepLeaveNothingUnderTheNameAndGoOn) {
  for (const char* line : {"commit ", "files of", "scanning", "not built"}) {
    DieWhere(course_, out_, line);
    EXPECT_FALSE(fs::exists(out_)) << line;
    EXPECT_TRUE(fs::exists(out_.string() + ".partial")) << line;
    ASSERT_TRUE(Run(out_).Ok()) << line;
    EXPECT_NE(said_.find("interrupted release"), std::string::npos) << line;
    EXPECT_FALSE(fs::exists(out_.string() + ".partial")) << line;
    fs::remove_all(out_);
  }
}

TEST_F(ReleaseFaults, TellADiskThatTakesNoMore) {
  // A limit on files stands in for a full disk: write() fails in the same
  // places.
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{100, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  const ReleaseResult result = Run(out_);
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  ASSERT_EQ(result.problems.size(), 1u);
  EXPECT_NE(result.problems[0].next.find("df -h"), std::string::npos)
      << result.problems[0].what;
  EXPECT_FALSE(fs::exists(out_));
  EXPECT_FALSE(fs::exists(out_.string() + ".partial"));
}

}  // namespace
}  // namespace workbook::release
