// SPDX-License-Identifier: Apache-2.0

// What a stub does in place of the work that is the learner's.
#ifndef WORKBOOK_TOOLS_EXERCISE_TODO_H_
#define WORKBOOK_TOOLS_EXERCISE_TODO_H_

#include <stdexcept>

namespace workbook {

// Thrown by every part of an exercise that is not written yet. A type of its
// own, so that no test can mistake it for an error that a contract names.
class TodoError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

// Throws TodoError with "<place> is yours to write".
// REQUIRES: `place` is "NN_MM task N: Class::Function".
// Thread safety: any thread; on a thread without a handler it terminates.
[[noreturn]] void Todo(const char* place);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_EXERCISE_TODO_H_
