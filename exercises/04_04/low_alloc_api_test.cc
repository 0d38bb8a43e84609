// SPDX-License-Identifier: Apache-2.0

#include "04_04/low_alloc_api.h"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

constexpr std::string_view kLine =
    R"~(192.0.2.7 - frank [10/Oct/2025:13:55:36 +0000] )~"
    R"~("GET /a/b?c=d HTTP/1.1" 200 2326 "https://example.org/" )~"
    R"~("Mozilla/5.0 (a \"quoted\" one)")~";

TEST(Task4SelectRecords, ReadsEveryField) {
  AccessRecord record;
  ASSERT_FALSE(ParseAccessRecord(kLine, record));
  EXPECT_EQ(record.client, "192.0.2.7");
  EXPECT_EQ(record.time, "10/Oct/2025:13:55:36 +0000");
  EXPECT_EQ(record.method, "GET");
  EXPECT_EQ(record.target, "/a/b?c=d");
  EXPECT_EQ(record.status, 200);
  EXPECT_EQ(record.bytes, 2326u);
  EXPECT_EQ(record.referer, "https://example.org/");
  EXPECT_EQ(record.agent, R"~(Mozilla/5.0 (a \"quoted\" one))~");
  EXPECT_EQ(record.agent.data() + record.agent.size() + 1,
            kLine.data() + kLine.size())
      << "fields are views of the line";
}

TEST(Task4SelectRecords, AcceptsTheOddOnes) {
  AccessRecord record;
  EXPECT_FALSE(ParseAccessRecord(R"(h - - [] "GET /" 304 - "" "")", record));
  EXPECT_EQ(record.target, "/");
  EXPECT_EQ(record.bytes, 0u);
  EXPECT_EQ(record.agent, "");
  EXPECT_FALSE(
      ParseAccessRecord(R"(h - - [t] "GET / X" 1 2 "\\" "a\\")", record))
      << "a backslash before a backslash is no escape of the quote";
}

TEST(Task4SelectRecords, SaysWhereALineStopsMakingSense) {
  const auto column = [](std::string_view line) {
    AccessRecord record;
    const std::optional<ParseError> error = ParseAccessRecord(line, record);
    EXPECT_TRUE(error) << line;
    EXPECT_NE(error.value_or(ParseError{0, "x"}).expected[0], '\0') << line;
    return error ? error->column : 999;
  };
  EXPECT_EQ(column(""), 0u);
  EXPECT_EQ(column("host"), 4u);
  EXPECT_EQ(column(R"( - - [t] "G /" 1 2 "" "")"), 0u) << "no client";
  EXPECT_EQ(column(R"(h - - t] "G /" 1 2 "" "")"), 6u);
  EXPECT_EQ(column(R"(h - - [t] "G /" x 2 "" "")"), 16u);
  EXPECT_EQ(column(R"(h - - [t] "G /" -1 2 "" "")"), 16u);
  EXPECT_EQ(column(R"(h - - [t] "G /" 99999999999 2 "" "")"), 16u);
  EXPECT_EQ(column(R"(h - - [t] "G /" 1 2 "" "" more)"), 25u);
  EXPECT_EQ(column(R"(h - - [t] "G /" 1 2 "" ")"), 24u);
  EXPECT_EQ(column(R"(h - - [t] "G /" 1 2 "" "a\")"), 27u);
}

TEST(Task4SelectRecords, EveryPrefixIsRefused) {
  for (std::size_t length = 0; length < kLine.size(); ++length) {
    // A block of its own, so that a sanitizer sees a read past the end.
    const std::vector<char> prefix(
        kLine.begin(), kLine.begin() + static_cast<std::ptrdiff_t>(length));
    AccessRecord record;
    EXPECT_TRUE(ParseAccessRecord({prefix.data(), length}, record))
        << "the first " << length << " bytes";
  }
}

TEST(Task4TextBuilder, BuildsTextAndNumbers) {
  TextBuilder builder;
  EXPECT_EQ(builder.View(), "");
  builder.Append("a=").Append(std::uint64_t{0}).Append("").Append(" b=");
  builder.Append(UINT64_MAX).AppendPadded(42, 7).AppendPadded(12345678, 7);
  EXPECT_EQ(builder.View(), "a=0 b=18446744073709551615     4212345678");
  builder.Clear();
  EXPECT_EQ(builder.AppendPadded(7, 40).View(), std::string(39, ' ') + "7");
}

TEST(Task4TextBuilder, AppendsAPartOfItself) {
  TextBuilder builder;
  builder.Append("0123456789");
  for (int i = 0; i < 5; ++i) builder.Append(builder.View());
  std::string expected;
  for (int i = 0; i < 32; ++i) expected += "0123456789";
  EXPECT_EQ(builder.View(), expected);
}

TEST(Task4TextBuilder, GrowsByDoublingAndKeepsItsBuffer) {
  TextBuilder builder;
  AllocationScope scope;
  for (int i = 0; i < 4096; ++i) builder.Append("x");
  EXPECT_LE(scope.Counts().allocations, 13) << "1, 2, 4 ... 4096";
  const std::int64_t warm = scope.Counts().allocations;
  for (int i = 0; i < 100; ++i) {
    builder.Clear();
    builder.Append("text ").Append(std::uint64_t{1234567}).AppendPadded(1, 20);
  }
  EXPECT_EQ(scope.Counts().allocations, warm) << "in steady state";
}

TEST(Task4TextBuilder, GrowsToTwiceOrToWhatIsNeeded) {
  AllocationScope scope;
  TextBuilder builder;
  EXPECT_EQ(scope.Counts().allocations, 0) << "the constructor takes nothing";
  EXPECT_EQ(builder.Append("0123456789").CapacityBytes(), 10u);
  EXPECT_EQ(builder.Append("x").CapacityBytes(), 20u) << "twice";
  builder.Append(std::string_view(kLine).substr(0, 100));
  EXPECT_EQ(builder.CapacityBytes(), 111u) << "what is needed";
  EXPECT_EQ(builder.Append("").CapacityBytes(), 111u);
  EXPECT_EQ(scope.Counts().allocations, 3);
}

TEST(Task4TextBuilder, KeepsABufferOfExactlyTheLimit) {
  TextBuilder builder(1024);
  builder.Append(std::string(1024, 'x')).Clear();
  EXPECT_EQ(builder.CapacityBytes(), 1024u);
  builder.Append(std::string(1025, 'x'));
  EXPECT_GT(builder.CapacityBytes(), 1024u);
  builder.Clear();
  EXPECT_EQ(builder.CapacityBytes(), 0u);
  EXPECT_EQ(builder.View(), "");
}

TEST(Task4TextBuilder, AHugeTextDoesNotStay) {
  AllocationScope scope;
  {
    TextBuilder builder(1024);
    builder.Append(std::string(100'000, 'x'));
    builder.Clear();
    EXPECT_LE(builder.CapacityBytes(), 1024u);
    EXPECT_LE(scope.Counts().live_bytes, 1024);
    builder.Append("small");
    EXPECT_EQ(builder.View(), "small");
  }
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

class Targets : public ResultSink {
 public:
  bool OnResult(const AccessRecord& record) override {
    if (!text.empty()) text += ' ';
    text += record.target;
    return --takes != 0;
  }
  std::string text;
  int takes = -1;
};

constexpr std::string_view kLog =
    R"(h - - [t] "GET /a/1 X" 200 1 "" ""
h - - [t] "POST /a/2 X" 404 1 "" ""
nonsense
h - - [t] "HEAD /b/3 X" 500 1 "" ""

h - - [t] "GET /b/4 X" 200 1 "" "")";

std::string Selected(const SelectOptions& options) {
  Targets targets;
  SelectRecords(kLog, options, targets);
  return targets.text;
}

TEST(Task4SelectRecords, SelectsByEveryOption) {
  constexpr std::array<std::string_view, 2> kMethods = {"GET", "HEAD"};
  EXPECT_EQ(Selected({}), "/a/1 /a/2 /b/3 /b/4");
  EXPECT_EQ(Selected({.target_prefix = "/b/"}), "/b/3 /b/4");
  EXPECT_EQ(Selected({.methods = kMethods}), "/a/1 /b/3 /b/4");
  EXPECT_EQ(Selected({.status_from = 404}), "/a/2 /b/3");
  EXPECT_EQ(Selected({.status_to = 404}), "/a/1 /a/2 /b/4");
  EXPECT_EQ(Selected({.limit = 2}), "/a/1 /a/2");
  EXPECT_EQ(Selected({.limit = 0}), "");
}

TEST(Task4SelectRecords, CountsWhatItLookedAt) {
  Targets targets;
  SelectTotals totals = SelectRecords(kLog, {.status_from = 300}, targets);
  EXPECT_EQ(totals.lines, 6u);
  EXPECT_EQ(totals.selected, 2u);
  EXPECT_EQ(totals.malformed, 2u) << "an empty line is no record";
  targets.takes = 2;
  totals = SelectRecords(kLog, {}, targets);
  EXPECT_EQ(totals.lines, 2u) << "the sink said enough";
  EXPECT_EQ(totals.selected, 2u);
  targets.takes = -1;
  totals = SelectRecords(kLog, {.limit = 2}, targets);
  EXPECT_EQ(totals.lines, 2u) << "the limit was reached";
  EXPECT_EQ(totals.selected, 2u);
}

class Bytes : public ResultSink {
 public:
  bool OnResult(const AccessRecord& record) override {
    bytes += record.bytes;
    return true;
  }
  std::uint64_t bytes = 0;
};

TEST(Task4SelectRecords, AllocatesNothing) {
  constexpr std::array<std::string_view, 3> kMethods = {"GET", "HEAD", "POST"};
  const std::string prefix = "/a/a prefix that is longer than any string's own";
  Bytes bytes;
  AllocationScope scope;
  SelectRecords(kLog, {.methods = kMethods}, bytes);
  SelectRecords(kLog, {.target_prefix = prefix}, bytes);
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(bytes.bytes, 4u);
}

// [region functional]
// The same options in a form that is often seen: functions that change them.
struct OwnedOptions {
  std::string target_prefix;
  std::vector<std::string> methods;
  int status_from = 100;
};
using Option = std::function<void(OwnedOptions&)>;

Option WithPrefix(const std::string& prefix) {
  return [prefix](OwnedOptions& options) { options.target_prefix = prefix; };
}
Option WithMethods(const std::vector<std::string>& methods) {
  return [methods](OwnedOptions& options) { options.methods = methods; };
}
// [end]
Option WithStatusFrom(int status) {
  return [status](OwnedOptions& options) { options.status_from = status; };
}
OwnedOptions Apply(const std::vector<Option>& changes) {
  OwnedOptions options;
  for (const Option& change : changes) change(options);
  return options;
}

TEST(Task4SelectRecords, OptionsWithoutCopiesCostNothing) {
  AllocationScope before;
  const OwnedOptions owned = Apply(
      {WithPrefix("/b/"), WithMethods({"GET", "HEAD"}), WithStatusFrom(200)});
  const auto of_functions = before.Counts().allocations;
  EXPECT_EQ(owned.methods.size(), 2u);
  constexpr std::array<std::string_view, 2> kMethods = {"GET", "HEAD"};
  Bytes bytes;
  AllocationScope after;
  const SelectOptions options = {
      .target_prefix = "/b/", .methods = kMethods, .status_from = 200};
  EXPECT_EQ(SelectRecords(kLog, options, bytes).selected, 2u);
  EXPECT_EQ(after.Counts().allocations, 0);
  RecordGain("allocations", of_functions, after.Counts().allocations);
  RecordProperty("functional_allocations", static_cast<int>(of_functions));
}

}  // namespace
}  // namespace workbook
