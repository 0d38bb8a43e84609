// SPDX-License-Identifier: Apache-2.0

#include "04_02/message_layout.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "exercises/04_02/before/message_layout.h"
#include "tools/exercise/testing/recorded_gain.h"

namespace workbook {
namespace {

TEST(Task1MessageLayout, TheCompilerPadsTheFirstForm) {
  EXPECT_EQ(sizeof(before::MessageHeader), 24u)
      << "1 and 7 to spare, 8, 1 and 3 to spare, 4";
  EXPECT_EQ(sizeof(before::MessageMarks), 9u);
  RecordProperty("slide", static_cast<int>(sizeof(before::MessageHeader)));
}

// The sorted header, and one field more.
struct WithAFolder {
  std::int64_t id;
  std::int32_t sender;
  std::int16_t folder;
  bool is_read;
  bool is_starred;
};

TEST(Task1MessageLayout, AHeaderTakesSixteenBytes) {
  EXPECT_LE(sizeof(MessageHeader), 16u) << "its fields have 14 bytes";
  RecordGain("header_bytes", sizeof(before::MessageHeader),
             sizeof(MessageHeader));
  RecordProperty("with_a_folder", static_cast<int>(sizeof(WithAFolder)));
}

TEST(Task1MessageLayout, MarksTakeTwoBytes) {
  EXPECT_LE(sizeof(MessageMarks), 2u) << "its fields need 15 bits";
  RecordGain("marks_bytes", sizeof(before::MessageMarks), sizeof(MessageMarks));
  RecordProperty("marks", static_cast<int>(sizeof(MessageMarks)));
}

TEST(Task1MessageLayout, FieldsKeepTheirTypes) {
  EXPECT_TRUE((std::is_same_v<decltype(MessageHeader::id), std::int64_t>));
  EXPECT_TRUE((std::is_same_v<decltype(MessageHeader::sender), std::int32_t>));
  EXPECT_TRUE((std::is_same_v<decltype(MessageHeader::is_read), bool>));
  EXPECT_TRUE((std::is_same_v<decltype(MessageHeader::is_starred), bool>));
}

TEST(Task1MessageLayout, FieldsLieWhereTheirTypesWantThem) {
  EXPECT_EQ(alignof(MessageHeader), 8u)
      << "a packed struct has ids that begin anywhere";
  EXPECT_EQ(offsetof(MessageHeader, id) % alignof(std::int64_t), 0u);
  EXPECT_EQ(offsetof(MessageHeader, sender) % alignof(std::int32_t), 0u);
}

TEST(Task1MessageLayout, AHeaderKeepsItsValues) {
  MessageHeader header{};
  header.id = std::numeric_limits<std::int64_t>::min();
  header.sender = std::numeric_limits<std::int32_t>::max();
  header.is_starred = true;
  EXPECT_EQ(header.id, std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(header.sender, std::numeric_limits<std::int32_t>::max());
  EXPECT_TRUE(header.is_starred);
  EXPECT_FALSE(header.is_read);
}

TEST(Task1MessageLayout, EachFlagIsOneOfItsOwn) {
  MessageMarks marks{};
  marks.is_answered = true;
  marks.is_draft = true;
  marks.is_muted = true;
  marks.has_attachment = true;
  EXPECT_TRUE(marks.is_answered && marks.is_draft && marks.is_muted &&
              marks.has_attachment);
  EXPECT_FALSE(marks.is_forwarded || marks.is_deleted || marks.is_encrypted);
  marks.is_forwarded = true;
  marks.is_deleted = true;
  marks.is_encrypted = true;
  marks.is_draft = false;
  EXPECT_TRUE(marks.is_forwarded && marks.is_deleted && marks.is_encrypted);
  EXPECT_FALSE(marks.is_draft);
  EXPECT_TRUE(marks.is_answered && marks.has_attachment);
}

TEST(Task1MessageLayout, PriorityAndFolderTakeEachValue) {
  MessageMarks marks{};
  marks.is_muted = true;
  // Counted up, since a number is narrowed where a field has too few bits.
  for (unsigned priority = 0; priority <= 7; ++priority) {
    marks.folder = 0;
    for (unsigned folder = 0; folder <= 31; ++folder) {
      ASSERT_EQ(unsigned{marks.priority}, priority) << "in folder " << folder;
      ASSERT_EQ(unsigned{marks.folder}, folder) << "of priority " << priority;
      ASSERT_TRUE(marks.is_muted);
      ASSERT_FALSE(marks.has_attachment);
      ++marks.folder;
    }
    ++marks.priority;
  }
}

}  // namespace
}  // namespace workbook
