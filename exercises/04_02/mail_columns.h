// SPDX-License-Identifier: Apache-2.0

// A mailbox that keeps each field in an array of its own.
#ifndef WORKBOOK_04_02_MAIL_COLUMNS_H_
#define WORKBOOK_04_02_MAIL_COLUMNS_H_

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <string>
#include <vector>

#include "exercises/04_02/given/mail.h"

namespace workbook {

// Messages in rows 0 to size() - 1, as four columns. Marks, ids and senders are
// hot: lists are made of them. Subjects are cold, and no scan comes near them.
//
// Invariants:
// 1. All columns have size() elements, whatever throws.
// 2. A row costs the bytes of its id, sender and mark, and one std::string. No
//    padding.
//
// Thread safety: readers, or one writer.
class MailColumns {
 public:
  // Makes an empty mailbox whose columns take every block from `memory`.
  // Cost: O(1); no allocation.
  explicit MailColumns(
      std::pmr::memory_resource* memory = std::pmr::new_delete_resource())
      : marks_(memory), ids_(memory), senders_(memory), subjects_(memory) {}

  // Makes room for `rows` rows in total in each column; never less room than
  // there is.
  // Cost: O(size()) where a column moves; at most one allocation a column.
  // On failure: std::bad_alloc or std::length_error; the rows are as before.
  void Reserve(std::size_t rows);

  // Adds a copy of `row` behind the last one.
  // Cost: amortised O(1) and the copy of the subject. When the columns are
  // full, each grows once, to twice the rows, or to 8 where it had none.
  // On failure: std::bad_alloc; the rows are as before.
  void Add(const MailRow& row);

  // Removes row `row`; the last row takes its place.
  // REQUIRES: row < size().
  // Cost: O(1); no allocation.
  void Remove(std::size_t row);

  // Returns how many messages of `folder` are not read. Reads marks alone.
  // REQUIRES: folder <= 31.
  // Cost: O(size()), one byte a row; no allocation.
  std::size_t CountUnread(std::uint8_t folder) const;

  // Returns row `row`, put together again.
  // REQUIRES: row < size().
  // Cost: O(1), and the copy of the subject.
  MailRow RowAt(std::size_t row) const;

  std::size_t size() const { return ids_.size(); }
  std::span<const std::uint8_t> marks() const { return marks_; }
  std::span<const std::int64_t> ids() const { return ids_; }
  std::span<const std::int32_t> senders() const { return senders_; }

 private:
  std::pmr::vector<std::uint8_t> marks_;
  std::pmr::vector<std::int64_t> ids_;
  std::pmr::vector<std::int32_t> senders_;
  std::pmr::vector<std::string> subjects_;
};

}  // namespace workbook

#endif  // WORKBOOK_04_02_MAIL_COLUMNS_H_
