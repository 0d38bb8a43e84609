// One task's fault costs no other task, with the real compiler in the real
// jail.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tools/grade/compile.h"
#include "tools/grade/jail_folder.h"
#include "tools/process/process.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::string>;

void Write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path) << text;
}

// Task 2 uses task 1; the hidden test uses both.
class StandIn : public testing::Test {
 protected:
  StandIn() {
    plan_.exercise = "09_09";
    plan_.trusted = folder_.path() / "trusted";
    plan_.compile_flags = {"-std=c++20", "-isystem",
                           "/usr/src/googletest/googletest/include"};
    plan_.hidden_sources = {"hidden_test.cc"};
    plan_.tasks.resize(2);
    plan_.tasks[0].number = 1;
    plan_.tasks[0].stem = "one";
    plan_.tasks[0].test_sources = {"one_test.cc"};
    plan_.tasks[0].files = {"one.h", "one.cc"};
    plan_.tasks[1].number = 2;
    plan_.tasks[1].stem = "two";
    plan_.tasks[1].test_sources = {"two_test.cc"};
    plan_.tasks[1].files = {"two.h", "two.cc"};
    Write(plan_.trusted / "include/tools/probe/probe.h", "");
    Write(folder_.path() / "main.cc", "int main() { return 0; }\n");
    fs::create_directories(plan_.trusted / "objects");
    const fs::path object = plan_.trusted / "objects/main.o";
    RunProcess({"g++", "-c", (folder_.path() / "main.cc").string(), "-o",
                object.string()});
    plan_.objects = {"main.o"};
    const std::string one = "#include \"09_09/one.h\"\n";
    const std::string two = "#include \"09_09/two.h\"\n";
    Write(plan_.trusted / "tests/one_test.cc", one);
    Write(plan_.trusted / "tests/two_test.cc", two);
    Write(plan_.trusted / "tests/hidden_test.cc",
          one + two +
              "namespace course_test {\n"
              "int Run() { return course::One() + course::Two(); }\n}\n");
    for (const auto& [name, text] : files_) {
      Write(plan_.trusted / "stubs" / name, text);
    }
    options_.scratch = folder_.path() / "slot";
    options_.object_cache = folder_.path() / "objects";
    options_.slot = 951;
  }

  struct Builds {
    Build one, two, hidden;
  };
  Builds BuildAll() {
    Compiler compiler(plan_, files_, options_);
    compiler.CompileStems();
    Builds builds;
    builds.one = compiler.BuildTest("one", plan_.tasks[0].files);
    builds.two = compiler.BuildTest("two", plan_.tasks[1].files);
    builds.hidden = compiler.BuildTest("hidden", {});
    return builds;
  }
  void ExpectOnlyTheFirstFails(TaskState state) {
    const Builds builds = BuildAll();
    EXPECT_EQ(Name(builds.one.state), std::string(Name(state)));
    EXPECT_EQ(builds.two.error, "");
    EXPECT_EQ(builds.two.stood_in, std::set<int>{1});
    EXPECT_EQ(builds.hidden.error, "");
  }

  JailFolder folder_;
  Plan plan_;
  JudgeOptions options_;
  Files files_{
      {"one.h", "#pragma once\nnamespace course {\nint One();\n}\n"},
      {"one.cc", "#include \"09_09/one.h\"\nint course::One() { return 1; }\n"},
      {"two.h",
       "#include \"09_09/one.h\"\nnamespace course {\nint Two();\n}\n"},
      {"two.cc",
       "#include \"09_09/two.h\"\nint course::Two() { return One() + 1; }\n"}};
};

TEST_F(StandIn, IsNotThereForASubmissionThatIsFit) {
  const Builds builds = BuildAll();
  EXPECT_EQ(builds.one.error + builds.two.error + builds.hidden.error, "");
  EXPECT_EQ(builds.two.stood_in, std::set<int>{});
}

TEST_F(StandIn, ARejectedHeaderReachesNoOtherTest) {
  files_["one.h"] += "#define private public\n";
  ExpectOnlyTheFirstFails(TaskState::kRejected);
}

TEST_F(StandIn, AHeaderThatIsNoCppReachesNoOtherTest) {
  files_["one.h"] += "this is no C++\n";
  ExpectOnlyTheFirstFails(TaskState::kCompileError);
}

TEST_F(StandIn, ASourceThatDoesNotCompileKeepsNoOtherTestFromLinking) {
  files_["one.cc"] += "this is no C++\n";
  ExpectOnlyTheFirstFails(TaskState::kCompileError);
}

TEST_F(StandIn, AMissingFileKeepsNoOtherTestFromLinking) {
  files_.erase("one.cc");
  ExpectOnlyTheFirstFails(TaskState::kMissing);
}

TEST_F(StandIn, AKeptObjectIsNoReasonToSkipTheCheckOfHeaders) {
  files_["one.h"] += "#define COURSE_LIMIT 8\n";
  ASSERT_EQ(BuildAll().one.error, "");
  options_.kept_objects = folder_.path() / "kept";
  fs::rename(options_.object_cache, options_.kept_objects);
  fs::create_directory(options_.object_cache);
  // The same name of the object, and a macro that the test now has as well.
  Write(plan_.trusted / "include/tools/probe/probe.h",
        "#define COURSE_LIMIT 4\n");
  EXPECT_EQ(BuildAll().one.state, TaskState::kRejected);
}

}  // namespace
}  // namespace workbook::grade
