// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/needs.h"

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "tools/process/scratch_folder.h"

namespace workbook::cli {
namespace {

// A machine that has nothing: an empty PATH, and no header.
class BareMachine : public testing::Test {
 protected:
  BareMachine() : path_(::getenv("PATH")) {
    ::setenv("PATH", folder_.path().c_str(), 1);
    ::setenv("WORKBOOK_SYSTEM_ROOT", folder_.path().c_str(), 1);
  }
  ~BareMachine() override {
    ::setenv("PATH", path_.c_str(), 1);
    ::unsetenv("WORKBOOK_SYSTEM_ROOT");
  }
  void Install(const std::string& file) {
    const auto path = folder_.path() / file;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << "#!/bin/sh\n";
    std::filesystem::permissions(path, std::filesystem::perms{0755});
  }

  const ScratchFolder folder_;
  const std::string path_;
};

TEST_F(BareMachine, EachCommandNamesWhatItLacksWhatForAndHowToGetIt) {
  const std::pair<const char*, const char*> expected[] = {
      {"grade", "bwrap (jails the programs that are graded)"},
      {"regrade", "archive.h (reads archives that were handed in)"},
      {"apply", "nettle/sha2.h (names files by their contents)"},
      {"run-job", "bwrap (jails the programs that are graded)"},
      {"release", "nettle/sha2.h (names files by their contents)"},
      {"similarity", "sim_c++ (finds equal code)"},
      {"verify", "patch (makes mutants of the references)"}};
  for (const auto& [command, lack] : expected) {
    const auto problem = WhatIsMissing(command);
    ASSERT_TRUE(problem.has_value()) << command;
    EXPECT_EQ(problem->what.find(std::string(command) + " needs"), 0U);
    EXPECT_NE(problem->what.find(lack), std::string::npos) << problem->what;
    EXPECT_EQ(problem->next, command == std::string("verify")
                                 ? "./workbook setup --author"
                                 : "./workbook setup --grade");
    EXPECT_EQ(problem->exit_code, kExitEnvironment);
  }
}

TEST_F(BareMachine, ALearnersCommandLacksNothing) {
  for (const char* command : {"check", "bench", "doctor", ""}) {
    EXPECT_FALSE(WhatIsMissing(command).has_value()) << command;
  }
}

TEST_F(BareMachine, WhatIsInstalledIsNotNamed) {
  for (const char* program : {"bwrap", "sim_c++"}) Install(program);
  Install("usr/include/x86_64-linux-gnu/archive.h");
  const auto problem = WhatIsMissing("similarity");
  ASSERT_TRUE(problem.has_value());
  EXPECT_EQ(problem->what,
            "similarity needs what is not installed: nettle/sha2.h (names "
            "files by their contents)");
  Install("usr/local/include/nettle/sha2.h");
  for (const char* command : {"grade", "release", "similarity"}) {
    EXPECT_FALSE(WhatIsMissing(command).has_value()) << command;
  }
}

}  // namespace
}  // namespace workbook::cli
