// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/text/contracts.h"

#include <gtest/gtest.h>

#include <string>

namespace workbook {
namespace {

// "LINE: WHAT" of each fault, a line each.
std::string Found(const std::string& text) {
  std::string found;
  for (const TextFault& fault : FaultsInContracts(text)) {
    EXPECT_FALSE(fault.fix.empty());
    found += std::to_string(fault.line) + ": " + fault.what + "\n";
  }
  return found;
}

std::string NoVerb(int line, const std::string& name, const std::string& word) {
  return std::to_string(line) + ": begins the contract of " + name + " with `" +
         word + "`, which is no verb in the third person\n";
}

TEST(Contracts, AcceptsTheGrammar) {
  EXPECT_EQ(Found("// Grows `span` in place.\n"
                  "// REQUIRES: pages > 0.\n"
                  "// Cost: O(1).\n"
                  "// Thread safety: any thread.\n"
                  "bool Extend(Span* span, int pages);\n"),
            "");
}

TEST(Contracts, RefusesAFirstWordThatIsNoVerb) {
  EXPECT_EQ(Found("// The next number.\nint Next();\n"),
            NoVerb(1, "Next", "The"));
  EXPECT_EQ(Found("// Return the next number.\nint Next();\n"),
            NoVerb(1, "Next", "Return"));
  EXPECT_EQ(Found("// Whether it is empty.\nbool Empty() { return true; }\n"),
            NoVerb(1, "Empty", "Whether"));
  EXPECT_EQ(Found("// REQUIRES: a number.\nint Next();\n"),
            NoVerb(1, "Next", "REQUIRES"));
}

TEST(Contracts, ReadsNamespacesAndPublicMembers) {
  EXPECT_EQ(Found("namespace workbook {\n\n"
                  "// A pool.\n"
                  "class Pool {\n public:\n"
                  "  // [yours]\n"
                  "  // An empty pool.\n"
                  "  explicit Pool(int size);\n\n"
                  " private:\n"
                  "  // The next.\n"
                  "  int Next();\n"
                  "  int next_ = 0;\n"
                  "};\n\n"
                  "}  // namespace workbook\n"),
            NoVerb(7, "Pool", "An"));
}

TEST(Contracts, OnlyFunctionsHaveOne) {
  EXPECT_EQ(Found("// The most.\ninline constexpr int kMax = 3;\n\n"
                  "// A word for it.\nusing Word = int;\n\n"
                  "// Both sides.\nenum class Side { kBuy, kSell };\n\n"
                  "// What fits.\nstatic_assert(sizeof(int) == 4);\n\n"
                  "// A comment alone.\n\n"
                  "struct S {\n"
                  "  // Not movable.\n"
                  "  S(const S&) = delete;\n"
                  "  // Blocks die with it.\n"
                  "  ~S() = default;\n"
                  "};\n"),
            "");
}

TEST(Contracts, RefusesALabelInTheMiddleOfALine) {
  EXPECT_EQ(Found("// Returns the sum. Cost: O(1).\n"
                  "// Thread safety: any thread. On failure: 0.\n"
                  "int Sum();\n"),
            "1: has the label `Cost:` in the middle of a line\n"
            "2: has the label `On failure:` in the middle of a line\n");
  EXPECT_EQ(Found("// A class. Thread safety: none.\nclass C {\n};\n"),
            "1: has the label `Thread safety:` in the middle of a line\n");
}

TEST(Contracts, ALabelIsAWholeWord) {
  EXPECT_EQ(Found("// Returns what std::Cost::value has.\nint Sum();\n"), "");
}

TEST(Contracts, KnowsVerbs) {
  for (const char* word : {"Grows", "Returns", "Does", "Frees", "Has"}) {
    EXPECT_TRUE(IsThirdPersonVerb(word)) << word;
  }
  for (const char* word : {"", "s", "Grow", "grows", "This", "Bytes", "Less",
                           "Its", "Pass", "REQUIRES"}) {
    EXPECT_FALSE(IsThirdPersonVerb(word)) << word;
  }
}

}  // namespace
}  // namespace workbook
