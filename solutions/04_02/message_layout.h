// SPDX-License-Identifier: Apache-2.0

// What a mailbox keeps of each message.
#ifndef WORKBOOK_04_02_MESSAGE_LAYOUT_H_
#define WORKBOOK_04_02_MESSAGE_LAYOUT_H_

#include <cstdint>

namespace workbook {

// One line in the list of a mailbox. Every field keeps its name and its type,
// and lies at an address that suits its type.
// Bytes: at most 16.
struct MessageHeader {
  std::int64_t id;
  std::int32_t sender;
  bool is_read;
  bool is_starred;
};
static_assert(sizeof(MessageHeader) == 16);

// What a message is marked with. Every field keeps its name, and takes each
// value that its comment names.
// Bytes: at most 2.
struct MessageMarks {
  bool is_answered : 1;
  bool is_forwarded : 1;
  bool is_draft : 1;
  bool is_deleted : 1;
  bool is_muted : 1;
  bool is_encrypted : 1;
  bool has_attachment : 1;
  std::uint8_t priority : 3;  // 0 to 7
  std::uint8_t folder : 5;    // 0 to 31
};
static_assert(sizeof(MessageMarks) == 2);

}  // namespace workbook

#endif  // WORKBOOK_04_02_MESSAGE_LAYOUT_H_
