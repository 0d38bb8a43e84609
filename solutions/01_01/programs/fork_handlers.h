// SPDX-License-Identifier: Apache-2.0

// What the library of fork handlers tells of itself.
#ifndef WORKBOOK_01_01_PROGRAMS_FORK_HANDLERS_H_
#define WORKBOOK_01_01_PROGRAMS_FORK_HANDLERS_H_

struct HandlerCalls {
  int prepare = 0;
  int parent = 0;
  int child = 0;
  int failed = 0;  // of those, with a block that was refused or damaged
};

const HandlerCalls& CallsOfHandlers();

// A thread that holds the library's mutex allocates: whoever forks must not
// hold malloc's locks while the library's handler waits for that mutex.
bool AllocateUnderLibraryMutex();

#endif  // WORKBOOK_01_01_PROGRAMS_FORK_HANDLERS_H_
