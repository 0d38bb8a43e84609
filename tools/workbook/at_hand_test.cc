// SPDX-License-Identifier: Apache-2.0

// The real binary on the sample course: which exercise a command without NN_MM
// means, and which tasks of it have nothing to test yet.
#include <string>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tools/problem/exit_code.h"
#include "tools/workbook/sample_workbook.h"

namespace workbook::cli {
namespace {

using Json = nlohmann::json;

// 09_01 is first on the way; 09_02 is solved by its one task, whose file is
// edited.
class AtHand : public testing::Test, public SampleWorkbook {
 protected:
  using SampleWorkbook::Run;  // not the one that GoogleTest calls

  void Edit(const std::string& file) const {
    Write("exercises/" + file, Read("exercises/" + file) + "// mine\n");
  }

  // From now on the test of 09_02 is red.
  void MakeRed() {
    const std::string file = "09_02/logs/green_test/test.xml";
    std::string xml = Recorded(file);
    const std::string end = "classname=\"Task1Green\" />";
    ReplayFile(file, xml.replace(xml.find(end), end.size(),
                                 "classname=\"Task1Green\"><failure><![CDATA["
                                 "exercises/09_02/green_test.cc:7\nFailed\nwhy"
                                 "]]></failure></testcase>"));
  }
};

void ExpectStarts(const std::string& text, const std::string& start) {
  EXPECT_TRUE(text.starts_with(start)) << start << "\nnot before\n" << text;
}

void ExpectHas(const std::string& text, const std::string& part) {
  EXPECT_NE(text.find(part), std::string::npos) << part << "\nin\n" << text;
}

constexpr char kGoesOn[] =
    "09_02 is solved and unchanged since its last check, so this is 09_01. "
    "Back: ./workbook check 09_02\n";

TEST_F(AtHand, ASolvedExerciseIsLeftOnceNothingWasEdited) {
  Run({"check", "09_02"});
  const ProcessResult result = RunAsTyped({"check"});
  ExpectStarts(result.output, "09_01 Every way to stand");
  ExpectStarts(result.errors, kGoesOn);
  ExpectStarts(RunAsTyped({"watch", "--checks", "1"}).output,
               "09_01 Every way to stand");
}

TEST_F(AtHand, WatchTellsThatItGoesOn) {
  Run({"check", "09_02"});
  ExpectStarts(RunAsTyped({"watch", "--checks", "1"}).output, kGoesOn);
}

TEST_F(AtHand, AnEditKeepsASolvedExercise) {
  Run({"check", "09_02"});
  Edit("09_02/green.h");
  const ProcessResult result = RunAsTyped({"check"});
  ExpectStarts(result.output, "09_02 All green");
  EXPECT_EQ(result.errors.find("so this is"), std::string::npos)
      << "it is where it was\n"
      << result.errors;
}

TEST_F(AtHand, ATaskThatWasBrokenAgainKeepsASolvedExercise) {
  Run({"check", "09_02"});
  MakeRed();
  Run({"check", "09_02"});
  ExpectStarts(RunAsTyped({"hint"}).output, "09_02 task 1, hint 1 of 3");
  ExpectStarts(RunAsTyped({"check"}).output, "09_02 All green");
}

TEST_F(AtHand, AnEditInAnotherExerciseGoesThereAndSaysSo) {
  Run({"check", "09_01"});
  Edit("09_02/green.h");
  const std::string told =
      "You edited 09_02 last, so this is 09_02, no longer 09_01. Back: "
      "./workbook check 09_01\n";
  ExpectStarts(RunAsTyped({"hint"}).errors, told);
  const ProcessResult result = RunAsTyped({"check", "--json"});
  EXPECT_EQ(Json::parse(result.output)["exercise"], "09_02");
  ExpectStarts(result.errors, told);
}

TEST_F(AtHand, AFirstEditAfterTheFirstStartCounts) {
  Run({});
  Edit("09_02/green.h");
  ExpectStarts(RunAsTyped({"check"}).output, "09_02 All green");
}

TEST_F(AtHand, NextLeavesWhatWasEdited) {
  Run({"check", "09_02"});
  Edit("09_02/green.h");
  ExpectHas(Run({"next"}).output, "09_01 Every way to stand");
  ExpectStarts(RunAsTyped({"check"}).output, "09_01 Every way to stand");
}

TEST_F(AtHand, AFileThatIsItsStubAgainIsNoEdit) {
  Run({"check", "09_01"});
  ASSERT_EQ(Run({"reset", "09_02", "--yes"}).exit_code, kExitOk);
  ExpectStarts(RunAsTyped({"check"}).output, "09_01 Every way to stand");
}

constexpr char kLater[] = "\n   7+ The endless task         later ";

TEST_F(AtHand, ADeepTaskThatIsItsStubIsForLater) {
  const std::string stub = Read("exercises/09_01/endless.h");
  Write("exercises/09_01/before/endless.h", stub);
  Run({"check", "09_01"});
  ExpectHas(RunAsTyped({"check", "09_01"}).output, kLater);
  Write("exercises/09_01/endless.h", stub);
  ExpectHas(RunAsTyped({"check", "09_01"}).output, kLater);
  ExpectHas(RunAsTyped({"check", "09_01", "7"}).output, "  timed out ");
  ExpectHas(RunAsTyped({"check", "09_01", "--all"}).output, "  timed out ");
}

TEST_F(AtHand, ADeepTaskThatIsEditedIsTested) {
  Write("exercises/09_01/before/endless.h", Read("exercises/09_01/endless.h"));
  Edit("09_01/endless.h");
  ExpectHas(RunAsTyped({"check", "09_01"}).output,
            "\n   7+ The endless task         timed out ");
}

}  // namespace
}  // namespace workbook::cli
