// SPDX-License-Identifier: Apache-2.0

#include "tools/support/history/search.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "tools/probe/sanitizer.h"
#include "tools/support/history/case_text.h"
#include "tools/support/history/sample_lender.h"

namespace workbook::history {
namespace {

using Calls = std::vector<std::uint8_t>;
constexpr std::uint8_t kTake = 0;
constexpr std::uint8_t kGive = 1;
constexpr Budget kShort = {.enumerated = 2000, .random = 200};

template <Fault kFault>
Found SearchFor(const Budget& budget = kShort) {
  static constexpr Machine machine = LenderMachine<kFault>();
  return Search(machine, budget);
}

// `in_sanitizers`: a sanitizer sees it first, and says it in its own words.
template <Fault kFault>
void ExpectCase(const Calls& calls, Verdict verdict, const std::string& part,
                bool in_sanitizers = false) {
  const Found found = SearchFor<kFault>();
  ASSERT_TRUE(found.found);
  EXPECT_EQ(found.outcome.history.calls, calls);
  if (in_sanitizers && WORKBOOK_SANITIZER_MALLOC) return;
  EXPECT_EQ(found.outcome.verdict, verdict);
  EXPECT_NE(found.outcome.sentence.find(part), std::string::npos)
      << found.outcome.sentence;
}

TEST(SearchTest, FindsNothingInWhatIsRight) {
  const Found found = SearchFor<Fault::kNone>();
  EXPECT_FALSE(found.found) << ShowCase(found.outcome, 9);
  EXPECT_GE(found.complete_cost, 4);
  EXPECT_EQ(found.todo, "");
  EXPECT_EQ(found.children, 2u) << "one for each way of searching";
}

TEST(SearchTest, FindsTheCheapestHistory) {
  ExpectCase<Fault::kForgetsSecond>({kTake, kTake}, Verdict::kWrong,
                                    "lender.Count() is 1; expected 2");
}

TEST(SearchTest, NeedsTwoChildrenMoreForACase) {
  EXPECT_EQ(SearchFor<Fault::kForgetsSecond>().children, 3u);
}

TEST(SearchTest, ShortensWhatRandomCallsFind) {
  const Found found = SearchFor<Fault::kSeventhIsNull>(
      {.enumerated = 20, .random = 200, .seed = 3});
  ASSERT_TRUE(found.found);
  EXPECT_EQ(found.outcome.history.calls, Calls(7, kTake));
  EXPECT_EQ(found.outcome.sentence, "g is nullptr");
}

TEST(SearchTest, SeesCrashes) {
  ExpectCase<Fault::kReadsNull>({kTake, kTake}, Verdict::kCrashed, "nullptr",
                                true);
  ExpectCase<Fault::kCallsItself>({kTake, kTake}, Verdict::kCrashed,
                                  "calls itself without end", true);
}

TEST(SearchTest, QuotesWhatAbortPrinted) {
  ExpectCase<Fault::kAborts>({kTake, kTake}, Verdict::kCrashed,
                             "abort(): lender.cc:7: the block is not lent");
}

TEST(SearchTest, SeesCallsThatDoNotReturn) {
  ExpectCase<Fault::kSpins>({kTake, kTake}, Verdict::kHangs,
                            "the call does not return");
}

TEST(SearchTest, TellsACallFromTheQuestionBehindIt) {
  ExpectCase<Fault::kCountReadsNull>({kTake, kTake}, Verdict::kCrashed,
                                     "the call returns; a question behind it "
                                     "crashes: ",
                                     true);
  ExpectCase<Fault::kCountSpins>({kTake, kTake}, Verdict::kHangs,
                                 "the call returns; a question behind it does "
                                 "not");
}

TEST(SearchTest, SeesCallsThatWaitForEver) {
  static constexpr Machine machine = LenderMachine<Fault::kWaits>();
  const Outcome outcome = Play(machine, {.calls = {kTake, kTake}});
  EXPECT_EQ(outcome.verdict, Verdict::kHangs);
}

TEST(SearchTest, SeesMisuseOfTheHeap) {
  ExpectCase<Fault::kOverruns>({kTake, kTake}, Verdict::kWrong,
                               "a byte behind a piece of the heap", true);
  ExpectCase<Fault::kWritesFreed>({kTake, kGive}, Verdict::kWrong,
                                  "after it was given back", true);
  ExpectCase<Fault::kFreesTwice>({kTake, kGive}, Verdict::kWrong,
                                 "freed twice");
  ExpectCase<Fault::kLeaks>({kTake, kGive}, Verdict::kWrong,
                            "16 bytes were never given back");
}

TEST(SearchTest, SeesWhatIsLentBadly) {
  ExpectCase<Fault::kMisaligns>({kTake}, Verdict::kWrong,
                                "a is not aligned to 32 bytes");
  ExpectCase<Fault::kLendsAgain>({kTake, kTake}, Verdict::kWrong,
                                 "b lies in memory that is still lent as a");
  ExpectCase<Fault::kScribbles>({kTake, kTake}, Verdict::kWrong,
                                "byte 15 of a was overwritten");
}

TEST(SearchTest, RefusesAllocations) {
  ExpectCase<Fault::kSwallowsRefusal>({3}, Verdict::kWrong,
                                      "must throw std::bad_alloc");
}

TEST(SearchTest, ShowsNoCaseOfWhatIsNotWritten) {
  const Found found = SearchFor<Fault::kGiveIsNotWritten>();
  EXPECT_FALSE(found.found);
  EXPECT_EQ(found.todo, "01_02 task 1: Lender::Give is yours to write");
  EXPECT_FALSE(SearchFor<Fault::kEndsInTodo>().found);
}

TEST(SearchTest, ShowsACaseOfWhatIsWritten) {
  const Found found = SearchFor<Fault::kForgetsAndGiveIsNotWritten>();
  ASSERT_TRUE(found.found);
  EXPECT_EQ(found.outcome.history.calls, Calls(2, kTake));
}

TEST(SearchTest, PassesOverWhatDoesNotFailAlone) {
  EXPECT_FALSE(SearchFor<Fault::kFailsLater>().found);
}

TEST(SearchTest, FindsTheSameEachTime) {
  const Found one = SearchFor<Fault::kLendsAgain>();
  const Found other = SearchFor<Fault::kLendsAgain>();
  EXPECT_EQ(one.histories, other.histories);
  EXPECT_EQ(ShowCase(one.outcome, kMaxCalls),
            ShowCase(other.outcome, kMaxCalls));
}

TEST(SearchTest, EndsInTime) {
  using std::chrono::steady_clock;
  const auto start = steady_clock::now();
  const Found found = SearchFor<Fault::kNone>(
      {.enumerated = 1'000'000'000, .random = 1'000'000'000, .seconds = 0.3});
  EXPECT_FALSE(found.found);
  EXPECT_LT(steady_clock::now() - start, std::chrono::seconds(60));
}

}  // namespace
}  // namespace workbook::history
