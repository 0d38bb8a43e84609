// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/publish/fairness.h"

#include "gtest/gtest.h"

namespace workbook {
namespace {

constexpr char kCase[] = "pool/pair";
constexpr char kForm[] = R"(
[[cases]]
names = ["pool/pair"]
operation = "allocate a block and free it"
touches = "8 bytes"
through = "pointer"
by = ["Allocate"]
keeps = "nothing"
order = "fresh"
)";

// What is wrong with rows of kForm and `more` of it, in one text.
std::string Judge(const std::string& more, bool has_target,
                  const std::vector<ComparedRow>& rows,
                  const std::string& form = kForm) {
  const Forms forms = ReadForms(form + more, "bench.toml");
  std::string text;
  for (const Problem& problem : forms.problems) text += problem.Text() + "\n";
  for (const Problem& problem :
       CheckFairness(forms, forms.cases.at(0), kCase, rows, has_target)) {
    text += problem.Text() + "\n";
  }
  return text;
}

std::string Unlike(const std::string& row, const std::string& in) {
  return "[[cases.unlike]]\nrows = [\"" + row + "\"]\nhow = \"differs\"\n" +
         in + "\n";
}

std::vector<ComparedRow> Rows(double claimed) {
  return {{"baseline", "new/delete", claimed},
          {"reference", "Pool", 1},
          {"peer", "tcmalloc", claimed}};
}

void ExpectSays(const std::string& text, const std::string& what) {
  EXPECT_NE(text.find(what), std::string::npos) << text;
}

TEST(CheckFairness, AcceptsRowsThatAreAlike) {
  EXPECT_EQ(Judge("", true, Rows(20)), "");
}

TEST(CheckFairness, RefusesATargetOfUnlikeRows) {
  for (const char* row : {"new/delete", "Pool"}) {
    for (const char* in : {"touches = \"nothing\"", "calls = \"one for all\"",
                           "through = \"inlined\""}) {
      const std::string text = Judge(Unlike(row, in), true, Rows(1));
      ExpectSays(
          text,
          "bench.toml:2: cases compare unlike rows in pool/pair, which has a "
          "target: new/delete and Pool differ in what stands in " +
              std::string(in).substr(0, 5));
      ExpectSays(text, "remove the target");
    }
  }
}

TEST(CheckFairness, ASentenceDoesNotMakeATargetFair) {
  const std::string in = "through = \"inlined\"\ndoes_not_show = \"anything\"";
  ExpectSays(Judge(Unlike("new/delete", in), true, Rows(1)),
             "compare unlike rows");
}

TEST(CheckFairness, APeerOfATargetIsAlikeOrSaysWhatItDoesNotShow) {
  const std::string in = "through = \"inlined\"\n";
  ExpectSays(Judge(Unlike("tcmalloc", in), true, Rows(1)),
             "which has a target: tcmalloc and Pool differ in what stands in "
             "through. Fix: make both do the same work, or add what the row "
             "does not show");
  EXPECT_EQ(Judge(Unlike("tcmalloc", in + "does_not_show = \"a call\""), true,
                  Rows(1)),
            "");
}

TEST(CheckFairness, AClaimOfMoreThanThreeTimesIsJudgedWithoutATarget) {
  const std::string peer = Unlike("tcmalloc", "calls = \"one for all\"");
  EXPECT_EQ(Judge(peer, false, Rows(3)), "");
  ExpectSays(Judge(peer, false, Rows(3.1)),
             "compare unlike rows in pool/pair, by a factor of 3.1: tcmalloc");
  const std::string reference =
      Unlike("Pool", "calls = \"one for all\"\ndoes_not_show = \"a call\"");
  EXPECT_EQ(Judge(reference, false, Rows(5)), "");
}

TEST(CheckFairness, WhatIsKeptNeedsAPeerThatKeepsIt) {
  const std::string fresh = "keeps = \"the block\"";
  ExpectSays(Judge(Unlike("Pool", fresh), true, Rows(1)),
             "have a target in pool/pair, where Pool keeps other things than "
             "new/delete, and no peer keeps the same");
  EXPECT_EQ(
      Judge(Unlike("Pool", fresh) + Unlike("tcmalloc", fresh), true, Rows(1)),
      "");
  EXPECT_EQ(Judge(Unlike("Pool", fresh), false, Rows(5)), "");
}

TEST(CheckFairness, ASubjectBehindACallNamesItsFunctions) {
  std::string form = kForm;
  form.replace(form.find("by = [\"Allocate\"]\n"), 18, "");
  ExpectSays(
      Judge("", true, Rows(1), form),
      "reaches Pool through a pointer, and do not say by which function");
  EXPECT_EQ(Judge("", false, Rows(2), form), "") << "nothing is claimed";
  EXPECT_EQ(Judge("[[cases.inside]]\nrows = [\"Pool\"]\nhow = \"has a list\"\n",
                  false, Rows(2), form),
            "");
}

}  // namespace
}  // namespace workbook
