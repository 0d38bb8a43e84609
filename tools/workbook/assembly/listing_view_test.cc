// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/assembly/listing_view.h"

#include <fstream>

#include "gtest/gtest.h"
#include "tools/process/scratch_folder.h"
#include "tools/text/text_file.h"
#include "tools/workbook/fold.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

class ListingView : public testing::Test {
 protected:
  ListingView() {
    fs::create_directories(scratch_.path() / "exercises/09_01");
    std::ofstream(scratch_.path() / "exercises/09_01/f.h")
        << "int* F() {\n  return new int(7);\n}\n";
  }

  static Listing Sample() {
    return {.name = "workbook::F()",
            .parts = {
                {.clone = "",
                 .blocks = {{"exercises/09_01/f.h",
                             2,
                             {{0, "mov    edi,0x4", ""},
                              {5, "call   operator new(unsigned long)",
                               "operator new"}}},
                            {"/usr/include/c++/12/new", 9, {{10, "ret", ""}}}}},
                {.clone = ".cold", .blocks = {{"", 0, {{0, "ud2", ""}}}}}}};
  }

  const ScratchFolder scratch_;
  const Terminal plain_{false, false};
};

TEST_F(ListingView, PutsEachSourceLineAboveItsInstructions) {
  EXPECT_EQ(ShowListing(Sample(), scratch_.path(), plain_),
            "f.h:2  return new int(7);\n"
            "     0  mov    edi,0x4\n"
            "*    5  call   operator new(unsigned long)\n"
            "new:9\n"
            "     a  ret\n"
            ".cold: apart, for it rarely runs\n"
            "no line known\n"
            "     0  ud2\n");
}

TEST_F(ListingView, CountsForBoth) {
  EXPECT_EQ(CountText(Sample()),
            "4 instructions, 1 call of allocators (operator new 1)");
  EXPECT_EQ(CountText({}), "0 instructions, 0 calls of allocators");
}

TEST_F(ListingView, SideBySideFitsAndKeepsTheShorterOnesEnd) {
  Listing reference = Sample();
  reference.parts.pop_back();
  reference.parts[0].blocks[0].instructions[0].text = std::string(300, 'x');
  const std::string text =
      ShowSideBySide(Sample(), reference, scratch_.path(), 80, plain_);
  const auto lines = SplitLines(text);
  ASSERT_EQ(lines.size(), 8u) << text;
  for (const std::string_view line : lines) {
    EXPECT_LE(ScreenWidth(line), 80u) << line;
  }
  EXPECT_NE(lines[1].find("mov    edi,0x4"), std::string_view::npos);
  EXPECT_TRUE(lines[1].ends_with("xxx...")) << lines[1];
  EXPECT_TRUE(lines[7].ends_with(" |")) << lines[7];
}

TEST(SideBySideColumns, AreThoseOfTheWidestScreenWhereThereIsNone) {
  EXPECT_EQ(SideBySideColumns(Terminal(false, false)), 160u);
}

}  // namespace
}  // namespace workbook::cli
