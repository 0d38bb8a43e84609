// SPDX-License-Identifier: Apache-2.0

// Parts of a text, as views of it.
#ifndef WORKBOOK_04_01_TEXT_VIEWS_H_
#define WORKBOOK_04_01_TEXT_VIEWS_H_

#include <span>
#include <string_view>

#include "04_01/caller_buffer.h"

namespace workbook {

// Returns `text` without the spaces, tabs, line ends, vertical tabs and form
// feeds at both ends: a view of it, which lies in `text` also where it is
// empty.
// Cost: O(spaces); no allocation.
// Thread safety: any thread.
std::string_view Trim(std::string_view text);

// Splits `text` at each `separator`, into views of it: one part more than there
// are separators, so that an empty text is one empty part. Parts that have room
// may be written even if others have none.
// Cost: O(bytes); no allocation.
// Thread safety: any thread, on parts of its own.
// On failure: kTooSmall with the parts that are needed; never kInvalid.
BufferResult Split(std::string_view text, char separator,
                   std::span<std::string_view> parts);

}  // namespace workbook

#endif  // WORKBOOK_04_01_TEXT_VIEWS_H_
