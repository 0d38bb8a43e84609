// SPDX-License-Identifier: Apache-2.0

// A call into the subject: what the heap is meanwhile, and how it ends.
#ifndef WORKBOOK_TOOLS_SUPPORT_HISTORY_GUARDED_H_
#define WORKBOOK_TOOLS_SUPPORT_HISTORY_GUARDED_H_

#include <cstddef>
#include <cstdint>
#include <new>
#include <stdexcept>

#include "tools/exercise/todo.h"

namespace workbook::history {

// How a call ended.
enum class Thrown : std::uint8_t {
  kNothing,
  kBadAlloc,
  kInvalidArgument,
  kLengthError,
  kOutOfRange,
  kOther,  // any other exception
};

// From here on the heap is the arena, of which the k-th allocation and all
// after it fail; 0: none.
void EnterArena(std::size_t refuse_from);
// An exception is an allocation of its own, which is not counted.
void LeaveArena(Thrown thrown);

// Keeps what the first Todo says, for the search.
void RememberTodo(const char* what);

// Makes the call with the arena as its heap. False: it met a Todo.
template <class F>
bool Guarded(std::size_t refuse_from, F&& call, Thrown& thrown) {
  EnterArena(refuse_from);
  thrown = Thrown::kNothing;
  bool is_written = true;
  try {
    call();
  } catch (const TodoError& error) {
    is_written = false;
    RememberTodo(error.what());
  } catch (const std::bad_alloc&) {
    thrown = Thrown::kBadAlloc;
  } catch (const std::invalid_argument&) {
    thrown = Thrown::kInvalidArgument;
  } catch (const std::length_error&) {
    thrown = Thrown::kLengthError;
  } catch (const std::out_of_range&) {
    thrown = Thrown::kOutOfRange;
  } catch (...) {
    thrown = Thrown::kOther;
  }
  LeaveArena(thrown);
  return is_written;
}

}  // namespace workbook::history

#endif  // WORKBOOK_TOOLS_SUPPORT_HISTORY_GUARDED_H_
