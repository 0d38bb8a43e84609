// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/rows.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "tools/bench/runner.h"

namespace workbook {
namespace {

void Nothing(benchmark::State&) {}

using Rows = std::vector<std::unique_ptr<Row>>;

Row* Add(Rows& rows, const std::string& case_name,
         const std::string& implementation) {
  auto row = std::make_unique<Row>();
  row->case_name = case_name;
  row->role = "peer";
  row->implementation = implementation;
  rows.push_back(std::move(row));
  return rows.back().get();
}

std::vector<std::string> Names(const Rows& rows, const std::string& filter) {
  std::vector<std::string> names;
  for (const auto& instances : SelectCases(rows, filter)) {
    for (const auto& instance : instances) names.push_back(instance.name);
  }
  return names;
}

TEST(Row, IsNamedByCaseRoleAndImplementation) {
  EXPECT_EQ(
      AddRow("stem/case", Role::kBaseline, "new/delete", Nothing)->Name(1),
      "stem/case/baseline:new/delete");
  EXPECT_EQ(AddRow("stem/case", Role::kPeer, "std::pmr pool", Nothing)->Name(1),
            "stem/case/peer:std::pmr pool");
}

TEST(Row, SaysWhoseTheSubjectIs) {
  EXPECT_EQ(AddRow("stem/whose", Role::kSubject, "Pool", Nothing)->Name(1),
            "stem/whose/yours:Pool");
  EXPECT_EQ(
      AddRow("stem/whose", Role::kSubject, "Pool", Nothing, Subject::kReference)
          ->Name(1),
      "stem/whose/reference:Pool");
}

TEST(Row, WithThreadsIsACaseForEachCount) {
  Row* const row = AddRow("stem/shared", Role::kPeer, "other", Nothing);
  row->Threads(1)->Threads(4)->Threads(4);
  EXPECT_EQ(row->thread_counts, (std::vector<int>{1, 4}));
  EXPECT_EQ(row->CaseName(4), "stem/shared/threads:4");
  EXPECT_EQ(row->Name(1), "stem/shared/threads:1/peer:other");
}

TEST(Row, ThreadRangeDoublesUpToTheProcessors) {
  const std::vector<int> counts =
      AddRow("stem/range", Role::kPeer, "other", Nothing)
          ->ThreadRange()
          ->thread_counts;
  ASSERT_FALSE(counts.empty());
  EXPECT_EQ(counts[0], 1);
  for (std::size_t i = 1; i < counts.size(); ++i) {
    EXPECT_EQ(counts[i], 2 * counts[i - 1]);
  }
  EXPECT_LE(counts.back(), 16);
}

TEST(AddGap, NamesThePackage) {
  Row* const row = AddGap("stem/case", "boost::pool", "libboost1.81-dev");
  EXPECT_EQ(row->gap, "not installed: apt-get install libboost1.81-dev");
  EXPECT_EQ(row->Name(1), "stem/case/peer:boost::pool");
}

TEST(AllRows, HoldsWhatWasAddedInOrder) {
  const std::size_t before = AllRows().size();
  Row* const first = AddRow("stem/first", Role::kPeer, "a", Nothing);
  Row* const second = AddRow("stem/second", Role::kPeer, "b", Nothing);
  ASSERT_EQ(AllRows().size(), before + 2);
  EXPECT_EQ(AllRows()[before].get(), first);
  EXPECT_EQ(AllRows()[before + 1].get(), second);
}

TEST(SelectCases, GroupsByCaseInTheOrderOfRegistration) {
  Rows rows;
  Add(rows, "s/z", "1");
  Add(rows, "s/a", "2");
  Add(rows, "s/z", "3");
  EXPECT_EQ(Names(rows, ""), (std::vector<std::string>{
                                 "s/z/peer:1", "s/z/peer:3", "s/a/peer:2"}));
}

TEST(SelectCases, ComparesLikeThreadCounts) {
  Rows rows;
  Add(rows, "s/c", "1")->Threads(1)->Threads(2);
  Add(rows, "s/c", "2")->Threads(1)->Threads(2);
  const auto cases = SelectCases(rows, "");
  ASSERT_EQ(cases.size(), 2u);
  EXPECT_EQ(cases[0][0].name, "s/c/threads:1/peer:1");
  EXPECT_EQ(cases[0][1].name, "s/c/threads:1/peer:2");
  EXPECT_EQ(cases[1][0].threads, 2);
}

TEST(SelectCases, FiltersByARegularExpressionAndItsNegation) {
  Rows rows;
  Add(rows, "s/lifo", "a");
  Add(rows, "s/fifo", "a");
  Add(rows, "s/fifo", "b");
  EXPECT_EQ(Names(rows, "fifo/.*:b$"),
            (std::vector<std::string>{"s/fifo/peer:b"}));
  EXPECT_EQ(Names(rows, "-fifo"), (std::vector<std::string>{"s/lifo/peer:a"}));
  EXPECT_TRUE(Names(rows, "nothing").empty());
}

TEST(SelectCases, RefusesTwoRowsOfOneNameAndAFilterThatIsNone) {
  Rows rows;
  Add(rows, "s/c", "a");
  EXPECT_THROW(SelectCases(rows, "("), std::invalid_argument);
  Add(rows, "s/c", "a");
  EXPECT_THROW(SelectCases(rows, ""), std::invalid_argument);
}

}  // namespace
}  // namespace workbook
