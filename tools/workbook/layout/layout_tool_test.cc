// SPDX-License-Identifier: Apache-2.0

// Asks the real g++ and the real gdb.
#include "tools/workbook/layout/layout_tool.h"

#include <fstream>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "gtest/gtest.h"
#include "tools/process/scratch_folder.h"
#include "tools/text/text_file.h"
#include "tools/workbook/layout/layout_text.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

std::string TestData(const std::string& name) {
  return ReadTextFile("tools/workbook/layout/testdata/" + name).value();
}

class LayoutTool : public testing::Test {
 protected:
  LayoutTool() {
    fs::create_directories(scratch_.path() / "exercises");
    Write(TestData("sample.h"));
  }

  void Write(const std::string& text) {
    std::ofstream(scratch_.path() / "exercises/sample.h") << text;
  }

  LayoutAnswer Ask(const std::string& type,
                   const std::string& file = "exercises/sample.h") {
    return AskLayout({.root = scratch_.path(),
                      .scratch = scratch_.path() / "question",
                      .file = file,
                      .type = type});
  }

  void ExpectProblem(const LayoutAnswer& answer, const std::string& what,
                     int exit_code) {
    ASSERT_TRUE(answer.problem);
    EXPECT_NE(answer.problem->what.find(what), std::string::npos)
        << answer.problem->what;
    EXPECT_EQ(answer.problem->exit_code, exit_code);
    EXPECT_FALSE(answer.problem->where.empty());
    EXPECT_FALSE(answer.problem->next.empty());
  }

  const ScratchFolder scratch_;
};

TEST_F(LayoutTool, SaysTodayWhatWasRecorded) {
  const LayoutAnswer answer = Ask("");
  ASSERT_FALSE(answer.problem) << answer.problem->what;
  std::string text;
  for (const Record& record : answer.records) text += LayoutText(record) + '\n';
  EXPECT_EQ(text, TestData("sample.txt"))
      << "if the compiler changed: record testdata anew";
}

TEST_F(LayoutTool, KnowsATemplateThatNobodyHasUsedYet) {
  const LayoutAnswer answer = Ask("Tagged<short, Tagged<char, double>>");
  ASSERT_FALSE(answer.problem) << answer.problem->what;
  ASSERT_EQ(answer.records.size(), 1u);
  EXPECT_EQ(answer.records[0].name,
            "workbook::Tagged<short, workbook::Tagged<char, double> >");
  EXPECT_EQ(answer.records[0].size_bytes, 24);
  EXPECT_EQ(answer.records[0].parts.size(), 4u);
}

TEST_F(LayoutTool, KnowsTypesOfTheStandardLibrary) {
  const LayoutAnswer answer = Ask("std::pair<char, long>", "");
  ASSERT_FALSE(answer.problem) << answer.problem->what;
  EXPECT_EQ(answer.records[0].size_bytes, 16);
}

// The advice is right: the compiler agrees with the computed size.
TEST_F(LayoutTool, TheCompilerMakesTheSmallerOrderAsSmall) {
  const LayoutAnswer before = Ask("Derived::Options");
  ASSERT_FALSE(before.problem) << before.problem->what;
  const auto order = SmallerOrder(before.records[0]);
  ASSERT_TRUE(order);
  std::string fields;
  for (const std::string& name : order->fields) {
    for (const Part& part : before.records[0].parts) {
      if (part.name == name) fields += part.type + " " + name + ";\n";
    }
  }
  Write("struct Reordered {\n" + fields + "};\n");
  const LayoutAnswer after = Ask("Reordered");
  ASSERT_FALSE(after.problem) << after.problem->what;
  EXPECT_EQ(after.records[0].size_bytes, order->size_bytes);
  EXPECT_EQ(before.records[0].size_bytes, 24);
}

TEST_F(LayoutTool, SaysWhyThereIsNoLayout) {
  ExpectProblem(Ask("Tagged"), "Tagged is a template", kExitUsage);
  ExpectProblem(Ask("Taged<int, int>"), "Taged<int, int> is no type here",
                kExitUsage);
  ExpectProblem(Ask("int"), "int has no fields", kExitUsage);
  ExpectProblem(Ask("Declared"), "Declared is no type here", kExitUsage);
  Write("#pragma once\nstruct Broken {\n  int a\n};\n");
  const LayoutAnswer broken = Ask("");
  ExpectProblem(broken, "exercises/sample.h does not compile",
                kExitDoesNotBuild);
  EXPECT_EQ(broken.problem->where, "exercises/sample.h:3");
}

}  // namespace
}  // namespace workbook::cli
