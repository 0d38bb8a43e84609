// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/boundary_check.h"

#include "gtest/gtest.h"

namespace workbook {
namespace {

std::string Judge(const std::string& name, const BenchSources& sources) {
  Forms forms;
  forms.file = "bench.toml";
  forms.cases.push_back({.names = {"pool/pair"},
                         .operation = "",
                         .form = {},
                         .order = "",
                         .order_note = "",
                         .by = {name},
                         .line = 7});
  std::string text;
  for (const Problem& problem : CheckBoundaries(forms, sources)) {
    text += problem.Text();
  }
  return text;
}

TEST(CheckBoundaries, AcceptsAFunctionThatIsNotInlined) {
  EXPECT_EQ(Judge("Take", {{"template <class Pool>\n[[gnu::noinline]] void* "
                            "Take(Pool& pool) {\n}"},
                           {}}),
            "");
}

TEST(CheckBoundaries, RefusesAnotherFunctionBehindTheAttribute) {
  const std::string text =
      Judge("Take", {{"[[gnu::noinline]] void TakeAll() { Take(); }\n"
                      "void Take() {}"},
                     {}});
  EXPECT_NE(text.find("bench.toml:7"), std::string::npos) << text;
  EXPECT_NE(text.find("goes through a call of Take"), std::string::npos);
  EXPECT_NE(text.find("Fix: "), std::string::npos);
}

TEST(CheckBoundaries, AcceptsADefinitionApartThatIsCalled) {
  const std::string apart = "void* Pool::Take(int size) {\n  return Give();\n}";
  EXPECT_EQ(Judge("Pool::Take", {{"pool.Take(1);"}, {apart}}), "");
  EXPECT_NE(Judge("Pool::Take", {{"pool.TakeAll(1);"}, {apart}}), "")
      << "no benchmark calls it";
  EXPECT_NE(Judge("Give", {{"Give();"}, {apart}}), "") << "only called there";
  EXPECT_NE(Judge("Take", {{"Take();"}, {"inline void Take() {}"}}), "");
}

}  // namespace
}  // namespace workbook
