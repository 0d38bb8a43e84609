// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/task_uses.h"

#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "gtest/gtest.h"
#include "tools/process/scratch_folder.h"

namespace workbook::cli {
namespace {

class TaskUses : public testing::Test {
 protected:
  TaskUses() {
    exercise_.id = "01_02";
    exercise_.folder = "exercises/01_02";
    AddTask("block");
    AddTask("pool");
    AddTask("server");
    AddTask("text");
  }

  void AddTask(const std::string& stem) {
    Task task;
    task.number = static_cast<int>(exercise_.tasks.size()) + 1;
    task.files = {stem + ".h", stem + ".cc"};
    task.test = stem + "_test";
    exercise_.tasks.push_back(task);
  }

  void Write(const std::string& file, const std::string& text) const {
    const auto path = scratch_.path() / exercise_.folder / file;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }

  std::set<int> UsedBy(std::size_t task) const {
    return TasksUsedBy(scratch_.path(), exercise_, exercise_.tasks[task - 1]);
  }

  ScratchFolder scratch_;
  Exercise exercise_;
};

TEST_F(TaskUses, GoThroughHeadersSourcesTestsAndWhatIsGiven) {
  Write("pool.h", "#include <vector>\n#include \"01_02/pool.h\"\n");
  Write("pool.cc", "#include \"01_02/block.h\"\n");
  Write("testing/rig.h", "#include \"01_02/pool.h\"\n");
  Write("server_test.cc", "#include \"exercises/01_02/testing/rig.h\"\n");
  EXPECT_EQ(UsedBy(1), std::set<int>{});
  EXPECT_EQ(UsedBy(2), std::set<int>{1}) << "not itself";
  EXPECT_EQ(UsedBy(3), (std::set<int>{1, 2}));
  EXPECT_EQ(UsedBy(4), std::set<int>{});
}

TEST_F(TaskUses, EndWhereTwoIncludeEachOther) {
  Write("block.h", "#include \"01_02/pool.h\"\n");
  Write("pool.h", "#include \"01_02/block.h\"\n");
  EXPECT_EQ(UsedBy(1), std::set<int>{2});
  EXPECT_EQ(UsedBy(2), std::set<int>{1});
}

}  // namespace
}  // namespace workbook::cli
