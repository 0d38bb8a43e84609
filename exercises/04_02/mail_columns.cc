// SPDX-License-Identifier: Apache-2.0

#include "04_02/mail_columns.h"

#include <algorithm>
#include <utility>

#include "tools/exercise/todo.h"

namespace workbook {

void MailColumns::Reserve(std::size_t rows) {
  Todo("04_02 task 2: MailColumns::Reserve");
}

void MailColumns::Add(const MailRow& row) {
  Todo("04_02 task 2: MailColumns::Add");
}

void MailColumns::Remove(std::size_t row) {
  Todo("04_02 task 2: MailColumns::Remove");
}

std::size_t MailColumns::CountUnread(std::uint8_t folder) const {
  Todo("04_02 task 2: MailColumns::CountUnread");
}

MailRow MailColumns::RowAt(std::size_t row) const {
  return {ids_[row], subjects_[row], senders_[row],
          static_cast<std::uint8_t>(marks_[row] & 0x1F),
          (marks_[row] & 0x80) != 0};
}

}  // namespace workbook
