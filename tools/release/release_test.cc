// Whole releases of the sample course, without a build.
#include "tools/release/release.h"

#include <sys/stat.h>

#include <fstream>
#include <map>
#include <string>

#include "gtest/gtest.h"
#include "tools/authoring/sample_course.h"
#include "tools/process/process.h"
#include "tools/release/sha256.h"
#include "tools/release/trial.h"
#include "tools/text/text_file.h"

namespace workbook::release {
namespace {

namespace fs = std::filesystem;

constexpr char kContents[] =
    "WORKSPACE\nexercises/{id}/*.h\nexercises/{id}/*.cc\nexercises/{id}/*.md\n"
    "exercises/{id}/exercise.toml\nexercises/{id}/components.bzl\n"
    "chapters/{chapter}/{id}.md\n";

// Long enough to be recognised.
constexpr char kBody[] =
    "    if (last_ == limit_of_this_counter) throw "
    "std::overflow_error(\"full\");\n"
    "    const int before_this_call = last_;\n"
    "    last_ = before_this_call + 1;\n"
    "    history_of_numbers.push_back(before_this_call);\n"
    "    if (history_of_numbers.size() > 16) history_of_numbers.erase(begin);\n"
    "    for (auto& watcher : watchers_of_this) watcher(before_this_call, "
    "last_);\n"
    "    return last_;\n";

class ReleaseTest : public testing::Test {
 protected:
  ReleaseTest() {
    course_.Write("WORKSPACE", "# a sample\n");
    course_.Write("tools/release/contents.txt", kContents);
    course_.Write("tools/release/copy/README.md", "# Copy\n@EXERCISES@\n");
    course_.Replace("solutions/01_01/counter.h", "    return ++last_;\n",
                    kBody);
    Git({"init", "-q"});
    Commit();
  }

  void Git(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(),
                     {"git", "-c", "user.name=a", "-c", "user.email=a@b"});
    ProcessOptions options;
    options.working_directory = course_.root().string();
    const ProcessResult result = RunProcess(arguments, options);
    ASSERT_TRUE(result.ExitedWith(0)) << result.errors;
  }

  void Commit() {
    Git({"add", "-A"});
    Git({"commit", "-q", "-m", "course"});
  }

  ReleaseResult Run(const fs::path& out,
                    std::vector<std::string> exercises = {}) {
    said_.clear();
    return Release({course_.root(), out, std::move(exercises), false,
                    [this](const std::string& line) { said_ += line + "\n"; }});
  }

  void ExpectProblem(const fs::path& out, const std::string& what,
                     std::vector<std::string> exercises = {}) {
    const ReleaseResult result = Run(out, std::move(exercises));
    ASSERT_EQ(result.problems.size(), 1u) << what;
    EXPECT_NE(result.problems[0].what.find(what), std::string::npos)
        << result.problems[0].what;
    EXPECT_NE(result.problems[0].where, "");
    EXPECT_NE(result.problems[0].next, "");
  }

  static std::map<std::string, std::string> Tree(const fs::path& folder) {
    std::map<std::string, std::string> tree;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (!entry.is_regular_file()) continue;
      struct stat info {};
      stat(entry.path().c_str(), &info);
      tree[entry.path().lexically_relative(folder)] =
          ReadTextFile(entry.path()).value() + std::to_string(info.st_mode) +
          " " + std::to_string(info.st_mtime);
    }
    return tree;
  }

  SampleCourse course_;
  ScratchFolder place_;
  const fs::path out_ = place_.path() / "copy";
  std::string said_;
};

TEST_F(ReleaseTest, HoldsStubsPagesAndAListOfItsFiles) {
  const ReleaseResult result = Run(out_);
  ASSERT_TRUE(result.Ok()) << said_;
  const std::string stub =
      ReadTextFile(out_ / "exercises/01_01/counter.h").value();
  EXPECT_NE(stub.find("Todo("), std::string::npos);
  EXPECT_EQ(ReadTextFile(out_ / "pristine/01_01/counter.h"), stub);
  EXPECT_FALSE(fs::exists(out_ / "solutions"));
  EXPECT_FALSE(fs::exists(out_ / ".git"));
  EXPECT_FALSE(fs::exists(out_.string() + ".partial"));
  EXPECT_NE(ReadTextFile(out_ / "README.md")->find("| [01_01]("),
            std::string::npos);
  const std::string list = ReadTextFile(out_ / "RELEASE.txt").value();
  EXPECT_NE(list.find(Sha256(stub) + "  exercises/01_01/counter.h\n"),
            std::string::npos);
  ProcessOptions options;
  options.working_directory = out_.string();
  EXPECT_TRUE(RunProcess({"sha256sum", "-c", "--quiet", "RELEASE.txt"}, options)
                  .ExitedWith(0));
}

TEST_F(ReleaseTest, IsTheSameBytesForTheSameCommit) {
  ASSERT_TRUE(Run(out_).Ok());
  const mode_t before = umask(077);
  const bool again = Run(place_.path() / "again").Ok();
  umask(before);
  ASSERT_TRUE(again);
  EXPECT_EQ(Tree(out_), Tree(place_.path() / "again"));
}

TEST_F(ReleaseTest, TakesTheCommitAndSaysWhatWasChangedSince) {
  course_.Write("exercises/01_01/counter.h", "mine\n");
  course_.Write("exercises/01_01/untracked.cc", "secret\n");
  ASSERT_TRUE(Run(out_).Ok());
  EXPECT_NE(said_.find("1 changed file is not used"), std::string::npos)
      << said_;
  EXPECT_NE(ReadTextFile(out_ / "exercises/01_01/counter.h")->find("Todo("),
            std::string::npos);
  EXPECT_FALSE(fs::exists(out_ / "exercises/01_01/untracked.cc"));
}

TEST_F(ReleaseTest, MakesStubsAnewEvenWhereTheCommitHoldsAnEditedOne) {
  course_.Write("exercises/01_01/counter.h", "committed by mistake\n");
  Commit();
  ASSERT_TRUE(Run(out_).Ok());
  EXPECT_NE(ReadTextFile(out_ / "exercises/01_01/counter.h")->find("Todo("),
            std::string::npos);
}

TEST_F(ReleaseTest, RefusesALeakAndLeavesNothing) {
  course_.Write("exercises/01_01/hints.md",
                course_.Read("exercises/01_01/hints.md") + "\n" + kBody);
  Commit();
  const ReleaseResult result = Run(out_);
  ASSERT_EQ(result.findings.size(), 1u);
  EXPECT_EQ(result.findings[0].file, "exercises/01_01/hints.md");
  EXPECT_GT(result.findings[0].line, 1);
  EXPECT_NE(result.findings[0].what.find("solutions/01_01/counter.h"),
            std::string::npos);
  EXPECT_FALSE(fs::exists(out_));
  EXPECT_FALSE(fs::exists(out_.string() + ".partial"));
}

TEST_F(ReleaseTest, RefusesAReferenceThatIsNotInsideTheSwitch) {
  course_.Write("exercises/01_01/pair_test.cc",
                course_.Read("solutions/01_01/mutants/pair.first_only.patch"));
  Commit();
  const ReleaseResult result = Run(out_);
  ASSERT_FALSE(result.findings.empty());
  EXPECT_NE(result.findings[0].what.find("byte for byte"), std::string::npos);
}

TEST_F(ReleaseTest, MakesLinksToWhatStaysAtHomePlainWords) {
  course_.Write("exercises/01_01/README.md",
                "See the [notes](../../solutions/01_01/NOTES.md), [hints]"
                "(hints.md), [site](https://x.org).\n");
  Commit();
  ASSERT_TRUE(Run(out_).Ok());
  EXPECT_EQ(ReadTextFile(out_ / "exercises/01_01/README.md"),
            "See the notes, [hints](hints.md), [site](https://x.org).\n");
}

TEST_F(ReleaseTest, RemovesWhatAKilledReleaseLeft) {
  const fs::path partial = out_.string() + ".partial";
  fs::create_directories(partial / "copy/old");
  std::ofstream(partial / ".release-in-progress");
  ASSERT_TRUE(Run(out_).Ok());
  EXPECT_NE(said_.find("interrupted release"), std::string::npos);
  EXPECT_FALSE(fs::exists(out_ / "old"));
}

TEST_F(ReleaseTest, TellsBadInput) {
  ExpectProblem(course_.root() / "copy", "inside the course");
  ExpectProblem(place_.path() / "a b", "space in it");
  ExpectProblem(place_.path() / "no/such", "does not exist");
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

TEST_F(ReleaseTest, TellsALineOfTheListThatFitsNothing) {
  course_.Write("tools/release/contents.txt",
                std::string(kContents) + "tools/gone/**\n");
  Commit();
  ExpectProblem(out_, "fits the line tools/gone/**");
}

TEST_F(ReleaseTest, TellsACopyThatDoesNotBuild) {
  FakeBazel bazel(course_);
  BazelRun broken;
  broken.exit_code = 1;
  broken.errors = "a.cc:1: error: no such thing\n";
  bazel.run_for["build"] = broken;
  const Exercise exercise = course_.exercise();
  const auto problems = TryOut(
      {out_, place_.path(), {&exercise}, [](const std::string&) {}}, bazel);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_NE(problems[0].what.find("no such thing"), std::string::npos);
}

}  // namespace
}  // namespace workbook::release
