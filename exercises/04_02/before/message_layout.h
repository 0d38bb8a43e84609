// SPDX-License-Identifier: Apache-2.0

// What a mailbox keeps of each message.
#ifndef WORKBOOK_EXERCISES_04_02_BEFORE_MESSAGE_LAYOUT_H_
#define WORKBOOK_EXERCISES_04_02_BEFORE_MESSAGE_LAYOUT_H_

#include <cstdint>

namespace workbook::before {

// One line in the list of a mailbox. Every field keeps its name and its type,
// and lies at an address that suits its type.
// Bytes: at most 16.
struct MessageHeader {
  bool is_read;
  std::int64_t id;
  bool is_starred;
  std::int32_t sender;
};

// What a message is marked with. Every field keeps its name, and takes each
// value that its comment names.
// Bytes: at most 2.
struct MessageMarks {
  bool is_answered;
  bool is_forwarded;
  bool is_draft;
  bool is_deleted;
  bool is_muted;
  bool is_encrypted;
  bool has_attachment;
  std::uint8_t priority;  // 0 to 7
  std::uint8_t folder;    // 0 to 31
};

}  // namespace workbook::before

#endif  // WORKBOOK_EXERCISES_04_02_BEFORE_MESSAGE_LAYOUT_H_
