// SPDX-License-Identifier: Apache-2.0

#include "tools/book/site.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tools/process/scratch_folder.h"

namespace workbook::book {
namespace {

namespace fs = std::filesystem;

class SiteTest : public testing::Test {
 protected:
  void SetUp() override {
    Write("chapters/start.md", "# Start\n\n[one](01_a/01_01.md)\n");
    Write("chapters/01_a/README.md", "# Chapter\n");
    Write("chapters/01_a/01_01.md", "# 01_01 One\n\n## 1. Task\n");
    Write("chapters/01_a/01_01_x.svg", "<svg/>");
    Write("solutions/01_01/secret.cc", "int secret;\n");
    fs::create_directories(root_ / "tools/book");
    fs::copy("tools/book/assets", root_ / "tools/book/assets",
             fs::copy_options::recursive);
  }
  void Write(const std::string& name, const std::string& text) {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name) << text;
  }

  ScratchFolder folder_;
  fs::path root_ = folder_.path() / "course";
};

TEST_F(SiteTest, HasEveryPageInItsTemplate) {
  const Site site(root_, true);
  const auto first = site.At("");
  ASSERT_TRUE(first);
  EXPECT_NE(first->content.find("<h1 id=\"start\">Start</h1>"),
            std::string::npos);
  EXPECT_NE(first->content.find("href=\"01_a/01_01.html\""), std::string::npos);
  const auto page = site.At("01_a/01_01.html");
  ASSERT_TRUE(page);
  EXPECT_NE(page->content.find("data-exercise=\"01_01\" data-top=\"../\""),
            std::string::npos);
  EXPECT_NE(page->content.find("../assets/book.css"), std::string::npos);
  EXPECT_NE(page->content.find("book.js"), std::string::npos);
  EXPECT_NE(page->content.find("<a rel=\"prev\" href=\"../01_a/index.html\">"),
            std::string::npos)
      << page->content;
}

TEST_F(SiteTest, TakesOneLanguageOfManyForItsCode) {
  const auto script = Site(root_, false).At("assets/highlight.js");
  if (!script) GTEST_SKIP() << "libjs-highlight.js is not installed";
  EXPECT_NE(script->content.find("\"cpp\""), std::string::npos);
  EXPECT_LT(script->content.size(), 100'000u);
}

TEST_F(SiteTest, AnEditedPageShowsAtTheNextLook) {
  const Site site(root_, true);
  Write("chapters/start.md", "# Changed\n");
  EXPECT_NE(site.At("index.html")->content.find(">Changed</h1>"),
            std::string::npos);
}

TEST_F(SiteTest, GivesNothingThatIsNotOfTheBook) {
  const Site site(root_, true);
  for (const char* address :
       {"../solutions/01_01/secret.cc", "01_a/../../solutions/01_01/secret.cc",
        "solutions/01_01/secret.cc", "assets/../markdown.cc", "/etc/passwd",
        "assets//etc/passwd", ".git/config", "none.html", "01_a/README.md"}) {
    EXPECT_FALSE(site.At(address)) << address;
  }
  EXPECT_TRUE(site.At("01_a/01_01_x.svg"));
}

TEST_F(SiteTest, IsBuiltWithoutWhatNeedsTheCommand) {
  const fs::path out = folder_.path() / "site";
  ASSERT_EQ(BuildSite(root_, out).what, "");
  for (const char* name : {"index.html", "01_a/01_01.html", "01_a/01_01_x.svg",
                           "assets/book.css"}) {
    EXPECT_TRUE(fs::exists(out / name)) << name;
  }
  std::ifstream file(out / "index.html");
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  EXPECT_EQ(text.find("book.js"), std::string::npos);
  EXPECT_EQ(text.find("data-live"), std::string::npos);
  EXPECT_EQ(text.find("https://"), std::string::npos) << "no other host";
}

TEST_F(SiteTest, ThatCannotBeWrittenIsAProblem) {
  Write("file", "");
  const Problem problem = BuildSite(root_, root_ / "file/site");
  EXPECT_NE(problem.what.find("the book cannot be written"), std::string::npos);
}

}  // namespace
}  // namespace workbook::book
