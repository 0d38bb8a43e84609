// SPDX-License-Identifier: Apache-2.0

#include "04_02/mail_columns.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "exercises/04_02/testing/scarce_memory.h"
#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

constexpr char kLong[] = "a subject that no std::string holds inside";

MailRow Row(std::int64_t id, std::uint8_t folder = 0, bool is_read = false) {
  return {id, std::to_string(id), static_cast<std::int32_t>(-id), folder,
          is_read};
}

void ExpectRow(const MailColumns& mail, std::size_t place,
               const MailRow& expected) {
  ASSERT_LT(place, mail.size());
  const MailRow row = mail.RowAt(place);
  EXPECT_EQ(row.id, expected.id) << "in row " << place;
  EXPECT_EQ(row.sender, expected.sender) << "in row " << place;
  EXPECT_EQ(row.folder, expected.folder) << "in row " << place;
  EXPECT_EQ(row.is_read, expected.is_read) << "in row " << place;
  EXPECT_EQ(row.subject, expected.subject) << "in row " << place;
}

// [region CountInRows]
std::size_t CountInRows(const std::vector<MailRow>& rows, std::uint8_t folder) {
  std::size_t unread = 0;
  for (const MailRow& row : rows)
    unread += row.folder == folder && !row.is_read;
  return unread;
}
// [end]

TEST(Task2MailColumns, KeepsEveryField) {
  MailColumns mail;
  mail.Add({7, kLong, 8, 31, true});
  mail.Add({-9, "", -10, 0, false});
  ASSERT_EQ(mail.size(), 2u);
  ExpectRow(mail, 0, {7, kLong, 8, 31, true});
  ExpectRow(mail, 1, {-9, "", -10, 0, false});
}

TEST(Task2MailColumns, EachColumnIsOneArray) {
  MailColumns mail;
  for (int i = 0; i < 100; ++i) mail.Add(Row(i, 3, i % 2 == 0));
  ASSERT_EQ(mail.marks().size(), 100u);
  ASSERT_EQ(mail.ids().size(), 100u);
  ASSERT_EQ(mail.senders().size(), 100u);
  for (std::size_t i = 0; i < 100; ++i) {
    ASSERT_EQ(mail.ids()[i], static_cast<std::int64_t>(i));
    ASSERT_EQ(mail.senders()[i], -static_cast<std::int32_t>(i));
    ASSERT_EQ(mail.marks()[i], MarkOf(3, i % 2 == 0));
  }
}

TEST(Task2MailColumns, CountsWhatIsUnreadInAFolder) {
  std::mt19937_64 random(1);
  MailColumns mail;
  std::vector<MailRow> rows;
  for (int i = 0; i < 2000; ++i) {
    rows.push_back(
        Row(i, static_cast<std::uint8_t>(random() % 32), random() % 2 == 0));
    mail.Add(rows.back());
  }
  const AllocationScope scope;
  for (std::uint8_t folder = 0; folder < 32; ++folder) {
    ASSERT_EQ(mail.CountUnread(folder), CountInRows(rows, folder))
        << "folder " << int{folder};
  }
  EXPECT_EQ(scope.Counts().allocations, 0);
}

TEST(Task2MailColumns, TheLastRowTakesThePlaceOfARemovedOne) {
  MailColumns mail;
  for (int i = 0; i < 4; ++i) mail.Add(Row(i, 1, i == 3));
  mail.Remove(1);
  ASSERT_EQ(mail.size(), 3u);
  ExpectRow(mail, 0, Row(0, 1));
  ExpectRow(mail, 1, Row(3, 1, true));
  ExpectRow(mail, 2, Row(2, 1));
  EXPECT_EQ(mail.marks().size(), 3u);
  EXPECT_EQ(mail.senders().size(), 3u);
}

TEST(Task2MailColumns, RemovesTheLastRowItself) {
  MailColumns mail;
  mail.Add({1, kLong, 2, 3, false});
  mail.Add({4, kLong, 5, 6, true});
  mail.Remove(1);
  ASSERT_EQ(mail.size(), 1u);
  ExpectRow(mail, 0, {1, kLong, 2, 3, false});
  mail.Remove(0);
  EXPECT_EQ(mail.size(), 0u);
  EXPECT_EQ(mail.CountUnread(3), 0u);
}

TEST(Task2MailColumns, HotColumnsHaveNoPadding) {
  constexpr std::size_t kRows = 1000;
  const AllocationScope natural_scope;
  std::vector<MailRow> rows;
  rows.reserve(kRows);
  const auto natural = natural_scope.Counts().live_bytes;
  const AllocationScope scope;
  MailColumns mail;
  mail.Reserve(kRows);
  for (std::size_t i = 0; i < kRows; ++i) mail.Add(Row(1));
  const auto live = scope.Counts().live_bytes;
  const auto cold = static_cast<std::int64_t>(kRows * sizeof(std::string));
  EXPECT_EQ(live - cold, 13'000) << "8 of an id, 4 of a sender, 1 of a mark";
  RecordGain("scanned_bytes", natural, live - cold);
  RecordProperty("hot", static_cast<int>((live - cold) / 1000));
}

TEST(Task2MailColumns, ReservedRowsAllocateNothing) {
  ScarceMemory memory;
  MailColumns mail(&memory);
  mail.Reserve(500);
  EXPECT_EQ(memory.allocations, 4) << "one for each column";
  for (int i = 0; i < 500; ++i) mail.Add(Row(i));
  EXPECT_EQ(memory.allocations, 4);
  mail.Reserve(10);
  EXPECT_EQ(memory.allocations, 4) << "there is room for 500 already";
}

TEST(Task2MailColumns, ColumnsGrowToTwiceTheRows) {
  ScarceMemory memory;
  MailColumns mail(&memory);
  for (int i = 0; i < 1000; ++i) mail.Add(Row(i));
  EXPECT_EQ(memory.allocations, 4 * 8)
      << "four columns of 8, 16, 32, 64, 128, 256, 512 and 1024 rows";
}

// Adds row `id` while `allowed` allocations succeed. Whatever comes of it, the
// columns must agree.
void AddWhereMemoryEnds(MailColumns& mail, ScarceMemory& memory,
                        std::int64_t id, int allowed) {
  std::size_t rows = mail.size();
  memory.allowed = allowed;
  try {
    mail.Add(Row(id, 2));
    ++rows;
  } catch (const std::bad_alloc&) {
  }
  ASSERT_EQ(mail.ids().size(), rows) << "ids";
  ASSERT_EQ(mail.marks().size(), rows) << "marks";
  ASSERT_EQ(mail.senders().size(), rows) << "senders";
  ASSERT_EQ(mail.CountUnread(2), rows);
}

TEST(Task2MailColumns, WhicheverColumnFailsTheRowsStay) {
  for (int allowed = 0; allowed < 16; ++allowed) {
    const int first = allowed / 4;
    const int second = allowed % 4;
    SCOPED_TRACE(testing::Message()
                 << "The first Add of row 8 finds " << first
                 << " blocks of memory, the next one " << second << ".");
    ScarceMemory memory;
    MailColumns mail(&memory);
    for (int i = 0; i < 8; ++i) mail.Add(Row(i, 2));
    ASSERT_NO_FATAL_FAILURE(AddWhereMemoryEnds(mail, memory, 8, first));
    ASSERT_EQ(mail.size(), 8u) << "not all of four columns found memory";
    // Some columns have room for more now, and others have not.
    ASSERT_NO_FATAL_FAILURE(AddWhereMemoryEnds(mail, memory, 8, second));
    // Once there is memory again, the next row fits into all of them.
    memory.allowed = 4;
    for (int i = static_cast<int>(mail.size()); i < 16; ++i) {
      mail.Add(Row(i, 2));
    }
    for (int i = 0; i < 16; ++i) {
      ExpectRow(mail, static_cast<std::size_t>(i), Row(i, 2));
    }
  }
}

TEST(Task2MailColumns, ManyRandomCallsAgreeWithRows) {
  std::mt19937_64 random(2);
  MailColumns mail;
  std::vector<MailRow> rows;
  for (int call = 0; call < 50'000; ++call) {
    if (rows.empty() || random() % 100 < 52) {
      rows.push_back(Row(call, static_cast<std::uint8_t>(random() % 32),
                         random() % 2 == 0));
      mail.Add(rows.back());
    } else {
      const std::size_t place = random() % rows.size();
      mail.Remove(place);
      std::swap(rows[place], rows.back());
      rows.pop_back();
    }
    ASSERT_EQ(mail.size(), rows.size()) << "call " << call;
  }
  for (std::size_t i = 0; i < rows.size(); ++i) ExpectRow(mail, i, rows[i]);
}

}  // namespace
}  // namespace workbook
