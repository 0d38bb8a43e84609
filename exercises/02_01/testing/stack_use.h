// SPDX-License-Identifier: Apache-2.0

// How many bytes of stack a call writes to.
#ifndef WORKBOOK_EXERCISES_02_01_TESTING_STACK_USE_H_
#define WORKBOOK_EXERCISES_02_01_TESTING_STACK_USE_H_

#include <cstddef>
#include <functional>

namespace workbook {

// The stack of the thread on which StackBytesOf runs.
inline constexpr std::size_t kStackBytes = std::size_t{16} << 20;

// Runs `function` on a thread with a stack of its own, which was filled with a
// pattern, and returns how many bytes lie between the function's caller and the
// deepest byte that no longer has it. Bytes that a call reserves without
// writing to them count as far as a deeper call writes.
// Cost: a thread and kStackBytes of address space.
// Thread safety: any thread.
// On failure: ends the process when the thread can't be made.
std::size_t StackBytesOf(const std::function<void()>& function);

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_02_01_TESTING_STACK_USE_H_
