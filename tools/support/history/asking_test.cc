// SPDX-License-Identifier: Apache-2.0

// One program asks and another answers, as in grading, but outside of a jail.
#include "tools/support/history/asking.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>

#include "tools/process/process.h"
#include "tools/process/scratch_folder.h"
#include "tools/support/history/codec.h"
#include "tools/support/history/sample_lender.h"

namespace workbook::history {
namespace {

constexpr char kAsker[] = "tools/support/history/sample_asker";
constexpr char kAnswerer[] = "tools/support/history/sample_answerer";

// What the asker says when this answers, a command of the shell. Each opens the
// pipes in the order in which the other one does.
std::string AskFor(const std::string& answers) {
  const ScratchFolder folder;
  const std::string path = folder.path().string();
  const ProcessResult run =
      RunProcess({"/bin/sh", "-c",
                  "mkfifo '" + path + "/in' '" + path + "/out' && { ./" +
                      kAsker + " --enumerated 200 --random 20 3<'" + path +
                      "/in' 4>'" + path + "/out' & { " + answers + "; } 4>'" +
                      path + "/in' 3<'" + path + "/out' 2>/dev/null; wait; }"});
  return run.output;
}

std::string AskForFault(Fault fault) {
  return AskFor("WORKBOOK_SAMPLE_FAULT=" +
                std::to_string(static_cast<int>(fault)) + " ./" + kAnswerer);
}

void ExpectFailure(Fault fault, const std::string& sentence) {
  const std::string said = AskForFault(fault);
  EXPECT_TRUE(said.starts_with("failed ")) << said;
  EXPECT_NE(said.find(sentence), std::string::npos) << said;
}

TEST(AskingTest, PassesWhatAnswersRight) {
  const std::string said = AskForFault(Fault::kNone);
  EXPECT_TRUE(said.starts_with("passed 220 ")) << said;
}

TEST(AskingTest, ShowsTheShortestHistoryThatFails) {
  const std::string said = AskForFault(Fault::kForgetsSecond);
  EXPECT_NE(said.find("\n    Lender lender(fault);\n"
                      "    void* a = lender.Take();\n"
                      "    void* b = lender.Take();   // <-- here\n"
                      "WRONG: lender.Count() is 1; expected 2\n"),
            std::string::npos)
      << said;
}

TEST(AskingTest, SeesWhatIsLentBadly) {
  ExpectFailure(Fault::kLendsAgain, "b lies in memory that is still lent as a");
  ExpectFailure(Fault::kScribbles, "byte 15 of a was overwritten");
}

TEST(AskingTest, SeesMisuseOfTheHeap) {
  ExpectFailure(Fault::kOverruns, "a byte behind a piece of the heap");
  ExpectFailure(Fault::kWritesFreed, "after it was given back");
  ExpectFailure(Fault::kFreesTwice, "freed twice");
  ExpectFailure(Fault::kLeaks, "16 bytes were never given back");
  ExpectFailure(Fault::kSwallowsRefusal, "must throw std::bad_alloc");
}

TEST(AskingTest, SeesWhatEndsTheProcess) {
  ExpectFailure(Fault::kReadsNull, "CRASH: it used nullptr");
  ExpectFailure(Fault::kCallsItself, "calls itself without end");
  ExpectFailure(Fault::kAborts, "lender.cc:7: the block is not lent");
  ExpectFailure(Fault::kSpins, "HANGS: the call does not return");
  ExpectFailure(Fault::kWaits, "HANGS: the call does not return");
  ExpectFailure(Fault::kCountReadsNull, "a question behind it crashes");
}

TEST(AskingTest, FailsWhatIsNotWritten) {
  ExpectFailure(Fault::kGiveIsNotWritten,
                "01_02 task 1: Lender::Give is yours to write");
}

// It fails in each hundredth history, and never alone.
TEST(AskingTest, PassesWhatFailsOnlyBehindOthers) {
  const std::string said = AskForFault(Fault::kFailsLater);
  EXPECT_TRUE(said.starts_with("passed ")) << said;
}

TEST(AskingTest, BelievesNoGarbage) {
  for (const char* const answers :
       {"head -c 100000 /dev/urandom >&4", "head -c 9999999 /dev/zero >&4",
        "printf '\\001\\000\\000\\000\\001' >&4; yes >&4",
        "printf '\\001\\000\\000\\000\\001\\377\\377\\377\\177' >&4; "
        "head -c 100000 /dev/urandom >&4"}) {
    const std::string said = AskFor(answers);
    EXPECT_TRUE(said.starts_with("failed ") || said.starts_with("ended "))
        << answers << ": " << said;
  }
}

// Whoever ended it knows whether that was a fault.
TEST(AskingTest, SaysOfWhatIsGoneNoMore) {
  EXPECT_TRUE(AskFor("true").starts_with("ended ")) << AskFor("true");
  const std::string said =
      AskFor("timeout -s KILL 0.02 env WORKBOOK_SAMPLE_FAULT=0 ./" +
             std::string(kAnswerer) + " || true");
  EXPECT_FALSE(said.starts_with("failed ")) << said;
}

TEST(CodecTest, TakesBackWhatItPuts) {
  Writer out;
  const auto row = std::tuple(-5, std::uint64_t{SIZE_MAX}, true, 2.5,
                              std::optional<int>(), std::string_view("text"));
  Put(out, row);
  Reader in(out.bytes);
  using Row = std::decay_t<decltype(row)>;
  EXPECT_EQ(Take<Row>(in), row);
  EXPECT_TRUE(in.ok());
  EXPECT_TRUE(in.IsAtEnd());
}

template <class T, class Other>
bool Fits(const Other& value) {
  Writer out;
  Put(out, value);
  Reader in(out.bytes);
  static_cast<void>(Take<T>(in));
  return in.ok();
}

TEST(CodecTest, RefusesOtherKindsAndOtherRanges) {
  EXPECT_TRUE(Fits<int>(std::int64_t{-7}));
  EXPECT_FALSE(Fits<std::size_t>(-7));
  EXPECT_FALSE(Fits<int>(std::int64_t{1} << 40));
  EXPECT_FALSE(Fits<bool>(2));
  EXPECT_FALSE(Fits<int>(1.0));
  EXPECT_FALSE(Fits<std::string_view>(1));
  EXPECT_FALSE((Fits<std::pair<int, int>>(std::tuple(1, 2, 3))));
  Reader empty("");
  EXPECT_EQ(Take<int>(empty), 0);
  EXPECT_FALSE(empty.ok());
}

}  // namespace
}  // namespace workbook::history
