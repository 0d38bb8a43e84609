// SPDX-License-Identifier: Apache-2.0

// Asks the real g++ and the real objdump.
#include "tools/workbook/assembly/objdump.h"

#include <cstdlib>
#include <fstream>

#include "gtest/gtest.h"
#include "tools/process/process.h"
#include "tools/process/scratch_folder.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

constexpr char kSource[] =
    "namespace workbook {\n"
    "int* Make() { return new int(7); }\n"
    "void Drop(int* p) { delete p; }\n"
    "int Twice(int i) { return 2 * i; }\n"
    "}\n"
    "int main() { workbook::Drop(workbook::Make()); }\n";

class Objdump : public testing::Test {
 protected:
  Objdump() {
    const fs::path source = scratch_.path() / "sample.cc";
    std::ofstream(source) << kSource;
    built_ = RunProcess(
        {"g++", "-O2", "-g1", source.string(), "-o", program().string()});
  }

  fs::path program() const { return scratch_.path() / "sample"; }

  Listing Ask(const std::string& name) const {
    const FunctionsAnswer answer = AskFunctions(program());
    EXPECT_FALSE(answer.problem) << answer.problem->what;
    const auto found = FunctionsNamed(answer.functions, name);
    if (found.size() != 1) return {};
    ListingAnswer asked = AskListing(program(), found[0]);
    EXPECT_FALSE(asked.problem) << asked.problem->what;
    return asked.listing;
  }

  const ScratchFolder scratch_;
  ProcessResult built_;
};

TEST_F(Objdump, SaysWhatARealProgramCalls) {
  ASSERT_TRUE(built_.ExitedWith(0)) << built_.errors;
  EXPECT_EQ(Ask("Make").AllocatorCalls(),
            (std::map<std::string, int>{{"operator new", 1}}));
  EXPECT_EQ(Ask("Drop").AllocatorCalls(),
            (std::map<std::string, int>{{"operator delete", 1}}));
  const Listing twice = Ask("Twice");
  EXPECT_TRUE(twice.AllocatorCalls().empty());
  EXPECT_EQ(twice.Instructions(), 2) << "lea, ret";
  ASSERT_FALSE(twice.parts.empty());
  EXPECT_EQ(twice.parts[0].blocks.at(0).line, 4);
}

TEST_F(Objdump, SaysWhatToInstall) {
  EXPECT_FALSE(MissingObjdump());
  const std::string path = std::getenv("PATH");
  ::setenv("PATH", scratch_.path().c_str(), 1);
  const auto missing = MissingObjdump();
  ::setenv("PATH", path.c_str(), 1);
  ASSERT_TRUE(missing);
  EXPECT_EQ(missing->next, "sudo apt-get install binutils");
}

TEST_F(Objdump, SaysWhyItCannotReadAProgram) {
  const FunctionsAnswer none = AskFunctions(scratch_.path() / "nowhere");
  ASSERT_TRUE(none.problem);
  EXPECT_NE(none.problem->what.find("could not read"), std::string::npos);
  std::ofstream(scratch_.path() / "text") << "no program";
  const FunctionsAnswer text = AskFunctions(scratch_.path() / "text");
  ASSERT_TRUE(text.problem);
  EXPECT_EQ(text.problem->where, (scratch_.path() / "text").string());
}

}  // namespace
}  // namespace workbook::cli
