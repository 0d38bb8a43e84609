// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/publish/forms.h"

#include "gtest/gtest.h"

namespace workbook {
namespace {

constexpr char kFile[] = "exercises/09_01/bench.toml";
constexpr char kGood[] = R"(
[[cases]]
names = ["pool/pair", "pool/shared"]
operation = "allocate a block and free it"
touches = "8 bytes"
through = "inlined"
keeps = "the pool"
order = "does not matter"
order_note = "one size"

[[cases.unlike]]
rows = ["mallocs"]
through = "pointer"
how = "called through a pointer each"
does_not_show = "what a call costs"

[[cases.inside]]
rows = ["new/delete"]
how = "searches a tree"
)";
const std::vector<std::string> kRows = {
    "pool/pair/baseline:new/delete", "pool/pair/reference:Pool",
    "pool/pair/peer:glibc", "pool/shared/threads:2/reference:Pool"};

std::string TextOf(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) text += problem.Text() + "\n";
  return text;
}

// kGood with one part replaced.
std::string Changed(const std::string& from, const std::string& to) {
  std::string text = kGood;
  text.replace(text.find(from), from.size(), to);
  return text;
}

void ExpectRefused(const std::string& text, const std::string& what) {
  const std::string problems =
      TextOf(CheckForms(ReadForms(text, kFile), kRows));
  EXPECT_NE(problems.find(what), std::string::npos) << problems;
}

TEST(ReadForms, FindsACaseWithOrWithoutThreads) {
  const Forms forms = ReadForms(kGood, kFile);
  EXPECT_EQ(TextOf(CheckForms(forms, kRows)), "");
  ASSERT_NE(forms.Find("pool/shared/threads:2"), nullptr);
  EXPECT_EQ(forms.Find("pool/pair")->form.touches, "8 bytes");
  EXPECT_EQ(forms.Find("pool/other"), nullptr);
  const CaseForm& form = forms.cases[0];
  EXPECT_EQ(form.Of("jemalloc").through, "pointer");
  EXPECT_EQ(form.Of("jemalloc").touches, "8 bytes");
  EXPECT_EQ(form.Of("new/delete").through, "inlined");
  EXPECT_EQ(form.unlike[0].does_not_show, "what a call costs");
  ASSERT_EQ(form.inside.size(), 1u);
  EXPECT_EQ(form.inside[0].how, "searches a tree");
  EXPECT_TRUE(forms.cases[0].unlike[0].Covers("jemalloc"));
  EXPECT_FALSE(forms.cases[0].unlike[0].Covers("new/delete"));
}

TEST(CheckForms, RefusesACaseWithoutAForm) {
  ExpectRefused(Changed(", \"pool/shared\"", ""),
                "have no form of pool/shared");
}

TEST(CheckForms, RefusesAFormWithoutACase) {
  ExpectRefused(Changed("pool/shared", "pool/share"),
                "has pool/share, and the benchmark has no such case");
}

TEST(CheckForms, RefusesAMallocThatIsSaidToBeInlined) {
  ExpectRefused(Changed("through = \"pointer\"", "keeps = \"nothing\""),
                "does not call glibc through a pointer");
}

TEST(CheckForms, RefusesARowThatIsNotThere) {
  ExpectRefused(Changed("\"mallocs\"", "\"mallocs\", \"Pol\""),
                "name Pol, and no such row is there. Fix: did you mean Pool?");
}

TEST(CheckForms, RefusesARowThatWorksOtherwiseInsideAndIsNotThere) {
  ExpectRefused(Changed("\"new/delete\"", "\"new\""),
                "name new, and no such row is there");
}

TEST(ReadForms, RefusesAnOrderWithoutAReason) {
  ExpectRefused(Changed("order_note = \"one size\"", ""), "without a reason");
}

TEST(ReadForms, RefusesWordsThatItDoesNotKnow) {
  ExpectRefused(Changed("\"inlined\"", "\"inline\""), "is \"inline\"");
  ExpectRefused(Changed("\"does not matter\"", "\"random\""), "is \"random\"");
  ExpectRefused(Changed("keeps", "keep"), "keep");
}

TEST(ReadForms, RefusesRowsThatAreUnlikeInNothing) {
  ExpectRefused(Changed("through = \"pointer\"", ""),
                "are unlike the others in nothing");
}

TEST(ReadForms, RefusesACaseThatHasTwoForms) {
  ExpectRefused(std::string(kGood) + kGood, "has pool/pair a second time");
}

TEST(ReadForms, RefusesWhatIsNoToml) {
  ExpectRefused("[[cases]\n", "is no TOML");
}

}  // namespace
}  // namespace workbook
