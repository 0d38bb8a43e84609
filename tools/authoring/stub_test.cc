#include "tools/authoring/stub.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>
#include <string>

#include "tools/process/scratch_folder.h"

namespace workbook {
namespace {

// Split, so that this file itself could be one that holds both forms.
const std::string kIf = "#if WORKBOOK_STUB\n";

class MakeStubTest : public testing::Test {
 protected:
  std::string Write(const std::string& text) {
    const std::string path = (folder_.path() / "source.h").string();
    std::ofstream(path) << text;
    return path;
  }
  StubResult Make(const std::string& text, StubForm form = StubForm::kStub) {
    return MakeStub(Write(text), form);
  }

 private:
  ScratchFolder folder_;
};

TEST_F(MakeStubTest, KeepsTheFormThatIsAskedFor) {
  const std::string source =
      "int F() {\n" + kIf + "  Todo();\n#else\n  return 1;\n#endif\n}\n";
  const StubResult stub = Make(source);
  ASSERT_TRUE(stub.ok) << stub.message;
  EXPECT_EQ(stub.text, "int F() { Todo(); }\n");
  const StubResult reference = Make(source, StubForm::kReference);
  ASSERT_TRUE(reference.ok) << reference.message;
  EXPECT_EQ(reference.text, "int F() {\n  return 1;\n}\n");
}

TEST_F(MakeStubTest, LeavesOtherConditionsAlone) {
  const std::string source =
      "#ifdef NDEBUG\nint a;\n#else\nint b;\n#endif\n#if FOO\n#endif\n";
  EXPECT_EQ(Make(source).text, source);
}

TEST_F(MakeStubTest, AFileWithoutConditionsIsItself) {
  EXPECT_EQ(Make("int a;\n\nint b;\n").text, "int a;\n\nint b;\n");
}

TEST_F(MakeStubTest, LeavesNoBlankLinesBehindARemovedPart) {
  const StubResult stub = Make("class A {\n private:\n" + kIf +
                               "#else\n  int a_;\n#endif\n\n  int b_;\n\n" +
                               kIf + "#else\n  int c_;\n#endif\n\n};\n");
  EXPECT_EQ(stub.text, "class A {\n private:\n  int b_;\n};\n");
}

TEST_F(MakeStubTest, RefusesAConditionThatIsNotClosed) {
  const StubResult stub = Make("int a;\n" + kIf + "int b;\n");
  EXPECT_FALSE(stub.ok);
  EXPECT_NE(stub.message.find("source.h"), std::string::npos) << stub.message;
  EXPECT_NE(stub.message.find("Mend: each #if"), std::string::npos)
      << stub.message;
}

TEST_F(MakeStubTest, RefusesAConditionThatUnifdefCannotDecide) {
  const StubResult stub =
      Make("int a;\n#if WORKBOOK_STUB && OTHER\nint b;\n#endif\n");
  EXPECT_FALSE(stub.ok);
  EXPECT_NE(stub.message.find("at line 2"), std::string::npos) << stub.message;
}

TEST_F(MakeStubTest, RefusesAFileThatIsNotThere) {
  const StubResult stub = MakeStub("no/such/file.h", StubForm::kStub);
  EXPECT_FALSE(stub.ok);
  EXPECT_NE(stub.message.find("no/such/file.h"), std::string::npos);
}

TEST_F(MakeStubTest, SaysWhatToInstallWithoutUnifdef) {
  const std::string path = getenv("PATH") != nullptr ? getenv("PATH") : "";
  setenv("PATH", "/no/such/folder", 1);
  const StubResult stub = Make("int a;\n");
  setenv("PATH", path.c_str(), 1);
  EXPECT_FALSE(stub.ok);
  EXPECT_NE(stub.message.find("install the package unifdef"), std::string::npos)
      << stub.message;
}

TEST(JoinShortStubs, JoinsWhatFitsOnALine) {
  EXPECT_EQ(JoinShortStubs("int F() {\n  Todo(\"F\");\n}\n"),
            "int F() { Todo(\"F\"); }\n");
  EXPECT_EQ(JoinShortStubs("  int G() {\n    Todo(\"G\");\n  }\n};\n"),
            "  int G() { Todo(\"G\"); }\n};\n");
  EXPECT_EQ(JoinShortStubs("int C::H() const {\n  Todo(\"H\");\n}\n"),
            "int C::H() const { Todo(\"H\"); }\n");
}

TEST(JoinShortStubs, LeavesOtherBodiesAlone) {
  for (const std::string text : {
           "int F() {\n  return 1;\n}\n",
           "int F() {\n  Todo(\"F\");\n  return 1;\n}\n",
           "int F(int a,\n      int b) {\n  Todo(\"F\");\n}\n",
       }) {
    EXPECT_EQ(JoinShortStubs(text), text);
  }
}

TEST(JoinShortStubs, JoinsUpToTheLastColumn) {
  const auto stub = [](std::size_t name_length) {
    return "int F() {\n  Todo(\"" + std::string(name_length, 'x') + "\");\n}\n";
  };
  // `int F() { Todo("` and `"); }` are 21 columns of 80.
  EXPECT_EQ(JoinShortStubs(stub(59)).find("{\n"), std::string::npos);
  EXPECT_EQ(JoinShortStubs(stub(60)), stub(60));
}

TEST(TidyBlankLines, KeepsWhatClangFormatKeeps) {
  const std::string text =
      "namespace a {\n\nint b;\n\nint c;\n\n}  // namespace a\n";
  EXPECT_EQ(TidyBlankLines(text), text);
}

TEST(TidyBlankLines, RemovesWhatClangFormatRemoves) {
  EXPECT_EQ(TidyBlankLines("\n\nint a;\n\n\nvoid F() {\n\n  a = 1;\n\n}\n\n"),
            "int a;\n\nvoid F() {\n  a = 1;\n}\n");
}

}  // namespace
}  // namespace workbook
