// SPDX-License-Identifier: Apache-2.0

// A message as a mailbox is given it, and its mark of one byte.
#ifndef WORKBOOK_EXERCISES_04_02_GIVEN_MAIL_H_
#define WORKBOOK_EXERCISES_04_02_GIVEN_MAIL_H_

#include <cstdint>
#include <string>

namespace workbook {

struct MailRow {
  std::int64_t id = 0;
  std::string subject;
  std::int32_t sender = 0;
  std::uint8_t folder = 0;  // 0 to 31
  bool is_read = false;
};
// The natural form: a std::vector of these.
static_assert(sizeof(MailRow) == 48);

// Returns folder and flag in one byte: two messages have the same mark if both
// agree.
// REQUIRES: folder <= 31.
// Cost: two instructions; no allocation.
// Thread safety: any thread.
constexpr std::uint8_t MarkOf(std::uint8_t folder, bool is_read) {
  return static_cast<std::uint8_t>(folder | (is_read ? 0x80 : 0));
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_04_02_GIVEN_MAIL_H_
