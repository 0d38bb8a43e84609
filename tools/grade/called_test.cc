// SPDX-License-Identifier: Apache-2.0

// What the compiler says that a test calls.
#include "tools/grade/called.h"

#include <gtest/gtest.h>

#include <string>

namespace workbook::grade {
namespace {

using Names = std::set<std::string>;

constexpr char kBody[] =
    "_ZN8workbook12_GLOBAL__N_119Task1Ring_Sums_Test8TestBodyEv";

std::string Node(const std::string& name, int number, const std::string& pretty,
                 const std::string& calls) {
  return name + '/' + std::to_string(number) + " (" + pretty +
         ") @0x7fb9b40fee80\n  Type: function definition analyzed\n"
         "  Called by: \n  Calls: " +
         calls + '\n';
}

TEST(CalledByTest, TellsAFunctionWithItsTypes) {
  EXPECT_EQ(CalledByTest(
                Node(kBody, 1, "virtual void Task1Ring_Sums_Test::TestBody()",
                     "int workbook::Ring::Sum() const/2 (can throw external) "
                     "std::size_t workbook::Ring::Size() const/3 ") +
                Node("int workbook::Ring::Sum() const", 2,
                     "int workbook::Ring::Sum() const", "") +
                Node("std::size_t workbook::Ring::Size() const", 3,
                     "std::size_t workbook::Ring::Size() const", "")),
            (Names{"int workbook::Ring::Sum() const",
                   "size_t workbook::Ring::Size() const"}));
}

TEST(CalledByTest, LeavesOutWhatIsTheLibrarysOrTheTests) {
  EXPECT_EQ(
      CalledByTest(
          Node(kBody, 1, "virtual void TestBody()",
               "_ZNSt6vectorIiE4sizeEv/2 "
               "_ZN8workbook12_GLOBAL__N_14HelpEv/3 "
               "workbook::Ring::Ring(int)/4 workbook::Ring::~Ring()/5 "
               "void operator delete(void*, std::size_t)/6 ") +
          Node("_ZNSt6vectorIiE4sizeEv", 2, "size() [with T = int]", "") +
          Node("_ZN8workbook12_GLOBAL__N_14HelpEv", 3, "void Help()", "") +
          Node("workbook::Ring::Ring(int)", 4, "workbook::Ring::Ring(int)",
               "") +
          Node("workbook::Ring::~Ring()", 5, "workbook::Ring::~Ring()", "") +
          Node("void operator delete(void*, std::size_t)", 6,
               "void operator delete(void*, std::size_t)", "")),
      Names{});
}

TEST(CalledByTest, LeavesOutClonesAndWhatIsNotWritten) {
  EXPECT_EQ(CalledByTest(Node(kBody, 1, "virtual void TestBody()",
                              "void workbook::Todo(const char*)/2 "
                              "_ZN8workbook6InsertEv.constprop.0/3 ") +
                         Node("void workbook::Todo(const char*)", 2,
                              "void workbook::Todo(const char*)", "") +
                         Node("_ZN8workbook6InsertEv.constprop.0", 3,
                              "Insert.constprop", "")),
            Names{});
}

TEST(CalledByTest, TellsWhatAnAssertionCompares) {
  const std::string compare =
      "_ZN7testing8internal11CmpHelperEQIN8workbook3YesEiEEvv";
  const std::string equal = "_ZNK8workbook3YeseqIiEEbRKT_";
  EXPECT_EQ(CalledByTest(
                Node(kBody, 1, "virtual void TestBody()", compare + "/2 ") +
                Node(compare, 2, "void CmpHelperEQ()", equal + "/3 ") +
                Node(equal, 3,
                     "bool workbook::Yes::operator==(const T&) const "
                     "[with T = int]",
                     "_ZN8workbook5InnerEv/4 ") +
                Node("_ZN8workbook5InnerEv", 4, "void workbook::Inner()", "")),
            (Names{"bool workbook::Yes::operator==(const T&) const",
                   "void testing::internal::CmpHelperEQ<workbook::Yes, "
                   "int>()"}));
}

TEST(CalledByTest, SeesAnotherStd) {
  const std::string other = "_ZN8workbook3std10accumulateEv";
  EXPECT_EQ(
      CalledByTest(Node(kBody, 1, "virtual void TestBody()", other + "/2 ") +
                   Node(other, 2, "int workbook::std::accumulate()", "")),
      Names{"int workbook::std::accumulate()"});
}

}  // namespace
}  // namespace workbook::grade
