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
  // What is known about the type of the callable.
  struct Table {
    R (*call)(void*, Arguments&&...);
    void (*move)(void* from, void* to) noexcept;  // and destroys `from`
    void (*destroy)(void*) noexcept;
  };

  template <class Callable>
  static constexpr Table kTable = {
      [](void* callable, Arguments&&... arguments) -> R {
        return std::invoke(*static_cast<Callable*>(callable),
                           std::forward<Arguments>(arguments)...);
      },
      [](void* from, void* to) noexcept {
        Callable* const callable = static_cast<Callable*>(from);
        new (to) Callable(std::move(*callable));
        std::destroy_at(callable);
      },
      [](void* callable) noexcept {
        std::destroy_at(static_cast<Callable*>(callable));
      }};

  void Reset() noexcept {
    if (table_ != nullptr) std::exchange(table_, nullptr)->destroy(bytes_);
  }

  alignas(std::max_align_t) std::byte bytes_[kBytes];
  const Table* table_ = nullptr;
};

template <std::size_t kBytes, class R, class... Arguments>
template <FitsInline<kBytes, R, Arguments...> Callable>
InlineFunction<kBytes, R, Arguments...>::InlineFunction(Callable callable)
    : table_(&kTable<Callable>) {
  new (bytes_) Callable(std::move(callable));
}

template <std::size_t kBytes, class R, class... Arguments>
InlineFunction<kBytes, R, Arguments...>::InlineFunction(
    InlineFunction&& other) noexcept {
  *this = std::move(other);
}

template <std::size_t kBytes, class R, class... Arguments>
InlineFunction<kBytes, R, Arguments...>&
InlineFunction<kBytes, R, Arguments...>::operator=(
    InlineFunction&& other) noexcept {
  if (this == &other) return *this;
  Reset();
  if (other.table_ != nullptr) {
    other.table_->move(other.bytes_, bytes_);
    table_ = std::exchange(other.table_, nullptr);
  }
  return *this;
}

template <std::size_t kBytes, class R, class... Arguments>
InlineFunction<kBytes, R, Arguments...>::~InlineFunction() {
  Reset();
}

template <std::size_t kBytes, class R, class... Arguments>
InlineFunction<kBytes, R, Arguments...>::operator bool() const {
  return table_ != nullptr;
}

template <std::size_t kBytes, class R, class... Arguments>
R InlineFunction<kBytes, R, Arguments...>::operator()(Arguments... arguments) {
  if (table_ == nullptr) throw std::bad_function_call();
  return table_->call(bytes_, std::forward<Arguments>(arguments)...);
}

}  // namespace workbook

#endif  // WORKBOOK_02_01_INLINE_FUNCTION_H_
