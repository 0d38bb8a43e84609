// SPDX-License-Identifier: Apache-2.0

// The side that asks: it has the description and its model, and no subject. All
// that it knows of the subject comes through descriptor 3, and none of it is
// believed to be well-formed.
#ifndef WORKBOOK_TOOLS_SUPPORT_HISTORY_ASKING_H_
#define WORKBOOK_TOOLS_SUPPORT_HISTORY_ASKING_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tools/support/history/codec.h"
#include "tools/support/history/guarded.h"
#include "tools/support/history/packets.h"

namespace workbook::history {

// Whether this program asks another for what its subject does.
extern bool is_asking;

// Thread safety: one thread, for all of it.
class Asking {
 public:
  // The first one of a process asks for a new process that answers.
  static void BeginHistory();

  // Appends an operation to what is sent with the next question.
  static Writer& Tell(Op op);
  // Begins a call; inputs follow.
  static Writer& Call(Op op, std::uint64_t site, std::size_t refuse_from);
  // Sends it. Returns what is behind the state of the heap, which is taken
  // over into `arena`; ends the history where no answer comes, or none that
  // could be one.
  static Reader Ask();
  // The same for kCall, whose answer says how the call ended.
  static Reader AskCall(Thrown& thrown);
  // Ends the history where an answer was not read to its end, or was too short.
  static void ExpectWhole(const Reader& answer);

  // Numbers of objects and fixtures, in the order of their making.
  static std::uint32_t NewNumber();
  // Calls are made on this thread, or on kMainThread.
  static std::uint8_t& thread();
};

}  // namespace workbook::history

#endif  // WORKBOOK_TOOLS_SUPPORT_HISTORY_ASKING_H_
