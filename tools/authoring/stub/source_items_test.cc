// SPDX-License-Identifier: Apache-2.0

// How a source falls into items, and what their names are.
#include "tools/authoring/stub/source_items.h"

#include <gtest/gtest.h>

#include <string>

#include "tools/authoring/stub/source_text.h"

namespace workbook {
namespace {

using Kind = SourceItem::Kind;

SourceItem Only(const std::string& text) {
  SourceItems source = ReadSourceItems(text);
  EXPECT_EQ(source.error, "");
  EXPECT_EQ(source.items.size(), 1U) << text;
  return source.items.empty() ? SourceItem{} : source.items.front();
}

TEST(BlankLiterals, KeepsWhatIsCode) {
  EXPECT_EQ(BlankLiterals("a = \"{\"; // {\nb"), "a =    ;     \nb");
  EXPECT_EQ(BlankLiterals("c = '\"'; d"), "c =    ; d");
  EXPECT_EQ(BlankLiterals("n = 1'000'000; {"), "n = 1'000'000; {");
  EXPECT_EQ(BlankLiterals("r = R\"x({)\")x\"; {"), "r = R         ; {");
  EXPECT_EQ(BlankLiterals("/* { */ }"), "        }");
}

TEST(ReadSourceItems, NamesFunctions) {
  for (const auto& [text, name] : {
           std::pair<std::string, std::string>{"int F() { return 1; }\n", "F"},
           {"void* Pool::Allocate() {\n  return {};\n}\n", "Pool::Allocate"},
           {"template <class T>\nT* Pool<T>::Make(int a) {\n}\n", "Pool::Make"},
           {"Pool::~Pool() {}\n", "Pool::~Pool"},
           {"bool A::operator==(const A& b) const {\n}\n", "A::operator=="},
           {"int A::operator()(int b) {\n}\n", "A::operator()"},
           {"[[nodiscard]] bool Is() { return true; }\n", "Is"},
           {"std::function<void()> Make(int a) {\n}\n", "Make"},
           {"B::B(int a)\n    : a_{a}, b_(a) {\n  Go();\n}\n", "B::B"},
           {"explicit operator bool() const { return true; }\n",
            "operator bool"},
       }) {
    const SourceItem item = Only(text);
    EXPECT_EQ(item.kind, Kind::kFunction) << text;
    EXPECT_EQ(item.name, name);
    EXPECT_EQ(JoinLines(item.lines)[item.body_begin], '{') << text;
  }
}

TEST(ReadSourceItems, FindsTheBodyBehindInitializers) {
  const SourceItem item =
      Only("B::B(int a)\n    : a_{.x = a}, b_(a) {\n  Go();\n}\n");
  const std::string code = JoinLines(item.lines);
  EXPECT_EQ(code.substr(0, item.head_end), "B::B(int a)\n    ");
  EXPECT_EQ(code.substr(item.body_begin), "{\n  Go();\n}\n");
}

TEST(ReadSourceItems, NamesWhatIsDeclared) {
  for (const auto& [text, name] : {
           std::pair<std::string, std::string>{"int a_ = 0;\n", "a_"},
           {"std::vector<int> list_{};\n", "list_"},
           {"mutable std::mutex mutex_;\n", "mutex_"},
           {"int n_ GUARDED_BY(mutex_) = 0;\n", "n_"},
           {"using Chunk = std::unique_ptr<int>;\n", "Chunk"},
           {"void Grow();\n", "Grow"},
           {"enum class Color { kRed };\n", "Color"},
           {"class Buffer;\n", "Buffer"},
           {"constexpr int kTable[] = {\n    1,\n    2,\n};\n", "kTable"},
       }) {
    const SourceItem item = Only(text);
    EXPECT_EQ(item.kind, Kind::kOther) << text;
    EXPECT_EQ(item.name, name) << text;
  }
}

TEST(ReadSourceItems, ClassesAndNamespacesHaveChildren) {
  const SourceItem space = Only(
      "namespace a::b {\n\nclass alignas(64) C final : public D<int> {\n"
      " private:\n  int e_;\n};\n\n}  // namespace a::b\n");
  EXPECT_EQ(space.kind, Kind::kNamespace);
  EXPECT_EQ(space.name, "a::b");
  ASSERT_EQ(space.children.size(), 3U);
  const SourceItem& c = space.children[1];
  EXPECT_EQ(c.kind, Kind::kClass);
  EXPECT_EQ(c.name, "C");
  ASSERT_EQ(c.children.size(), 2U);
  EXPECT_EQ(c.children[0].kind, Kind::kAccess);
}

TEST(ReadSourceItems, AnItemHasItsCommentAndMarkers) {
  const SourceItem item =
      Only("// What it is.\n// [given]\n// [note] Yours.\nint a;\n");
  EXPECT_EQ(item.comment.size(), 1U);
  EXPECT_TRUE(item.markers.given);
  EXPECT_EQ(item.markers.notes, std::vector<std::string>{"Yours."});
}

TEST(ReadSourceItems, BracesInLiteralsAreText) {
  EXPECT_EQ(Only("void F() {\n  Say(\"}\");  // }\n  Say('{');\n}\n").name,
            "F");
}

TEST(ReadSourceItems, RefusesBracesThatDoNotMatch) {
  EXPECT_EQ(ReadSourceItems("namespace a {\nint b;\n").error_line, 2);
  EXPECT_EQ(ReadSourceItems("int b;\n}\n").error_line, 2);
  EXPECT_NE(ReadSourceItems("int F() {\n").error, "");
}

}  // namespace
}  // namespace workbook
