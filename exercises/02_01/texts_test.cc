// SPDX-License-Identifier: Apache-2.0

#include "02_01/texts.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "exercises/02_01/before/texts.h"
#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

constexpr std::string_view kLongName = "Wilhelmina Murray Harker";
constexpr std::string_view kLongPlace = "the castle in the Carpathians";

TEST(Task5Greeting, SaysAllFourParts) {
  EXPECT_EQ(Greeting("Ada", "London"), "Dear Ada, welcome to London!");
  EXPECT_EQ(Greeting("", ""), "Dear , welcome to !");
}

TEST(Task5Greeting, IsPutTogetherInOneBlock) {
  AllocationScope old_scope;
  before::Greeting(kLongName, kLongPlace);
  const std::int64_t old_allocations = old_scope.Counts().allocations;
  AllocationScope scope;
  const std::string text = Greeting(kLongName, kLongPlace);
  const std::int64_t allocations = scope.Counts().allocations;
  RecordGain("allocations", old_allocations, allocations);
  EXPECT_EQ(allocations, 1)
      << "each + makes a text that is too short for the next one. Fix: reserve "
         "the sum of the lengths, then append";
  EXPECT_EQ(text.size(), 5 + kLongName.size() + 13 + kLongPlace.size() + 1);
}

TEST(Task5Extension, FollowsTheLastDotOfTheLastPart) {
  EXPECT_EQ(Extension("a.d/b.tar.gz"), "gz");
  EXPECT_EQ(Extension("notes.txt"), "txt");
  EXPECT_EQ(Extension("a.d/readme"), "") << "that dot belongs to a folder";
  EXPECT_EQ(Extension(".profile"), "") << "a hidden file has no extension";
  EXPECT_EQ(Extension("home/.profile"), "");
  EXPECT_EQ(Extension("trailing."), "");
  EXPECT_EQ(Extension(""), "");
}

TEST(Task5Extension, IsAViewOfThePath) {
  const std::string path = "a/path/that/is/long/enough/to/allocate.extension";
  AllocationScope scope;
  const auto extension = Extension(path);
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "the caller has the path. Fix: take and return a std::string_view";
  EXPECT_EQ(extension.data(), path.data() + path.size() - 9)
      << "a view points into the path";
}

TEST(Task5HasHeader, DoesNotMindUpperCase) {
  EXPECT_TRUE(HasHeader("Content-Type: text/html", "content-type"));
  EXPECT_TRUE(HasHeader("content-type:", "Content-Type"));
  EXPECT_FALSE(HasHeader("Content-Types: text", "Content-Type"))
      << "another character stands where ':' is wanted";
  EXPECT_FALSE(HasHeader("Content", "Content")) << "there is no ':'";
  EXPECT_FALSE(HasHeader("X:", "Y"));
  EXPECT_TRUE(HasHeader(": empty", ""));
  EXPECT_FALSE(HasHeader("[:", "{")) << "only letters have two cases";
  EXPECT_FALSE(HasHeader("@:", "`")) << "only letters have two cases";
}

TEST(Task5HasHeader, AllocatesNothing) {
  AllocationScope scope;
  EXPECT_TRUE(HasHeader("X-Forwarded-For-A-Long-Way: 10.0.0.1",
                        "x-forwarded-for-a-long-way"));
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "lower case copies of both were made. Fix: compare letter by letter";
}

TEST(Task5KeyOf, DiffersForEachId) {
  std::set<std::string> keys;
  for (std::uint32_t id = 1; id != 0; id *= 2) {
    keys.insert(KeyOf(id));
    keys.insert(KeyOf(id - 1));
    keys.insert(KeyOf(4'294'967'295u - id));
  }
  EXPECT_EQ(keys.size(), 94u) << "two of 94 ids have one key";
}

TEST(Task5KeyOf, FitsIntoTheString) {
  AllocationScope scope;
  const std::string key = KeyOf(4'294'967'295u);
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "15 characters fit into a std::string itself, and '" << key
      << "' has more. Fix: choose a shorter key";
  EXPECT_LE(key.size(), 15u);
}

TEST(Task5AppendQuoted, DoublesQuotes) {
  std::string line = "a,";
  AppendQuoted(line, "say \"hi\"");
  EXPECT_EQ(line, "a,\"say \"\"hi\"\"\"");
  AppendQuoted(line, "");
  EXPECT_EQ(line, "a,\"say \"\"hi\"\"\"\"\"");
}

TEST(Task5AppendQuoted, UsesTheCapacityThatIsThere) {
  std::string line;
  line.reserve(4000);
  AllocationScope scope;
  for (int i = 0; i < 50; ++i) {
    AppendQuoted(line, "a \"field\" longer than the string's own room");
  }
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "`line` has the capacity. Fix: append to it, character by character";
}

}  // namespace
}  // namespace workbook
