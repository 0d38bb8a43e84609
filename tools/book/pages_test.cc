// SPDX-License-Identifier: Apache-2.0

#include "tools/book/pages.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tools/process/scratch_folder.h"

namespace workbook::book {
namespace {

class Pages : public testing::Test {
 protected:
  void Write(const std::string& name, const std::string& text) {
    const std::filesystem::path path = folder_.path() / "chapters" / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }
  ScratchFolder folder_;
};

TEST_F(Pages, AreInTheOrderOfReading) {
  Write("tools.md", "# Tools\n");
  Write("costs.md", "# Costs\n");
  Write("start.md", "# Start\n");
  Write("02_b/README.md", "# Chapter 2\n");
  Write("02_b/02_01_10_last.md", "# Task 10\n");
  Write("02_b/02_01_9_before.md", "# Task 9\n");
  Write("02_b/02_01.md", "---\ntitle: x\n---\n# 02_01 Exercise\n");
  Write("01_a/README.md", "# Chapter 1\n");
  Write("01_a/01_01_table.md", "no heading: another page includes it\n");
  std::string order;
  for (const Page& page : InOrder(FindPages(folder_.path()))) {
    order += page.address + " ";
  }
  EXPECT_EQ(order,
            "index.html 01_a/index.html 02_b/index.html 02_b/02_01.html "
            "02_b/02_01_9_before.html 02_b/02_01_10_last.html tools.html "
            "costs.html ");
  const auto parts = FindPages(folder_.path());
  EXPECT_EQ(parts.at(2).title, "Chapter 2");
  EXPECT_EQ(parts.at(2).pages.at(1).exercise, "02_01");
  EXPECT_EQ(parts.at(2).pages.at(1).title, "02_01 Exercise");
}

TEST_F(Pages, ThatAreMissingAreNone) {
  EXPECT_TRUE(FindPages(folder_.path()).empty());
}

TEST(LinkFrom, LeadsToTheSamePageInTheSite) {
  const std::string page = "03_everyday/03_01.md";
  EXPECT_EQ(LinkFrom(page, "03_02.md"), "03_02.html");
  EXPECT_EQ(LinkFrom(page, "03_02.md#idea"), "03_02.html#idea");
  EXPECT_EQ(LinkFrom(page, "../01_a/README.md"), "../01_a/index.html");
  EXPECT_EQ(LinkFrom(page, "../start.md"), "../index.html");
  EXPECT_EQ(LinkFrom(page, "growth.svg"), "growth.svg");
  EXPECT_EQ(LinkFrom(page, "#here"), "#here");
  EXPECT_EQ(LinkFrom(page, "https://x.org/a.md"), "https://x.org/a.md");
  EXPECT_EQ(LinkFrom("start.md", "03_everyday/03_01.md"),
            "03_everyday/03_01.html");
}

}  // namespace
}  // namespace workbook::book
