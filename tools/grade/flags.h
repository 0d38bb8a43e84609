// SPDX-License-Identifier: Apache-2.0

// What a person does about a flag.
#ifndef WORKBOOK_TOOLS_GRADE_FLAGS_H_
#define WORKBOOK_TOOLS_GRADE_FLAGS_H_

#include <string>

namespace workbook::grade {

// Flags by how much they say: an impossible figure before a call.
enum class FlagKind { kFigure, kTest, kReach, kValue, kCall };

FlagKind KindOf(const std::string& flag);

// What such flags have in common, as a table's caption.
const char* Title(FlagKind kind);

// A sentence: what to look at in the submission.
const char* WhatToLookAt(FlagKind kind);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_FLAGS_H_
