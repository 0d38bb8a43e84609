// SPDX-License-Identifier: Apache-2.0

// Which file a stub is made from.
#include "tools/authoring/stub/stub.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tools/process/scratch_folder.h"

namespace workbook {
namespace {

class MakeStubTest : public testing::Test {
 protected:
  MakeStubTest() {
    exercise_.id = "01_01";
    exercise_.folder = "exercises/01_01";
    exercise_.solution_folder = "solutions/01_01";
    Task task;
    task.number = 3;
    task.files = {"ring.h", "ring.cc"};
    exercise_.tasks = {task};
  }

  void Write(const std::string& file, const std::string& text) {
    const std::filesystem::path path = folder_.path() / file;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }
  StubResult Make(const std::string& file) {
    return MakeStub(folder_.path(), exercise_, file);
  }

  Exercise exercise_;
  ScratchFolder folder_;
};

TEST_F(MakeStubTest, TakesTheTaskFromTheManifestAndTheNamesFromTheHeader) {
  Write("solutions/01_01/ring.h", "class Ring {\n public:\n  int Sum();\n};\n");
  Write("solutions/01_01/ring.cc",
        "#include \"01_01/ring.h\"\n\nint Ring::Sum() { return 1; }\n\n"
        "int Ring::Secret() { return 2; }\n");
  const StubResult stub = Make("ring.cc");
  ASSERT_TRUE(stub.ok) << stub.message;
  EXPECT_EQ(stub.text,
            "#include \"01_01/ring.h\"\n\n#include \"tools/exercise/todo.h\"\n"
            "\nint Ring::Sum() { Todo(\"01_01 task 3: Ring::Sum\"); }\n");
}

TEST_F(MakeStubTest, APlainProgramThatWastesIsTheStub) {
  Write("solutions/01_01/ring.cc", "int Sum() { return 1; }\n");
  Write("exercises/01_01/before/ring.cc",
        "#include \"exercises/01_01/before/ring.h\"\n"
        "namespace workbook::before {\nint Sum() { return 2; }\n"
        "}  // namespace workbook::before\n");
  const StubResult stub = Make("ring.cc");
  ASSERT_TRUE(stub.ok) << stub.message;
  EXPECT_EQ(stub.text,
            "#include \"01_01/ring.h\"\nnamespace workbook {\n"
            "int Sum() { return 2; }\n}  // namespace workbook\n");
}

TEST_F(MakeStubTest, NamesFileAndLineOfAFault) {
  Write("solutions/01_01/ring.cc", "int a;\n// [gven]\nint b;\n");
  const StubResult stub = Make("ring.cc");
  EXPECT_FALSE(stub.ok);
  EXPECT_EQ(stub.message.find("solutions/01_01/ring.cc:2: "), 0U)
      << stub.message;
}

TEST_F(MakeStubTest, RefusesAFileThatIsNotThere) {
  const StubResult stub = Make("ring.h");
  EXPECT_FALSE(stub.ok);
  EXPECT_NE(stub.message.find("solutions/01_01/ring.h"), std::string::npos);
}

TEST_F(MakeStubTest, ACleanReferenceHasNoMarkers) {
  Write("solutions/01_01/ring.cc",
        "// [given]\nint a;\n  // [note] No.\n private:  // [given]\n");
  const StubResult clean =
      CleanReference(folder_.path() / "solutions/01_01/ring.cc");
  ASSERT_TRUE(clean.ok);
  EXPECT_EQ(clean.text, "int a;\n private:\n");
}

}  // namespace
}  // namespace workbook
