// SPDX-License-Identifier: Apache-2.0

// ./workbook asm with the real g++ and objdump, on a file of the sample course.
#include <string>
#include <vector>

#include "fmt/format.h"
#include "gtest/gtest.h"
#include "tools/problem/exit_code.h"
#include "tools/workbook/sample_workbook.h"

namespace workbook::cli {
namespace {

// A learner's file: he allocates twice where once would do.
constexpr char kYours[] =
    "#pragma once\n"
    "namespace workbook {\n"
    "[[gnu::noinline]] inline int* Make(int i) {\n"
    "  delete new int(i);\n"
    "  return new int(i);\n"
    "}\n"
    "template <class T>\n"
    "[[gnu::noinline]] T* Copy(const T& value) {\n"
    "  return new T(value);\n"
    "}\n"
    "inline int Answer() { return 42; }\n"
    "}\n";

constexpr char kReference[] =
    "#pragma once\n"
    "namespace workbook {\n"
    "[[gnu::noinline]] inline int* Make(int i) { return new int(i); }\n"
    "}\n";

constexpr char kMain[] =
    "int* volatile kept;\n"
    "long* volatile kept_long;\n"
    "int main(int count, char**) {\n"
    "  kept = workbook::Make(count);\n";

class AsmCommand : public testing::Test, public SampleWorkbook {
 protected:
  using SampleWorkbook::Run;  // not the one that GoogleTest calls

  AsmCommand() {
    Write("exercises/09_01/green.h", kYours);
    Build("exercises", std::string(kMain) +
                           "  kept = workbook::Copy(workbook::Answer());\n"
                           "  kept_long = workbook::Copy(7L);\n}\n");
  }

  // As Bazel compiles: in a folder that the debug information does not name.
  void Build(const std::string& tree, const std::string& main) {
    const std::string folder = tree + "/09_01/";
    Write(folder + "main.cc", "#include \"" + folder + "green.h\"\n" + main);
    ProcessOptions options;
    options.working_directory = root().string();
    options.environment = {{"PWD", "/proc/self/cwd"}};
    const ProcessResult built = RunProcess(
        // The optimiser may leave out a pair of new and delete.
        {"g++", "-std=c++20", "-O2", "-gdwarf-4", "-g1", "-fno-allocation-dce",
         "-I.", folder + "main.cc", "-o", tree + ".program"},
        options);
    ASSERT_TRUE(built.ExitedWith(0)) << built.errors;
    events_ += fmt::format(
        R"({{"id":{{"targetCompleted":{{"label":"//{0}/09_01:green_test"}}}},)"
        R"("completed":{{"success":true,"importantOutput":[{{"name":"test",)"
        R"("uri":"file://{1}/{0}.program"}}]}}}})"
        "\n",
        tree, root().string());
    ReplayFile("asm/events.json", events_);
  }

  void AddReference() {
    Write("solutions/09_01/green.h", kReference);
    Build("solutions", std::string(kMain) + "}\n");
  }

  std::string Ok(const std::vector<std::string>& arguments) const {
    const ProcessResult result = Run(arguments);
    EXPECT_EQ(result.exit_code, kExitOk) << result.errors;
    return result.output;
  }

 private:
  std::string events_;
};

void ExpectHas(const std::string& text, const std::string& part) {
  EXPECT_NE(text.find(part), std::string::npos) << part << "\nin\n" << text;
}

void ExpectHasNot(const std::string& text, const std::string& part) {
  EXPECT_EQ(text.find(part), std::string::npos) << part << "\nin\n" << text;
}

TEST_F(AsmCommand, ShowsYoursAloneInACopyWithoutSolutions) {
  const std::string text = Ok({"asm", "09_01", "Make"});
  ExpectHas(text, "workbook::Make(int)\n");
  ExpectHas(text, "3 calls of allocators (operator delete 1, operator new 2)");
  ExpectHas(text, "green.h:5  return new int(i);\n");
  ExpectHas(text, "call   operator new(unsigned long)@plt\n");
  ExpectHas(text, "comes without solutions");
  EXPECT_EQ(Ok({"asm", "Make"}), text) << "of the current exercise";
  EXPECT_EQ(Ok({"asm", "09_01", "workbook::Make"}), text);
}

TEST_F(AsmCommand, ShowsTheReferenceOnceTheTaskIsGreen) {
  AddReference();
  const std::string before = Ok({"asm", "09_01", "Make"});
  ExpectHas(before, "once task 1 is green: ./workbook check 09_01 1");
  ExpectHasNot(before, "  reference  ");
  ExpectHas(Ok({"asm", "09_01", "Make", "--anyway"}), "  reference  ");
  Run({"check", "09_01"});
  const std::string both = Ok({"asm", "09_01", "Make"});
  ExpectHas(both, "1 call of allocators (operator new 1)\n");
  ExpectHas(both, " | green.h:3  [[gnu::noinline]] inline int* Make(int i)");
  const std::string plain = Ok({"asm", "09_01", "Make", "--plain"});
  ExpectHas(plain, "\nreference\ngreen.h:3  ");
  ExpectHasNot(plain, " | green.h");
  EXPECT_EQ(Ok({"asm", "09_01", "Make", "--plain"}), plain);
}

TEST_F(AsmCommand, ListsSeveralAndLetsOneBeChosen) {
  const ProcessResult result = Run({"asm", "09_01", "Copy"});
  ExpectProblem(result, kExitUsage, "2 functions are named Copy");
  ExpectHas(result.output, "  1  int* workbook::Copy<int>(int const&)  (");
  ExpectHas(result.output, "  2  long* workbook::Copy<long>(long const&)  (");
  ExpectHas(result.errors, "./workbook asm 09_01 'Copy' 1");
  ExpectHas(Ok({"asm", "09_01", "Copy", "2"}), "workbook::Copy<long>");
  ExpectHas(Ok({"asm", "09_01", "Copy<int>"}), "workbook::Copy<int>");
  ExpectProblem(Run({"asm", "09_01", "Copy", "3"}), kExitUsage,
                "there is no number 3 of Copy");
}

TEST_F(AsmCommand, SaysWhyThereIsNothingToShow) {
  const ProcessResult inlined = Run({"asm", "09_01", "Answer"});
  ExpectProblem(inlined, kExitUsage, "Answer has no code of its own");
  ExpectHas(inlined.errors, "[[gnu::noinline]]");
  const ProcessResult unknown = Run({"asm", "09_01", "Mak"});
  ExpectProblem(unknown, kExitUsage, "names a function Mak");
  ExpectHas(unknown.errors, "Did you mean ./workbook asm 09_01 Make?");
  ExpectProblem(Run({"asm"}), kExitUsage, "the name of a function");
  ExpectProblem(Run({"asm", "77_77", "Make"}), kExitUsage, "no exercise 77_77");
}

TEST_F(AsmCommand, SaysWhatDoesNotCompile) {
  ReplayFile("asm/events.json",
             R"({"id":{"targetCompleted":{"label":)"
             R"("//exercises/09_01:green_test"}},"completed":{}})"
             "\n");
  ExpectProblem(Run({"asm", "09_01", "Make"}), kExitDoesNotBuild,
                "the program does not build");
}

}  // namespace
}  // namespace workbook::cli
