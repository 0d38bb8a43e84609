// SPDX-License-Identifier: Apache-2.0

// The calls of a description by number, the same in the program that asks and
// in the one that answers: both are compiled from one source.
#ifndef WORKBOOK_TOOLS_SUPPORT_HISTORY_SITES_H_
#define WORKBOOK_TOOLS_SUPPORT_HISTORY_SITES_H_

#include <cstdint>
#include <type_traits>
#include <typeinfo>
#include <utility>

namespace workbook::history {

class NamedThreads;

// A number for a type, by the name that the compiler gives it. That of a lambda
// is its function's and its place there.
template <class T>
std::uint64_t NumberOf() {
  std::uint64_t hash = 0xCBF29CE484222325;
  for (const char* name = typeid(T).name(); *name != '\0'; ++name) {
    hash = (hash ^ static_cast<unsigned char>(*name)) * 0x100000001B3;
  }
  return hash;
}

template <class F, class... Args>
std::uint64_t SiteOf() {
  static const std::uint64_t number = NumberOf<void(F, Args...)>();
  return number;
}

// What the lambda returns, as a value.
template <class F, class... Args>
using ResultOf = std::decay_t<std::invoke_result_t<F, Args&...>>;

}  // namespace workbook::history

#endif  // WORKBOOK_TOOLS_SUPPORT_HISTORY_SITES_H_
