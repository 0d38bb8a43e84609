// SPDX-License-Identifier: Apache-2.0

#include "04_01/csv_fields.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "exercises/04_01/before/csv_fields.h"
#include "exercises/04_01/testing/contract.h"
#include "tools/exercise/testing/recorded_gain.h"

namespace workbook {
namespace {

using Texts = std::vector<std::string>;

// What the first record of `csv` says, and its bytes.
Texts Fields(std::string_view csv, std::size_t size_bytes,
             const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
  const CalledFrom here(file, line, "ReadCsvRecord");
  GuardedBuffer memory(csv.size());
  const std::string_view copy = memory.LastCopy(csv);
  std::vector<CsvField> fields(16);
  const CsvRecord record = ReadCsvRecord(copy, fields);
  EXPECT_EQ(record.fields.status, BufferStatus::kOk) << csv;
  EXPECT_EQ(record.size_bytes, size_bytes) << csv;
  Texts texts;
  std::vector<char> text(csv.size());
  for (std::size_t i = 0; record.fields.ok() && i < record.fields.size; ++i) {
    const BufferResult result = UnquoteCsvField(fields[i], text);
    texts.emplace_back(Written(text, result));
  }
  return texts;
}

TEST(Task13CsvFields, ReadsOneRecordUpToItsLineEnd) {
  EXPECT_EQ(Fields("a,bc,\nnext", 6), (Texts{"a", "bc", ""}));
  EXPECT_EQ(Fields("a,b\r\nnext", 5), (Texts{"a", "b"}));
  EXPECT_EQ(Fields("last,one", 8), (Texts{"last", "one"}));
  EXPECT_EQ(Fields("\nx", 1), (Texts{""}));
  EXPECT_EQ(Fields("\r\n", 2), (Texts{""}));
  EXPECT_EQ(Fields(",", 1), (Texts{"", ""}));
}

TEST(Task13CsvFields, QuotesHoldCommasAndLineEnds) {
  EXPECT_EQ(Fields("\"a,b\",\"c\r\nd\",\"e\nf\"\r\nx", 20),
            (Texts{"a,b", "c\r\nd", "e\nf"}));
  EXPECT_EQ(Fields("\"\",\"\"", 5), (Texts{"", ""}));
}

TEST(Task13CsvFields, TwoQuotesInsideAreOne) {
  EXPECT_EQ(Fields("\"say \"\"hi\"\"\"\n", 13), (Texts{"say \"hi\""}));
  EXPECT_EQ(Fields("\"\"\"\",x", 6), (Texts{"\"", "x"}));
  EXPECT_EQ(Fields("\"\"\"\"\"\"", 6), (Texts{"\"\""}));
}

TEST(Task13CsvFields, ALoneCarriageReturnIsACharacter) {
  EXPECT_EQ(Fields("a\rb,c\r\n", 7), (Texts{"a\rb", "c"}));
  EXPECT_EQ(Fields("a\r", 2), (Texts{"a\r"}));
}

TEST(Task13CsvFields, FieldsAreViewsOfTheInput) {
  const std::string csv = "plain,\"quoted\",\"with \"\"\"";
  std::vector<CsvField> fields(3);
  ASSERT_TRUE(ReadCsvRecord(csv, fields).fields.ok());
  EXPECT_EQ(fields[0].text.data(), csv.data());
  EXPECT_EQ(fields[1].text.data(), csv.data() + 7);
  EXPECT_FALSE(fields[1].has_doubled_quotes) << "nothing has to be copied";
  EXPECT_TRUE(fields[2].has_doubled_quotes);
  EXPECT_EQ(fields[2].text, "with \"\"");
}

void ExpectWrongAt(std::string_view csv, std::size_t offset,
                   const char* file = __builtin_FILE(),
                   int line = __builtin_LINE()) {
  const CalledFrom here(file, line, "ReadCsvRecord");
  GuardedBuffer memory(csv.size());
  std::vector<CsvField> fields(4);
  for (const std::size_t room : {4u, 0u}) {
    const CsvRecord record =
        ReadCsvRecord(memory.LastCopy(csv), std::span(fields).first(room));
    EXPECT_EQ(record.fields, InvalidAt(offset)) << csv;
    EXPECT_EQ(record.size_bytes, csv.size()) << csv;
  }
}

TEST(Task13CsvFields, RefusesQuotesInTheWrongPlace) {
  ExpectWrongAt("a\"b", 1);
  ExpectWrongAt("x,a\"\n", 3);
  ExpectWrongAt("\"a\"b,c", 3);
  ExpectWrongAt("\"a\" ,c", 3);
  ExpectWrongAt("\"a\"\rb", 3);
  ExpectWrongAt("\"a\"\r", 3);
}

TEST(Task13CsvFields, RefusesAQuoteThatNeverEnds) {
  ExpectWrongAt("\"", 1);
  ExpectWrongAt("x,\"abc\n", 7);
  ExpectWrongAt("\"abc\"\"", 6);
}

TEST(Task13CsvFields, SaysHowManyFieldsThereAre) {
  const std::string_view csv = "a,b,\"c\",d\nrest";
  for (std::size_t room = 0; room <= 5; ++room) {
    std::vector<CsvField> fields(room);
    const CsvRecord record = ReadCsvRecord(csv, fields);
    EXPECT_EQ(record.fields.size, 4u);
    EXPECT_EQ(record.fields.ok(), room >= 4) << room;
    EXPECT_EQ(record.size_bytes, 10u) << "known for a room of " << room;
  }
}

TEST(Task13CsvFields, UnquotesIntoTheCallersBufferAndInPlace) {
  const CsvField field = {"a \"\"b\"\" c\"\"", true};
  ExpectFillsText("a \"b\" c\"", [&](std::span<char> out) {
    return UnquoteCsvField(field, out);
  });
  std::string text(field.text);
  const BufferResult result = UnquoteCsvField({text, true}, text);
  EXPECT_EQ(Written(text, result), "a \"b\" c\"");
}

TEST(Task13CsvFields, QuotesOnlyWhatNeedsIt) {
  const auto expect = [](std::string_view text, std::string_view field) {
    ExpectFillsText(
        field, [&](std::span<char> out) { return QuoteCsvField(text, out); });
  };
  expect("plain text", "plain text");
  expect("", "");
  expect("a,b", "\"a,b\"");
  expect("a\nb", "\"a\nb\"");
  expect("a\rb", "\"a\rb\"");
  expect("\"", "\"\"\"\"");
  expect("say \"hi\"", "\"say \"\"hi\"\"\"");
}

TEST(Task13CsvFields, NeverAllocates) {
  const std::string_view csv =
      "a field of some length,\"one, with \"\"quotes\"\" inside\",third\n";
  std::vector<char> out(100);
  CsvField fields[3];
  before::CsvField plain_fields[3];
  const AllocationScope plain;
  before::ReadCsvRecord(csv, plain_fields);
  before::UnquoteCsvField(plain_fields[1], out);
  RecordGain("allocations", plain.Counts().allocations, 0);
  ExpectNoAllocation(
      [&] { ASSERT_TRUE(ReadCsvRecord(csv, fields).fields.ok()); });
  ExpectNoAllocation(
      [&] { ASSERT_TRUE(UnquoteCsvField(fields[1], out).ok()); });
  ExpectNoAllocation([&] {
    ASSERT_TRUE(QuoteCsvField("a text with, a comma and \"quotes\"", out).ok());
  });
}

TEST(Task13CsvFields, AnswersAMillionRandomInputsAsThePlainForm) {
  SeedTrace trace;
  Random random(415);
  std::string text;
  std::vector<CsvField> fields(8);
  std::vector<before::CsvField> want_fields(8);
  std::vector<char> out(64);
  std::vector<char> want(64);
  for (int i = 0; i < kRandomInputs / 2; ++i) {
    FillRandomly(random, "a\"\",,\n\rb\"", 14, text);
    const std::size_t room = random.Below(30);
    const AllocationScope scope;
    const auto quoted = QuoteCsvField(text, std::span(out).first(room));
    ASSERT_EQ(scope.Counts().allocations, 0) << text;
    const auto want_quoted =
        before::QuoteCsvField(text, std::span(want).first(room));
    ASSERT_TRUE(SameResult(quoted, want_quoted)) << text;
    ASSERT_EQ(Written(out, quoted), Written(want, want_quoted)) << text;
    if (text.empty()) continue;
    const auto record = ReadCsvRecord(text, std::span(fields).first(room % 9));
    const auto plain =
        before::ReadCsvRecord(text, std::span(want_fields).first(room % 9));
    ASSERT_TRUE(SameResult(record.fields, plain.fields)) << text;
    ASSERT_EQ(record.size_bytes, plain.size_bytes) << text;
    for (std::size_t k = 0; record.fields.ok() && k < record.fields.size; ++k) {
      ASSERT_EQ(fields[k].text, want_fields[k].text) << text;
      ASSERT_EQ(fields[k].has_doubled_quotes,
                want_fields[k].has_doubled_quotes);
      const auto said = UnquoteCsvField(fields[k], out);
      const auto want_said = before::UnquoteCsvField(want_fields[k], want);
      ASSERT_EQ(Written(out, said), Written(want, want_said)) << text;
    }
  }
}

TEST(Task13CsvFields, AMillionRandomTextsComeBackFromTheirField) {
  SeedTrace trace;
  Random random(416);
  std::string text;
  std::vector<char> quoted(64);
  std::vector<char> back(64);
  for (int i = 0; i < kRandomInputs / 2; ++i) {
    FillRandomly(random, "a\",\n\r", 14, text);
    if (text.empty()) continue;
    const AllocationScope scope;
    const std::string_view csv = Written(quoted, QuoteCsvField(text, quoted));
    CsvField field;
    const CsvRecord record = ReadCsvRecord(csv, {&field, 1});
    ASSERT_EQ(scope.Counts().allocations, 0) << text;
    ASSERT_EQ(record.fields, (BufferResult{BufferStatus::kOk, 1})) << text;
    ASSERT_EQ(Written(back, UnquoteCsvField(field, back)), text);
  }
}

}  // namespace
}  // namespace workbook
