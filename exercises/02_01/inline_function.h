// SPDX-License-Identifier: Apache-2.0

// A callable of any type, held within the object: what std::function does for
// two pointers, for as many bytes as you choose, and never on the heap.
#ifndef WORKBOOK_02_01_INLINE_FUNCTION_H_
#define WORKBOOK_02_01_INLINE_FUNCTION_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

#include "tools/exercise/todo.h"

namespace workbook {

template <std::size_t kBytes, class R, class... Arguments>
class InlineFunction;

// Whether a type is an InlineFunction. None holds another one: a move would
// else have to ask whether it can hold itself.
template <class Type>
inline constexpr bool kIsInlineFunction = false;
template <std::size_t kBytes, class R, class... Arguments>
inline constexpr bool
    kIsInlineFunction<InlineFunction<kBytes, R, Arguments...>> = true;

// Says whether an InlineFunction can hold a Callable: it fits, its alignment is
// at most that of std::max_align_t, it moves without throwing, it can be
// called, and it is no InlineFunction itself.
template <class Callable, std::size_t kBytes, class R, class... Arguments>
concept FitsInline = requires {
  requires !kIsInlineFunction<Callable>;
  requires sizeof(Callable) <= kBytes;
  requires alignof(Callable) <= alignof(std::max_align_t);
  requires std::is_nothrow_move_constructible_v<Callable>;
  requires std::is_invocable_r_v<R, Callable&, Arguments...>;
};

// Owns a callable of at most kBytes bytes, which takes Arguments and returns R.
// Cost: the sum of kBytes and a pointer, rounded up to the alignment of
// std::max_align_t; no allocation but those of the callable itself.
// Thread safety: that of the callable.
template <std::size_t kBytes, class R, class... Arguments>
class InlineFunction {
 public:
  // Holds nothing.
  InlineFunction() = default;

  // Holds `callable`, which is moved in. What does not fit does not compile.
  // Cost: a move of the callable.
  template <FitsInline<kBytes, R, Arguments...> Callable>
  InlineFunction(Callable callable);  // NOLINT: converts, as std::function

  // Takes the callable over; `other` then holds nothing.
  // Cost: a move and a destruction of the callable.
  InlineFunction(InlineFunction&& other) noexcept;

  // Does the same, and destroys what was held before. Onto itself, it does
  // nothing.
  InlineFunction& operator=(InlineFunction&& other) noexcept;

  // Destroys the callable.
  ~InlineFunction();

  // Says whether a callable is held.
  // Cost: O(1).
  explicit operator bool() const;

  // Calls it.
  // Cost: one indirect call.
  // On failure: what the callable throws; std::bad_function_call without one.
  R operator()(Arguments... arguments);

 private:
  // Your data members.
};

template <std::size_t kBytes, class R, class... Arguments>
template <FitsInline<kBytes, R, Arguments...> Callable>
InlineFunction<kBytes, R, Arguments...>::InlineFunction(Callable callable) {
  Todo("02_01 task 9: InlineFunction::InlineFunction");
}

template <std::size_t kBytes, class R, class... Arguments>
InlineFunction<kBytes, R, Arguments...>::InlineFunction(
    InlineFunction&& other) noexcept {
  // Yours. No Todo: it may not leave a noexcept function.
}

template <std::size_t kBytes, class R, class... Arguments>
InlineFunction<kBytes, R, Arguments...>&
InlineFunction<kBytes, R, Arguments...>::operator=(
    InlineFunction&& other) noexcept {
  // Yours. No Todo: it may not leave a noexcept function.
  return *this;
}

template <std::size_t kBytes, class R, class... Arguments>
InlineFunction<kBytes, R, Arguments...>::~InlineFunction() {
  // Yours. No Todo: it may not leave a destructor.
}

template <std::size_t kBytes, class R, class... Arguments>
InlineFunction<kBytes, R, Arguments...>::operator bool() const {
  Todo("02_01 task 9: InlineFunction::operator bool");
}

template <std::size_t kBytes, class R, class... Arguments>
R InlineFunction<kBytes, R, Arguments...>::operator()(Arguments... arguments) {
  Todo("02_01 task 9: InlineFunction::operator()");
}

}  // namespace workbook

#endif  // WORKBOOK_02_01_INLINE_FUNCTION_H_
