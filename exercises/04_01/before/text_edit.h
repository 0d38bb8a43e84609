// SPDX-License-Identifier: Apache-2.0

// Four edits of a text: trim, split, case fold, replace.
#ifndef WORKBOOK_EXERCISES_04_01_BEFORE_TEXT_EDIT_H_
#define WORKBOOK_EXERCISES_04_01_BEFORE_TEXT_EDIT_H_

#include <span>
#include <string_view>

#include "exercises/04_01/before/caller_buffer.h"

namespace workbook::before {

// For all of them:
// Cost: no allocation.
// Thread safety: any thread, on memory of its own.
// On failure: kTooSmall with the elements that are needed; never kInvalid.

// `text` without spaces, tabs, line ends, vertical tabs and form feeds at both
// ends: a view of it, also where it is empty.
// Cost: O(spaces).
std::string_view Trim(std::string_view text);

// The parts between the separators, as views of `text`: one more than there are
// separators, so that an empty text is one empty part.
// Cost: O(bytes).
BufferResult Split(std::string_view text, char separator,
                   std::span<std::string_view> parts);

// `text` with A to Z as a to z and every other byte as it is: what two texts
// have in common where case does not matter and letters are ASCII (HTTP, DNS).
// `out` may begin where `text` begins.
// Cost: O(bytes).
BufferResult FoldCase(std::string_view text, std::span<char> out);

// `text` with `to` for each `from`, found from the left, none inside another.
// An empty `from` is found nowhere. `out` may overlap nothing.
// Cost: O(bytes * from); usually O(bytes).
BufferResult Replace(std::string_view text, std::string_view from,
                     std::string_view to, std::span<char> out);

}  // namespace workbook::before

#endif  // WORKBOOK_EXERCISES_04_01_BEFORE_TEXT_EDIT_H_
