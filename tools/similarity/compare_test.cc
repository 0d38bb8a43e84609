// SPDX-License-Identifier: Apache-2.0

// Copies rank above honest work, whatever a copier does cheaply.
#include "tools/similarity/compare.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <string>

#include "tools/similarity/tokens.h"
#include "tools/text/text_file.h"

namespace workbook::similarity {
namespace {

constexpr const char* kHonest[] = {"anna", "ben", "carla"};

std::string Source(const std::string& student) {
  return ReadTextFile("tools/similarity/testdata/" + student + "/heap.cc")
      .value_or("");
}

Entry MakeEntry(const std::string& name, const std::string& text) {
  return {name, {{"heap.cc", text}}};
}

Entry Stub() { return MakeEntry("stub", Source("stub")); }

std::string WithoutComments(const std::string& text) {
  std::string bare;
  for (const std::string_view line : SplitLines(text)) {
    bare += std::string(line.substr(0, line.find("//"))) + "\n";
  }
  return bare;
}

// Every name gets another; keywords stay, as they must.
std::string Renamed(const std::string& text) {
  std::map<std::string, std::string> names;
  std::string renamed;
  std::string word;
  bool directive = false;
  for (const char c : text + "\n") {
    if (c == '#' || c == '\n') directive = c == '#';
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_') {
      word += c;
      continue;
    }
    const auto tokens = Tokenize(word);
    if (!directive && tokens.size() == 1 && tokens[0].text == "i") {
      word = names.try_emplace(word, "name" + std::to_string(names.size()))
                 .first->second;
    }
    renamed += word + c;
    word.clear();
  }
  return renamed;
}

// A statement a line, no indentation, a brace on a line of its own.
std::string Reformatted(const std::string& text) {
  std::string flat;
  for (const std::string_view line : SplitLines(WithoutComments(text))) {
    flat += line.starts_with('#') ? "\n" + std::string(line) + "\n"
                                  : " " + std::string(TrimSpace(line));
  }
  std::string laid_out;
  for (const char c : flat) {
    if (c == '{' || c == '}') laid_out += '\n';
    laid_out += c;
    if (c == ';' || c == '{' || c == '}') laid_out += "\n\t";
  }
  return laid_out;
}

// The functions in another order: what stands between blank lines.
std::string Reordered(const std::string& text) {
  std::vector<std::string> parts{""};
  for (const std::string_view line : SplitLines(text)) {
    if (line.empty()) {
      parts.emplace_back();
    } else {
      parts.back() += std::string(line) + "\n";
    }
  }
  std::mt19937 random(20261125);
  std::shuffle(parts.begin() + 2, parts.end() - 1, random);
  std::string reordered;
  for (const std::string& part : parts) reordered += part + "\n";
  return reordered;
}

// A statement that does nothing behind every eighth line that ends one.
std::string Padded(const std::string& text) {
  std::string padded;
  int ends = 0;
  for (const std::string_view line : SplitLines(text)) {
    padded += std::string(line) + "\n";
    if (line.ends_with(";") && ++ends % 8 == 0) padded += "(void)0;\n";
  }
  return padded;
}

using Change = std::function<std::string(const std::string&)>;

const std::map<std::string, Change>& Changes() {
  static const std::map<std::string, Change> changes{
      {"as it is", [](const std::string& text) { return text; }},
      {"comments stripped", WithoutComments},
      {"renamed", Renamed},
      {"reformatted", Reformatted},
      {"reordered", Reordered},
      {"padded", Padded},
      {"all but padded",
       [](const std::string& text) {
         return Renamed(Reformatted(Reordered(WithoutComments(text))));
       }},
  };
  return changes;
}

TEST(Compare, RanksEveryKindOfCopyAboveAllHonestPairs) {
  std::vector<Entry> entries;
  for (const char* student : kHonest) {
    for (const auto& [name, change] : Changes()) {
      entries.push_back(MakeEntry(std::string(student) + "/" + name,
                                  change(Source(student))));
    }
  }
  const Comparison found = Compare(entries, Stub());
  ASSERT_EQ(found.error, "");
  double worst_copy = 1;
  double best_honest = 0;
  std::size_t copies = 0;
  for (const Pair& pair : found.pairs) {
    const bool copy = pair.a / Changes().size() == pair.b / Changes().size();
    if (copy) {
      ++copies;
      worst_copy = std::min(worst_copy, pair.share);
    } else {
      best_honest = std::max(best_honest, pair.share);
    }
  }
  EXPECT_EQ(copies, 3 * Changes().size() * (Changes().size() - 1) / 2);
  EXPECT_GT(worst_copy, best_honest);
  // What the documentation says: far apart, not by a hair.
  EXPECT_GE(worst_copy, 0.7);
  EXPECT_LE(best_honest, 0.3);
  RecordProperty("worst_copy_percent", static_cast<int>(100 * worst_copy));
  RecordProperty("best_honest_percent", static_cast<int>(100 * best_honest));
  for (std::size_t i = 0; i < copies; ++i) {
    EXPECT_EQ(found.pairs[i].a / Changes().size(),
              found.pairs[i].b / Changes().size())
        << "rank " << i + 1;
  }
}

TEST(Compare, UntouchedStubsAreNotAlike) {
  const Comparison found = Compare(
      {MakeEntry("a", Source("stub")), MakeEntry("b", Renamed(Source("stub")))},
      Stub());
  ASSERT_EQ(found.error, "");
  EXPECT_TRUE(found.pairs.empty());
  EXPECT_EQ(found.own_tokens, (std::vector<int>{0, 0}));
  EXPECT_GT(found.stub_tokens[1], 50);
}

TEST(Compare, WithoutAStubItsCodeCounts) {
  const Comparison found =
      Compare({MakeEntry("a", Source("stub")), MakeEntry("b", Source("stub"))},
              MakeEntry("stub", ""));
  ASSERT_EQ(found.pairs.size(), 1u);
  EXPECT_EQ(found.pairs[0].tokens, found.own_tokens[0]);
  EXPECT_EQ(found.stub_tokens[0], 0);
}

TEST(Compare, FindsOneCopiedFunctionAndItsLines) {
  const std::string anna = Source("anna");
  const std::size_t start = anna.find("bool Heap::Free");
  const std::size_t end = anna.find("// Task 4");
  const std::string copied =
      Source("carla") + "\n" + Renamed(anna.substr(start, end - start));
  const Comparison found =
      Compare({MakeEntry("anna", anna), MakeEntry("copy", copied)}, Stub());
  ASSERT_EQ(found.pairs.size(), 1u);
  ASSERT_FALSE(found.pairs[0].regions.empty());
  const Region& region = found.pairs[0].regions[0];
  const auto line_of = [](const std::string& text, const std::string& word) {
    const auto at = static_cast<std::ptrdiff_t>(text.find(word));
    return 1 +
           static_cast<int>(std::count(text.begin(), text.begin() + at, '\n'));
  };
  EXPECT_LE(std::abs(region.a.first_line - line_of(anna, "bool Heap::Free")),
            1);
  EXPECT_LE(std::abs(region.a.last_line - line_of(anna, "// Task 4") + 2), 1);
  EXPECT_GE(region.b.first_line, 70);
}

TEST(Compare, CodeThatMovedToAnotherFileIsFound) {
  const std::string text = Source("ben");
  const std::size_t half = text.find("// Task 3");
  const Entry whole{"whole", {{"heap.h", ""}, {"heap.cc", text}}};
  const Entry split{
      "split",
      {{"heap.h", text.substr(half)}, {"heap.cc", text.substr(0, half)}}};
  const Comparison found = Compare({whole, split}, Stub());
  ASSERT_EQ(found.pairs.size(), 1u);
  EXPECT_GT(found.pairs[0].share, 0.9);
  EXPECT_EQ(found.pairs[0].regions[0].a.file, 1u);
}

TEST(Compare, NothingAndOneAndBytesThatAreNoTextAreFine) {
  EXPECT_EQ(Compare({}, Stub()).error, "");
  EXPECT_EQ(Compare({MakeEntry("a", "")}, Stub()).error, "");
  const std::string bytes("\xff\0\x80\n/*\"", 6);
  const Comparison found =
      Compare({MakeEntry("a", bytes), MakeEntry("b", bytes)}, Stub());
  EXPECT_EQ(found.error, "");
  EXPECT_TRUE(found.pairs.empty());
}

}  // namespace
}  // namespace workbook::similarity
