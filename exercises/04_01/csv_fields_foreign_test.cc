// SPDX-License-Identifier: Apache-2.0

// What real files hold besides records: byte order marks, NUL, Latin-1, and
// lines that are wrong.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "04_01/csv_fields.h"
#include "exercises/04_01/testing/contract.h"

namespace workbook {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

// The records of a file, a line each, fields with bars around them; "! OFFSET"
// for what is no record, the offset in the file.
std::string Records(std::string_view file) {
  GuardedBuffer memory(file.size());
  std::string_view csv = memory.LastCopy(file);
  std::string records;
  while (!csv.empty()) {
    std::array<CsvField, 8> fields;
    const CsvRecord record = ReadCsvRecord(csv, fields);
    if (record.fields.ok()) {
      for (std::size_t i = 0; i < record.fields.size; ++i) {
        records += "|" + std::string(fields[i].text);
      }
      records += "|\n";
    } else {
      const std::size_t done = file.size() - csv.size();
      records += "! " + std::to_string(done + record.fields.size) + "\n";
    }
    if (record.size_bytes == 0 || record.size_bytes > csv.size()) {
      ADD_FAILURE() << "a record of " << record.size_bytes << " bytes, where "
                    << csv.size() << " are left";
      return records;
    }
    csv.remove_prefix(record.size_bytes);
  }
  return records;
}

TEST(Task13CsvFields, ReadsEveryByteAsItIs) {
  EXPECT_EQ(Records("\xEF\xBB\xBFname,b\nc,d\n"),
            "|\xEF\xBB\xBFname|b|\n|c|d|\n")
      << "a byte order mark is the reader's of the file";
  EXPECT_EQ(Records("\xEF\xBB\xBF\"name\",b\nc,d\n"), "! 3\n|c|d|\n")
      << "and in front of a quote it makes the field a plain one";
  EXPECT_EQ(Records("a\0b,\"c\0d\"\n"sv), "|a\0b|c\0d|\n"s) << "NUL";
  EXPECT_EQ(Records("caf\xE9,\"\xFC\"\n"), "|caf\xE9|\xFC|\n") << "Latin-1";
}

TEST(Task13CsvFields, ReadsEveryFormOfLineEnd) {
  EXPECT_EQ(Records("a,b\r\nc,d\r\n"), "|a|b|\n|c|d|\n");
  EXPECT_EQ(Records("a,b\r\nc,d\n"), "|a|b|\n|c|d|\n") << "both";
  EXPECT_EQ(Records("a,b\nc,d"), "|a|b|\n|c|d|\n") << "no last line end";
  EXPECT_EQ(Records("a,b\r\nc,d\r"), "|a|b|\n|c|d\r|\n") << "half of one";
  EXPECT_EQ(Records("a,b\rc,d\r"), "|a|b\rc|d\r|\n") << "old Macs are not read";
  EXPECT_EQ(Records(""), "") << "an empty file has no record";
}

TEST(Task13CsvFields, OneBadRecordCostsOneRecord) {
  EXPECT_EQ(Records("a,6\" nail\nb,c\nd,e\n"), "! 3\n|b|c|\n|d|e|\n");
  EXPECT_EQ(Records("a,6\" nail\r\nb,c\r\n"), "! 3\n|b|c|\n") << "CRLF";
  EXPECT_EQ(Records("\"a\"b,c\nd,e\n"), "! 3\n|d|e|\n");
  EXPECT_EQ(Records("a\nb,6\" nail"), "|a|\n! 5\n") << "the last line";
  const std::string read = Records("a,6\" nail\nb,c\nd,e\n");
  RecordProperty(
      "records_after_a_nail",
      static_cast<int>(std::count(read.begin(), read.end(), '\n')) - 1);
}

TEST(Task13CsvFields, AQuoteThatNeverEndsCostsItsLine) {
  EXPECT_EQ(Records("a,\"b\nc,d\ne,f\n"), "! 13\n|c|d|\n|e|f|\n");
  EXPECT_EQ(Records("a,\"b\nc,\"d\"\ne,f\n"), "! 8\n|c|d|\n|e|f|\n")
      << "it seems to end at the next line's quote";
  EXPECT_EQ(Records("\"a\n\"b\n\"c\nd\n"), "! 4\n! 7\n! 11\n|d|\n")
      << "one in each line";
}

}  // namespace
}  // namespace workbook
