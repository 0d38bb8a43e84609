// SPDX-License-Identifier: Apache-2.0

// ./workbook layout with the real g++ and gdb, on files of the sample course.
#include <string>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tools/problem/exit_code.h"
#include "tools/workbook/sample_workbook.h"

namespace workbook::cli {
namespace {

constexpr char kHoles[] =
    "#pragma once\n"
    "namespace workbook {\n"
    "struct Block { char tag; double size; char state; };\n"
    "template <class T> struct Pair { char first; T second; };\n"
    "using Couple = Pair<int>;\n"
    "}\n";

class LayoutCommand : public testing::Test, public SampleWorkbook {
 protected:
  using SampleWorkbook::Run;  // not the one that GoogleTest calls

  LayoutCommand() { Write("exercises/09_01/green.h", kHoles); }

  std::string Ok(const std::vector<std::string>& arguments) const {
    const ProcessResult result = Run(arguments);
    EXPECT_TRUE(result.ExitedWith(kExitOk)) << result.errors;
    return result.output;
  }

  void ExpectRefused(const std::vector<std::string>& arguments,
                     const std::string& what) const {
    const ProcessResult result = Run(arguments);
    EXPECT_TRUE(result.ExitedWith(kExitUsage)) << result.output;
    EXPECT_NE(result.errors.find(what), std::string::npos) << result.errors;
    EXPECT_NE(result.errors.find("next:"), std::string::npos);
  }
};

void ExpectHas(const std::string& text, const std::string& part) {
  EXPECT_NE(text.find(part), std::string::npos) << text;
}

TEST_F(LayoutCommand, ShowsAllThatAFileDefines) {
  const std::string text = Ok({"layout", "exercises/09_01/green.h"});
  ExpectHas(text, "workbook::Block");
  ExpectHas(text, "hole");
  ExpectHas(text, "./workbook layout 'Pair<...>'");
}

TEST_F(LayoutCommand, FindsATypeByItsName) {
  const auto json =
      nlohmann::json::parse(Ok({"layout", "Pair<int>", "--json"}));
  ASSERT_EQ(json.at("types").size(), 1u);
  EXPECT_EQ(json["types"][0].at("size_bytes"), 8);
  EXPECT_EQ(json["types"][0].at("unused_bits"), 24);
  ExpectHas(Ok({"layout", "Block"}), "size, tag, state");
}

TEST_F(LayoutCommand, AnAliasIsTheTypeBehindIt) {
  const auto json = nlohmann::json::parse(Ok({"layout", "Couple", "--json"}));
  ASSERT_EQ(json.at("types").size(), 1u);
  EXPECT_EQ(json["types"][0].at("size_bytes"), 8);
}

TEST_F(LayoutCommand, DrawsAPictureWhereItIsAsked) {
  const std::string file = (root() / "block.svg").string();
  ExpectHas(Ok({"layout", "Block", "--svg", file}), "Drawn in " + file);
  ExpectHas(Read("block.svg"), "<svg");
  ExpectHas(Read("block.svg"), "state");
  const ProcessResult nowhere = Run({"layout", "Block", "--svg", file + "/a"});
  EXPECT_TRUE(nowhere.ExitedWith(kExitEnvironment)) << nowhere.errors;
  ExpectHas(nowhere.errors, "choose another path");
}

TEST_F(LayoutCommand, RefusesWhatHasNoLayoutAndSaysWhatToType) {
  ExpectRefused({"layout", "Nobody"}, "no exercise defines a type Nobody");
  ExpectRefused({"layout", "gren.h"}, "gren.h is not a file of an exercise");
  ExpectRefused({"layout", "Pair"}, "Pair is a template");
  ExpectRefused({"layout", "int; system(\"id\")"},
                "that is not the name of a type");
  Write("exercises/09_01/red.h", "struct Block {};\n");
  ExpectRefused({"layout", "Block"}, "several files define a type Block");
}

}  // namespace
}  // namespace workbook::cli
