// SPDX-License-Identifier: Apache-2.0

#include "04_02/mail_columns.h"

#include <algorithm>
#include <utility>

namespace workbook {

void MailColumns::Reserve(std::size_t rows) {
  marks_.reserve(rows);
  ids_.reserve(rows);
  senders_.reserve(rows);
  subjects_.reserve(rows);
}

void MailColumns::Add(const MailRow& row) {
  // All that may throw comes before the first column changes. Subjects are the
  // last to get room, so their capacity is the least.
  std::string subject = row.subject;
  if (size() == subjects_.capacity()) {
    Reserve(std::max<std::size_t>(8, 2 * size()));
  }
  marks_.push_back(MarkOf(row.folder, row.is_read));
  ids_.push_back(row.id);
  senders_.push_back(row.sender);
  subjects_.push_back(std::move(subject));
}

void MailColumns::Remove(std::size_t row) {
  marks_[row] = marks_.back();
  ids_[row] = ids_.back();
  senders_[row] = senders_.back();
  subjects_[row].swap(subjects_.back());
  marks_.pop_back();
  ids_.pop_back();
  senders_.pop_back();
  subjects_.pop_back();
}

std::size_t MailColumns::CountUnread(std::uint8_t folder) const {
  return static_cast<std::size_t>(
      std::count(marks_.begin(), marks_.end(), MarkOf(folder, false)));
}

// [given]
MailRow MailColumns::RowAt(std::size_t row) const {
  return {ids_[row], subjects_[row], senders_[row],
          static_cast<std::uint8_t>(marks_[row] & 0x1F),
          (marks_[row] & 0x80) != 0};
}

}  // namespace workbook
