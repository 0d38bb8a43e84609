// SPDX-License-Identifier: Apache-2.0

// Two edits of a text: case fold, replace.
#ifndef WORKBOOK_04_01_TEXT_EDIT_H_
#define WORKBOOK_04_01_TEXT_EDIT_H_

#include <span>
#include <string_view>

#include "04_01/caller_buffer.h"

namespace workbook {

// For all of them:
// Cost: no allocation.
// Thread safety: any thread, on memory of its own.
// On failure: kTooSmall with the bytes that are needed; never kInvalid.

// Writes `text` with A to Z as a to z and every other byte as it is: what two
// texts have in common where case does not matter and letters are ASCII (HTTP,
// DNS).
// REQUIRES: `out` begins where `text` begins, or overlaps nothing.
// Cost: O(bytes).
BufferResult FoldCase(std::string_view text, std::span<char> out);

// Writes `text` with `to` for each `from`, found from the left, none inside
// another. An empty `from` is found nowhere.
// REQUIRES: `out` overlaps nothing.
// Cost: O(bytes * from); usually O(bytes).
BufferResult Replace(std::string_view text, std::string_view from,
                     std::string_view to, std::span<char> out);

}  // namespace workbook

#endif  // WORKBOOK_04_01_TEXT_EDIT_H_
