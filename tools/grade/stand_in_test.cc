// SPDX-License-Identifier: Apache-2.0

// One task's fault costs no other task, with the real compiler in the real
// jail.
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "tools/grade/compile.h"
#include "tools/grade/jail_folder.h"
#include "tools/process/process.h"
#include "tools/text/escape.h"
#include "tools/text/text_file.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::string>;

void Write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path) << text;
}

// Task 2 uses task 1 and the header of task 3, which has nothing else; the
// hidden test uses tasks 1 and 2.
class StandIn : public testing::Test {
 protected:
  StandIn() {
    plan_.exercise = "09_09";
    plan_.trusted = folder_.path() / "trusted";
    plan_.compile_flags = {"-std=c++20", "-isystem",
                           "/usr/src/googletest/googletest/include"};
    plan_.hidden_sources = {"hidden_test.cc"};
    plan_.tasks.resize(3);
    plan_.tasks[0].number = 1;
    plan_.tasks[0].stem = "one";
    plan_.tasks[0].test_sources = {"one_test.cc"};
    plan_.tasks[0].files = {"one.h", "one.cc"};
    plan_.tasks[1].number = 2;
    plan_.tasks[1].stem = "two";
    plan_.tasks[1].test_sources = {"two_test.cc"};
    plan_.tasks[1].files = {"two.h", "two.cc"};
    plan_.tasks[2].number = 3;
    plan_.tasks[2].stem = "three";
    plan_.tasks[2].files = {"three.h"};
    plan_.tasks[2].test_sources = {"three_test.cc"};
    Write(plan_.trusted / "include/tools/probe/probe.h", "");
    Write(plan_.trusted / "include/tools/grade/canary_sites.h", "");
    Write(plan_.trusted / "include/tools/grade/observed_sites.h", "");
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
    Write(plan_.trusted / "tests/three_test.cc",
          "#include \"09_09/three.h\"\n");
    // As in a test, on a line that says which task it belongs to.
    Write(plan_.trusted / "tests/hidden_test.cc",
          one + two +
              "#define TEST(suite, name) static int suite##name()\n"
              "namespace course_test {\n"
              "TEST(Task1Hidden, A) { return course::One(); }\n"
              "TEST(Task2Hidden, B) { return course::Two(); }\n"
              "int (*volatile kUsed[])() = {Task1HiddenA, Task2HiddenB};\n}\n");
    for (const auto& [name, text] : files_) {
      Write(plan_.trusted / "stubs" / name, text);
    }
    options_.scratch = folder_.path() / "slot";
    options_.object_cache = folder_.path() / "objects";
    options_.slot = 951;
  }

  struct Builds {
    Build one, two, three, hidden;
  };
  Builds BuildAll() {
    Compiler compiler(plan_, files_, options_);
    compiler.CompileStems();
    Builds builds;
    builds.one = compiler.BuildTest("one", plan_.tasks[0].files);
    builds.two = compiler.BuildTest("two", plan_.tasks[1].files);
    builds.three = compiler.BuildTest("three", plan_.tasks[2].files);
    builds.hidden = compiler.BuildTest("hidden", {});
    return builds;
  }
  std::vector<fs::path> Kept() const {
    std::vector<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(options_.object_cache)) {
      if (entry.path().extension() == ".o") paths.push_back(entry.path());
    }
    return paths;
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
       "#include \"09_09/three.h\"\n#include \"09_09/two.h\"\n"
       "int course::Two() { return One() + 1; }\n"},
      {"three.h", "#pragma once\nnamespace course {\nclass Three {};\n}\n"}};
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

TEST_F(StandIn, AHeaderThatIsAWholeTaskCostsNoTaskThatIncludesIt) {
  files_["three.h"] += "this is no C++\n";
  const Builds builds = BuildAll();
  EXPECT_EQ(builds.three.state, TaskState::kCompileError);
  EXPECT_EQ(builds.one.error + builds.two.error + builds.hidden.error, "");
  EXPECT_EQ(builds.two.stood_in, std::set<int>{3});
}

TEST_F(StandIn, ASoundHeaderIsNotBlamedForTheSourceThatIncludesIt) {
  files_["two.cc"] += "this is no C++\n";
  const Builds builds = BuildAll();
  EXPECT_EQ(builds.two.state, TaskState::kCompileError);
  EXPECT_EQ(builds.one.error + builds.three.error + builds.hidden.error, "");
  EXPECT_EQ(builds.hidden.stood_in, std::set<int>{2});
}

TEST_F(StandIn, WhatHiddenTestsOfOneTaskMissCostsNoOtherTasksHiddenTests) {
  files_["one.h"] =
      "#pragma once\nnamespace course {\nint One(int a, int b);\n}\n";
  files_["one.cc"] =
      "#include \"09_09/one.h\"\nint course::One(int a, int) { return a; }\n";
  files_["two.cc"] =
      "#include \"09_09/two.h\"\nint course::Two() { return 2; }\n";
  const Builds builds = BuildAll();
  EXPECT_EQ(builds.one.error + builds.two.error + builds.hidden.error, "");
  EXPECT_EQ(builds.two.stood_in, std::set<int>{});
  EXPECT_EQ(builds.hidden.stood_in, std::set<int>{1});
}

TEST_F(StandIn, WhatIsAsHandedOutIsCompiledOnceForAllSubmissions) {
  ASSERT_EQ(BuildAll().hidden.error, "");
  EXPECT_EQ(Kept().size(), 6);      // four tests, one.cc and two.cc
  files_["one.cc"] += "// mine\n";  // is compiled, and not kept
  ASSERT_EQ(BuildAll().hidden.error, "");
  EXPECT_EQ(Kept().size(), 6);
  // As the symbol table names its source. Only who takes it can fail.
  const std::string two("\0two.cc\0", 8);
  for (const fs::path& object : Kept()) {
    if (ReadTextFile(object).value_or("").find(two) == std::string::npos) {
      continue;
    }
    std::ofstream(object) << "no object";
  }
  EXPECT_NE(BuildAll().two.error, "");
}

TEST_F(StandIn, ACompilerOutOfItsOwnTimeIsTheSubmissionsFault) {
  plan_.compile_limits.wall = std::chrono::milliseconds(1);
  const Builds builds = BuildAll();
  EXPECT_EQ(builds.one.state, TaskState::kCompileError);
  EXPECT_NE(builds.one.error.find("waits for something"), std::string::npos)
      << builds.one.error;
  EXPECT_FALSE(builds.hidden.infrastructure);
}

TEST_F(StandIn, DiagnosticsAreTextThatEveryPageCanShow) {
  files_["one.cc"] += "int course::One(unknown) { return 1; }\n";
  const std::string error = BuildAll().one.error;
  EXPECT_NE(error.find("'unknown'"), std::string::npos) << error;
  EXPECT_EQ(PlainText(error), error);
}

TEST_F(StandIn, AMissingFileKeepsNoOtherTestFromLinking) {
  files_.erase("one.cc");
  ExpectOnlyTheFirstFails(TaskState::kMissing);
}

TEST_F(StandIn, AKeptObjectIsNoReasonToSkipTheCheckOfHeaders) {
  files_["one.h"] += "#ifdef COURSE_LIMIT\n#define EXPECT_EQ(a, b)\n#endif\n";
  ASSERT_EQ(BuildAll().one.error, "");
  options_.kept_objects = folder_.path() / "kept";
  fs::rename(options_.object_cache, options_.kept_objects);
  fs::create_directory(options_.object_cache);
  // The same name of the object, and a header that is now refused.
  Write(plan_.trusted / "include/tools/probe/probe.h",
        "#define COURSE_LIMIT 4\n");
  EXPECT_EQ(BuildAll().one.state, TaskState::kRejected);
}

}  // namespace
}  // namespace workbook::grade
