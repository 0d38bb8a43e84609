// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/assembly/disassembly.h"

#include "gtest/gtest.h"
#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

std::string TestData(const std::string& name) {
  return ReadTextFile("tools/workbook/assembly/testdata/" + name).value();
}

CodeFunction Recorded(const std::string& element) {
  for (const CodeFunction& each : ReadCodeFunctions(TestData("symbols.txt"))) {
    if (each.name.starts_with("workbook::DynArray<" + element)) return each;
  }
  return {};
}

PartListing Reallocate() {
  const CodeFunction function = Recorded("long");
  return ReadPart(function, function.parts.at(0),
                  TestData("reallocate_long.txt"));
}

TEST(ReadPart, TakesInstructionsBySourceLine) {
  const PartListing part = Reallocate();
  EXPECT_EQ(part.clone, "");
  ASSERT_GE(part.blocks.size(), 4u);
  EXPECT_EQ(part.blocks[0].file, "solutions/03_01/dyn_array.h");
  EXPECT_EQ(part.blocks[0].line, 83);
  ASSERT_EQ(part.blocks[0].instructions.size(), 4u);
  EXPECT_EQ(part.blocks[0].instructions[1].text, "mov    rbp,rsp");
  EXPECT_EQ(part.blocks[0].instructions[1].offset, 1u);
  EXPECT_EQ(part.blocks[1].file, "/usr/include/c++/12/bits/new_allocator.h");
}

TEST(ReadPart, NamesPlacesInTheFunctionByTheirOffset) {
  std::string text;
  for (const SourceBlock& block : Reallocate().blocks) {
    for (const auto& each : block.instructions) text += each.text + "\n";
  }
  EXPECT_NE(text.find("je     70\n"), std::string::npos) << text;
  EXPECT_NE(text.find("call   operator new(unsigned long)\n"),
            std::string::npos)
      << text;
  EXPECT_EQ(text.find("f880"), std::string::npos) << "an address says nothing";
}

TEST(ReadPart, CountsCallsOfAllocators) {
  Listing listing{.name = "Reallocate", .parts = {Reallocate()}};
  EXPECT_EQ(listing.AllocatorCalls(),
            (std::map<std::string, int>{{"operator delete", 1},
                                        {"operator new", 1}}));
  EXPECT_EQ(listing.Instructions(), 37);
  EXPECT_TRUE(listing.IsFrom("solutions/03_01/", {"dyn_array.h"}));
  EXPECT_FALSE(listing.IsFrom("solutions/03_01/", {"retention.h"}));
  EXPECT_FALSE(listing.IsFrom("exercises/03_01/", {"dyn_array.h"}));
}

TEST(ReadPart, KnowsAColdPartAndTheAddressesOfData) {
  const CodeFunction function = Recorded("workbook::Element<false>");
  ASSERT_EQ(function.parts.size(), 2u);
  const PartListing part =
      ReadPart(function, function.parts[1], TestData("reallocate_cold.txt"));
  EXPECT_EQ(part.clone, ".cold");
  std::string text;
  for (const SourceBlock& block : part.blocks) {
    for (const auto& each : block.instructions) {
      text += each.text + each.allocator + "\n";
    }
  }
  EXPECT_NE(text.find("mov    DWORD PTR [rip],edi        # "
                      "workbook::Element<false>::log\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("call   operator delete(void*, unsigned long)operator "
                      "delete\n"),
            std::string::npos)
      << text;
  EXPECT_EQ(text.find("log+0x"), std::string::npos)
      << "the symbol in front of a constant is any one\n"
      << text;
  EXPECT_NE(text.find("call   __cxa_rethrow@plt\n"), std::string::npos) << text;
}

// A call that is the last thing a function does is a jump.
TEST(ReadPart, ATailCallIsACall) {
  const CodeFunction function{"F()", {{"F()", 0x10, 0x20}}};
  const PartListing part = ReadPart(function, function.parts[0],
                                    "/proc/self/cwd/./exercises/09_01/f.h:?\n"
                                    "      10:\tjne    1a <F()+0xa>\n"
                                    "      12:\tjmp    40 <free@plt>\n"
                                    "      30:\tnop\n");
  ASSERT_EQ(part.blocks.size(), 1u);
  EXPECT_EQ(part.blocks[0].file, "exercises/09_01/f.h");
  ASSERT_EQ(part.blocks[0].instructions.size(), 2u) << "0x30 is behind its end";
  EXPECT_EQ(part.blocks[0].instructions[0].text, "jne    a");
  EXPECT_EQ(part.blocks[0].instructions[1].allocator, "free");
}

TEST(AllocatorNamed, KnowsBothFamiliesAndNothingElse) {
  EXPECT_EQ(AllocatorNamed("operator new[](unsigned long)@plt"),
            "operator new[]");
  EXPECT_EQ(AllocatorNamed("operator delete(void*)"), "operator delete");
  EXPECT_EQ(AllocatorNamed("malloc@plt"), "malloc");
  EXPECT_EQ(AllocatorNamed("realloc@GLIBC_2.2.5"), "realloc");
  EXPECT_EQ(AllocatorNamed("workbook::malloc(int)"), "");
  EXPECT_EQ(AllocatorNamed("freeaddrinfo@plt"), "");
  EXPECT_EQ(AllocatorNamed("operator newer(int)"), "");
}

}  // namespace
}  // namespace workbook::cli
