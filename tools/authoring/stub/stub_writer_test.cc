// SPDX-License-Identifier: Apache-2.0

// What GenerateStub makes of a reference.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tools/authoring/stub/stub.h"

namespace workbook {
namespace {

StubResult Header(const std::string& text) {
  return GenerateStub({.text = text,
                       .is_header = true,
                       .headers = {text},
                       .exercise_id = "01_01",
                       .task = 2});
}

StubResult Source(const std::string& text, const std::string& header) {
  return GenerateStub({.text = text,
                       .is_header = false,
                       .headers = {header},
                       .exercise_id = "01_01",
                       .task = 2});
}

// The stub without the lines that LayOutStub adds for todo.h.
std::string Body(const StubResult& stub) {
  EXPECT_TRUE(stub.ok) << stub.message;
  std::string text = stub.text;
  const std::string include = "#include \"tools/exercise/todo.h\"\n\n";
  const std::size_t at = text.find(include);
  return at == text.npos ? text : text.erase(at, include.size());
}

constexpr char kPool[] =
    "class Pool {\n"
    " public:\n"
    "  Pool(int size);\n"
    "  ~Pool();\n"
    "  void* Allocate();\n"
    "\n"
    " private:\n"
    "  void Grow();\n"
    "  int size_ = 0;\n"
    "};\n";

TEST(GenerateStub, PutsOneCommentWherePrivateMembersWere) {
  EXPECT_EQ(Body(Header(kPool)),
            "class Pool {\n"
            " public:\n"
            "  Pool(int size);\n"
            "  ~Pool();\n"
            "  void* Allocate();\n"
            "\n"
            " private:\n"
            "  // Your data members.\n"
            "};\n");
}

TEST(GenerateStub, ReplacesTheBodiesOfPublicFunctions) {
  EXPECT_EQ(Body(Source("void* Pool::Allocate() {\n"
                        "  if (size_ == 0) {\n"
                        "    Grow();\n"
                        "  }\n"
                        "  return nullptr;\n"
                        "}\n",
                        kPool)),
            "void* Pool::Allocate() { Todo(\"01_01 task 2: Pool::Allocate\"); "
            "}\n");
}

TEST(GenerateStub, ASecondIncludeOfTodoIsNotAdded) {
  const std::string text =
      "#include \"01_01/pool.h\"\n\n#include <new>\n\n"
      "#include \"tools/exercise/debug_check.h\"\n\n"
      "void* Pool::Allocate() { return nullptr; }\n";
  const std::string stub = Source(text, kPool).text;
  const std::string both =
      "#include \"tools/exercise/debug_check.h\"\n"
      "#include \"tools/exercise/todo.h\"\n";
  EXPECT_NE(stub.find(both), std::string::npos) << stub;
}

TEST(GenerateStub, TheIncludeOfTodoJoinsABlockBehindTheOwnHeader) {
  const std::string text =
      "#include \"01_01/pool.h\"\n\n#include \"tools/probe/probe.h\"\n\n"
      "void* Pool::Allocate() { return nullptr; }\n";
  const std::string stub = Source(text, kPool).text;
  const std::string both =
      "#include \"01_01/pool.h\"\n\n"
      "#include \"tools/exercise/todo.h\"\n"
      "#include \"tools/probe/probe.h\"\n";
  EXPECT_NE(stub.find(both), std::string::npos) << stub;
}

TEST(GenerateStub, DropsInitializersAndSaysWhyThereIsNoTodo) {
  EXPECT_EQ(Body(Source("Pool::Pool(int size)\n"
                        "    : size_(size) {\n"
                        "  Grow();\n"
                        "}\n"
                        "\n"
                        "Pool::~Pool() { Grow(); }\n",
                        kPool)),
            "Pool::Pool(int size) { Todo(\"01_01 task 2: Pool::Pool\"); }\n"
            "\n"
            "Pool::~Pool() {\n"
            "  // Yours. No Todo: it may not leave a destructor.\n"
            "}\n");
}

TEST(GenerateStub, PrivatePartsOfASourceVanishWithTheirComments) {
  EXPECT_EQ(Body(Source("namespace workbook {\n"
                        "namespace {\n"
                        "\n"
                        "constexpr int kSecret = 1;\n"
                        "\n"
                        "}  // namespace\n"
                        "\n"
                        "// How it grows.\n"
                        "void Pool::Grow() { ++size_; }\n"
                        "\n"
                        "}  // namespace workbook\n",
                        kPool)),
            "namespace workbook {\n"
            "\n"
            "// Yours: what the tests ask for needs nothing here.\n"
            "\n"
            "}  // namespace workbook\n");
}

TEST(GenerateStub, AnInternalNamespaceVanishes) {
  const std::string text =
      "namespace workbook {\n"
      "namespace pool_internal {\n"
      "int Secret();\n"
      "}  // namespace pool_internal\n"
      "\n"
      "int Public();\n"
      "}  // namespace workbook\n";
  EXPECT_EQ(Body(Header(text)),
            "namespace workbook {\n"
            "\n"
            "int Public();\n"
            "}  // namespace workbook\n");
}

TEST(GenerateStub, AnInlineBodyStaysIfItUsesNothingThatVanished) {
  EXPECT_EQ(Body(Header("class Counter {\n"
                        " public:\n"
                        "  int Hits() const { return hits; }\n"
                        "  int Next() { return ++last_; }\n"
                        "  int Twice() {\n"
                        "    return Next() + Next();\n"
                        "  }\n"
                        "  // [yours]\n"
                        "  int Thrice() { return 3 * Next(); }\n"
                        "  int hits = 0;\n"
                        "\n"
                        " private:\n"
                        "  int last_ = 0;\n"
                        "};\n")),
            "class Counter {\n"
            " public:\n"
            "  int Hits() const { return hits; }\n"
            "  int Next() { Todo(\"01_01 task 2: Counter::Next\"); }\n"
            "  int Twice() {\n"
            "    return Next() + Next();\n"
            "  }\n"
            "  int Thrice() { Todo(\"01_01 task 2: Counter::Thrice\"); }\n"
            "  int hits = 0;\n"
            "\n"
            " private:\n"
            "  // Your data members.\n"
            "};\n");
}

TEST(GenerateStub, WhatIsGivenStaysAndWhatIsReferenceGoes) {
  EXPECT_EQ(Body(Header("// [given]\n"
                        "inline int Given() { return 1; }\n"
                        "\n"
                        "// [reference]\n"
                        "inline int Secret() { return 2; }\n"
                        "\n"
                        "class Pool {\n"
                        " private:\n"
                        "  // How many.\n"
                        "  // [given]\n"
                        "  int size_ = 0;\n"
                        "  int secret_ = 0;\n"
                        "};\n")),
            "inline int Given() { return 1; }\n"
            "\n"
            "class Pool {\n"
            " private:\n"
            "  // How many.\n"
            "  int size_ = 0;\n"
            "  // Your data members.\n"
            "};\n");
}

TEST(GenerateStub, AWholeSectionMayBeGiven) {
  EXPECT_EQ(Body(Header("class Pool {\n"
                        " public:\n"
                        "  int size() const { return size_; }\n"
                        "\n"
                        " private:  // [given]\n"
                        "  int size_ = 0;\n"
                        "};\n")),
            "class Pool {\n"
            " public:\n"
            "  int size() const { return size_; }\n"
            "\n"
            " private:\n"
            "  int size_ = 0;\n"
            "};\n");
}

TEST(GenerateStub, ANoteStandsInTheBodyOrWhereTheItemWas) {
  EXPECT_EQ(Body(Header("// [note] Mind the lock.\n"
                        "inline int F() { return 1; }\n"
                        "\n"
                        "class Pool {\n"
                        " private:\n"
                        "  int a_ = 0;\n"
                        "  // [note] Yours: a list and a lock.\n"
                        "  int b_ = 0;\n"
                        "};\n")),
            "inline int F() {\n"
            "  // Mind the lock.\n"
            "  Todo(\"01_01 task 2: F\");\n"
            "}\n"
            "\n"
            "class Pool {\n"
            " private:\n"
            "  // Yours: a list and a lock.\n"
            "};\n");
}

TEST(GenerateStub, AnItemMayBelongToAnotherTask) {
  EXPECT_EQ(Body(Header("// [task 7]\ninline int F() { return 1; }\n")),
            "inline int F() { Todo(\"01_01 task 7: F\"); }\n");
}

TEST(GenerateStub, InitializersMayBeGiven) {
  const std::string header =
      "class Heap {\n public:\n  explicit Heap(int& map);\n\n private:\n"
      "  // [given]\n  int& map_;\n};\n";
  EXPECT_EQ(Body(Source("// [given initializers]\n"
                        "Heap::Heap(int& map) : map_(map) {\n"
                        "  Grow();\n"
                        "}\n",
                        header)),
            "Heap::Heap(int& map) : map_(map) { "
            "Todo(\"01_01 task 2: Heap::Heap\"); }\n");
}

TEST(GenerateStub, AssignmentReturnsWhatItMust) {
  const std::string header =
      "class Pool {\n public:\n"
      "  Pool& operator=(Pool&& other) noexcept;\n};\n";
  EXPECT_EQ(Body(Source("Pool& Pool::operator=(Pool&& other) noexcept {\n"
                        "  Swap(other);\n"
                        "  return *this;\n"
                        "}\n",
                        header)),
            "Pool& Pool::operator=(Pool&& other) noexcept {\n"
            "  // Yours. No Todo: it may not leave a noexcept function.\n"
            "  return *this;\n"
            "}\n");
}

TEST(GenerateStub, RefusesANoexceptFunctionThatReturnsAValue) {
  const StubResult stub = Header("inline int F() noexcept {\n  return 1;\n}\n");
  EXPECT_FALSE(stub.ok);
  EXPECT_EQ(stub.message.substr(0, 3), "1: ");
  EXPECT_NE(stub.message.find("put // [given] above it"), std::string::npos)
      << stub.message;
}

TEST(GenerateStub, TellsTheFaultOfAMarkerByItsLine) {
  const StubResult unknown = Header("int a;\n// [gievn]\nint b;\n");
  EXPECT_FALSE(unknown.ok);
  EXPECT_EQ(unknown.message.substr(0, 3), "2: ");
  const StubResult alone = Header("int a;\n// [given]\n\nint b;\n");
  EXPECT_FALSE(alone.ok);
  EXPECT_NE(alone.message.find("above nothing"), std::string::npos);
}

TEST(GenerateStub, LinesKeepToEightyColumns) {
  const std::string argument(50, 'a');
  const std::string text = "void LongName::Function(int " + argument + ")";
  const std::string header =
      "class LongName {\n public:\n  void Function(int a);\n};\n";
  // With ` {` the head has 81 columns; the name makes the Todo too long, too.
  const std::string head = text + std::string(80 - text.size() - 1, ' ');
  for (const std::string& line :
       {Source(text + "\n    const {\n  Grow();\n}\n", header).text,
        Source("void LongName::Function(int " + argument + "1) {\n}\n", header)
            .text}) {
    for (std::size_t begin = 0; begin < line.size();) {
      const std::size_t end = line.find('\n', begin);
      EXPECT_LE(end - begin, 80U) << line;
      begin = end + 1;
    }
  }
}

TEST(GenerateStub, GivesPlainLocksToASourceWhoseHeaderHasAnnotatedOnes) {
  const std::string header =
      "#include \"tools/exercise/thread_annotations.h\"\n"
      "class Counter {\n"
      " public:\n"
      "  int Count() const;\n"
      "};\n";
  const std::string source =
      "// [given]\n"
      "int Counter::Count() const {\n"
      "  const MutexLock lock(mutex_);\n"
      "  return count_;\n"
      "}\n";
  EXPECT_EQ(Body(Source(source, header)),
            "int Counter::Count() const {\n"
            "  const std::lock_guard lock(mutex_);\n"
            "  return count_;\n"
            "}\n");
  EXPECT_NE(Body(Source(source, "")).find("MutexLock"), std::string::npos);
}

}  // namespace
}  // namespace workbook
