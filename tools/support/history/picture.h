// SPDX-License-Identifier: Apache-2.0

// The heap and the object as text, from their bytes alone: nothing is asked of
// the subject's class.
#ifndef WORKBOOK_TOOLS_SUPPORT_HISTORY_PICTURE_H_
#define WORKBOOK_TOOLS_SUPPORT_HISTORY_PICTURE_H_

#include <string>

#include "tools/support/history/subject.h"

namespace workbook::history {

// Returns a line for each live piece of the heap, with what is lent and free of
// it and where the words that are addresses lead, and one for the words of the
// object that have changed since the picture before.
// Thread safety: one thread at a time.
std::string Picture(const Subject& subject);

}  // namespace workbook::history

#endif  // WORKBOOK_TOOLS_SUPPORT_HISTORY_PICTURE_H_
