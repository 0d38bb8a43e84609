// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/assembly/asked_function.h"

#include <fstream>

#include "gtest/gtest.h"
#include "tools/process/scratch_folder.h"

namespace workbook::cli {
namespace {

class AskedFunction : public testing::Test {
 protected:
  AskedFunction() {
    exercise_.id = "09_01";
    exercise_.folder = "exercises/09_01";
    std::filesystem::create_directories(scratch_.path() / exercise_.folder);
    AddTask("pool.h", "void Grow(int bytes);\nint size() { return Sum(1); }\n");
    AddTask("list.cc", "void Pool::Grow (int) {}\nvoid Growing();\n");
  }

  void AddTask(const std::string& file, const std::string& text) {
    Task task;
    task.number = static_cast<int>(exercise_.tasks.size()) + 1;
    task.files = {file};
    exercise_.tasks.push_back(task);
    std::ofstream(scratch_.path() / exercise_.folder / file) << text;
  }

  const ScratchFolder scratch_;
  Exercise exercise_;
};

TEST_F(AskedFunction, FindsEachTaskWhoseFileHasTheName) {
  EXPECT_EQ(TasksThatName(scratch_.path(), exercise_, "Grow"),
            (std::vector<int>{1, 2}));
  EXPECT_EQ(TasksThatName(scratch_.path(), exercise_, "Pool<int>::Growing"),
            std::vector<int>{2});
  EXPECT_TRUE(TasksThatName(scratch_.path(), exercise_, "Gro").empty());
  EXPECT_TRUE(TasksThatName(scratch_.path(), exercise_, "").empty());
}

TEST_F(AskedFunction, ListsWhatMayBeMeant) {
  EXPECT_EQ(FunctionNames(scratch_.path(), exercise_),
            (std::vector<std::string>{"Grow", "Growing", "Sum"}));
}

TEST(LastName, IsTheFunctions) {
  EXPECT_EQ(LastName("DynArray<int>::Grow"), "Grow");
  EXPECT_EQ(LastName("Grow"), "Grow");
  EXPECT_EQ(LastName("workbook::Pool::operator()(int)"), "operator()");
}

}  // namespace
}  // namespace workbook::cli
