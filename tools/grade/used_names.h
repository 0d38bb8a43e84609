// SPDX-License-Identifier: Apache-2.0

// What a name that a submission's object looks for tells about it.
#ifndef WORKBOOK_TOOLS_GRADE_USED_NAMES_H_
#define WORKBOOK_TOOLS_GRADE_USED_NAMES_H_

#include <string>

namespace workbook::grade {

enum class NameUse {
  kHonest,   // of the program itself, or of a list of what honest code uses
  kFlagged,  // a person should look
  kRefused,  // memory that is not counted
};

// Of a mangled name: honest if it is not the library's, or what a program gets
// by using a container, a stream, an exception or a mutex. Of a name outside
// C++: honest if the written list has it. Nothing else is.
// Cost: a few comparisons. Thread safety: any thread.
NameUse UseOf(const std::string& name);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_USED_NAMES_H_
