// SPDX-License-Identifier: Apache-2.0

#include "tools/support/history/case_text.h"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "tools/process/process.h"
#include "tools/support/history/sample_lender.h"

namespace workbook::history {
namespace {

constexpr Machine kLender = LenderMachine<Fault::kForgetsSecond>();

// An object of many words.
struct Wide {
  explicit Wide(std::size_t set) {
    for (std::size_t i = 0; i != set; ++i) words[3 * i + 1] = i + 1;
  }
  std::array<std::size_t, 64> words{};
};

class WideCase : public Subject {
 public:
  static constexpr int kConfigs = 2;

  void Start(int config) {
    Say("Wide wide(set);");
    In([](auto& wide, int which) { wide.Make(which == 0 ? 2u : 20u); }, wide_,
       config);
    Draw("wide", wide_);
  }
  bool Clear(int) {
    Say("wide.words[1] = 0;");
    In([](auto& wide) { wide->words[1] = 0; }, wide_);
    return true;
  }
  bool Fill(int) {
    Say("wide.words.fill(7);");
    In([](auto& wide) { wide->words.fill(7); }, wide_);
    return true;
  }
  void Check() {}
  bool CanEnd() const { return true; }
  void End() {
    In([](auto& wide) { wide.End(); }, wide_);
  }

  static constexpr CallKind<WideCase> kCalls[] = {{1, &WideCase::Clear},
                                                  {1, &WideCase::Fill}};

 private:
  Object<Wide> wide_;
};

Outcome Forgets() { return Play(kLender, {.calls = {0, 1, 0, 0}}); }

TEST(CaseTextTest, ShowsProgramSentenceAndTheLastSteps) {
  EXPECT_EQ(ShowCase(Forgets(), 2), R"(    Lender lender(fault);
    void* a = lender.Take();
    lender.Give(a);
    void* b = lender.Take();
    void* c = lender.Take();   // <-- here
WRONG: lender.Count() is 1; expected 2

3  void* b = lender.Take();
    heap 2, 16 bytes |[b LENT]|
    lender:  +8=1  +16=->b

4  void* c = lender.Take();
    heap 2, 16 bytes |[b LENT]|
    heap 3, 16 bytes |[c LENT]|
    lender:  +16=->c
   WRONG: lender.Count() is 1; expected 2
)");
}

TEST(CaseTextTest, DrawsWhatIsFreeAndWhatNeverWasLent) {
  const auto steps = StepsOf(Forgets());
  ASSERT_EQ(steps.size(), 5u);
  EXPECT_EQ(steps[0].line, "Lender lender(fault);");
  EXPECT_NE(steps[0].picture.find("the heap is empty"), std::string::npos);
  EXPECT_NE(steps[2].picture.find("(given back!)"), std::string::npos)
      << "the lender still knows the address\n"
      << steps[2].picture;
}

TEST(CaseTextTest, MakesATest) {
  const std::string test = ShowTest(Forgets(), kLender, "MyCases", "Forgets");
  EXPECT_NE(test.find("#include \"tools/support/history/sample_lender.h\"\n"),
            std::string::npos);
  EXPECT_NE(test.find("TEST(MyCases, Forgets) {\n  Lender lender(fault);\n"),
            std::string::npos);
  EXPECT_NE(test.find("  EXPECT_EQ(lender.Count(), 2u);\n}\n"),
            std::string::npos);
}

TEST(CaseTextTest, NamesEachCallAndEachCheckOnce) {
  const std::string test = ShowEachCall(kLender);
  EXPECT_NE(test.find("TEST(EachCall, History0) {\n  Lender lender(fault);\n"),
            std::string::npos)
      << test;
  const std::string check = "  EXPECT_EQ(lender.Count(), ";
  const std::size_t at = test.find(check);
  ASSERT_NE(at, std::string::npos) << test;
  EXPECT_EQ(test.find(check, test.find("TEST", at)), test.find(check, at + 1))
      << "once in a history";
  EXPECT_NE(test.find("lender.Give("), std::string::npos);
}

TEST(CaseTextTest, SaysWhereNothingChanged) {
  static constexpr Machine machine = LenderMachine<Fault::kNone>();
  const auto steps = StepsOf(Play(machine, {.calls = {3}}));
  ASSERT_EQ(steps.size(), 3u) << "the last is the end";
  EXPECT_EQ(steps[1].picture,
            "    the heap is empty\n    lender:  as before\n");
}

TEST(CaseTextTest, ShowsTheFirstFieldsOfAnObjectThatAreNotZero) {
  static constexpr Machine machine = MachineOf<WideCase>("", "");
  const std::string empty = "    the heap is empty\n";
  const auto few = StepsOf(Play(machine, {.config = 0, .calls = {0, 1}}));
  EXPECT_EQ(few[0].picture, empty + "    wide:  +8=1  +32=2\n");
  EXPECT_EQ(few[1].picture, empty + "    wide:  +8=0\n")
      << "a word that becomes 0 has changed";
  const std::string twelve =
      "  +0=7  +8=7  +16=7  +24=7  +32=7  +40=7  +48=7  +56=7  +64=7  +72=7"
      "  +80=7  +88=7";
  EXPECT_EQ(few[2].picture, empty + "    wide:" + twelve + "  and 52 more\n");
  const auto many = StepsOf(Play(machine, {.config = 1, .calls = {0}}));
  EXPECT_TRUE(many[0].picture.ends_with("  +272=12  and 8 more\n"))
      << many[0].picture;
}

TEST(CaseTextTest, ReadsTheHistoriesThatItWrites) {
  const History history{.config = 0, .calls = {0, 1, 3}};
  EXPECT_EQ(HistoryText(history), "0:0,1,3");
  EXPECT_EQ(ReadHistory("0:0,1,3", kLender)->calls, history.calls);
  EXPECT_TRUE(ReadHistory("0:", kLender)->calls.empty());
  for (const char* wrong :
       {"", "0", "1:0", "0:4", "0:0,", "0:0;1", "x:0", "0:-1", "0:999"}) {
    EXPECT_FALSE(ReadHistory(wrong, kLender)) << wrong;
  }
}

ProcessResult Case(const std::vector<std::string>& words) {
  std::vector<std::string> arguments = {"tools/support/history/sample_case",
                                        "--enumerated", "500", "--random",
                                        "50"};
  arguments.insert(arguments.end(), words.begin(), words.end());
  return RunProcess(arguments);
}

TEST(CaseProgramTest, ShowsItsCase) {
  const ProcessResult result = Case({});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.output.find("WRONG: lender.Count() is 1; expected 2"),
            std::string::npos)
      << result.output << result.errors;
}

TEST(CaseProgramTest, SaysTheSameForPrograms) {
  const ProcessResult result = Case({"--raw"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_TRUE(result.output.starts_with(
      "case\nWRONG: lender.Count() is 1; expected 2\n0:0,0\n"
      "workbook::history::Lender\n\n> Lender"))
      << result.output;
}

TEST(CaseProgramTest, PlaysAHistory) {
  EXPECT_EQ(Case({"--play", "0:0,1"}).exit_code, 0);
  EXPECT_EQ(Case({"--play", "0:0,0"}).exit_code, 1);
  EXPECT_EQ(Case({"--here", "0:0,1"}).exit_code, 0);
  EXPECT_NE(Case({"--here", "0:0,0"}).signal, 0) << "a debugger stops there";
}

TEST(CaseProgramTest, RefusesWhatItDoesNotKnow) {
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"--other"}, {"--play"}, {"--play", "7:0"}, {"--seed", "0"}}) {
    const ProcessResult result = Case(words);
    EXPECT_EQ(result.exit_code, 2) << words[0];
    EXPECT_NE(result.errors.find("Fix: "), std::string::npos);
  }
}

}  // namespace
}  // namespace workbook::history
