// SPDX-License-Identifier: Apache-2.0

// A value of any copyable type, held inside the object while it is small.
//
// std::any of libstdc++ keeps 8 bytes inline and allocates for the rest. This
// one has room for kInlineBytes, so a list of such values is one block and not
// one a value.
//
// A value is held inline if all three are true, else on the heap:
//   1. it fits: sizeof(T) <= kInlineBytes;
//   2. the storage is aligned well enough: alignof(T) <= alignof(max_align_t);
//   3. T moves without throwing, so that moving the holder cannot fail.
#ifndef WORKBOOK_EXERCISES_02_02_BEFORE_INLINE_ANY_H_
#define WORKBOOK_EXERCISES_02_02_BEFORE_INLINE_ANY_H_

#include <any>
#include <cstddef>
#include <new>
#include <string>
#include <type_traits>
#include <typeinfo>
#include <utility>

namespace workbook::before {

// Says in words which type was held and which was asked for.
class BadInlineAnyCast : public std::bad_cast {
 public:
  explicit BadInlineAnyCast(std::string message)
      : message_(std::move(message)) {}
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  std::string message_;
};

// Throws BadInlineAnyCast: "InlineAny holds int, and double was asked for", or
// "InlineAny is empty, and double was asked for" where `held` is void.
[[noreturn]] void ThrowBadInlineAnyCast(const std::type_info& held,
                                        const std::type_info& asked);

// Thread safety: any number of readers, or one writer.
template <std::size_t kInlineBytes>
class BasicInlineAny {
  template <typename T>
  static constexpr bool kIsValue = std::conjunction_v<
      std::negation<std::is_same<std::decay_t<T>, BasicInlineAny>>,
      std::is_copy_constructible<std::decay_t<T>>>;

 public:
  // Whether a T needs no heap.
  template <typename T>
  static constexpr bool kHoldsInline = sizeof(T) <= kInlineBytes &&
                                       alignof(T) <=
                                           alignof(std::max_align_t) &&
                                       std::is_nothrow_move_constructible_v<T>;

  BasicInlineAny() noexcept = default;

  // Holds a copy of `value`, or what it is moved to.
  // Cost: that copy or move; no allocation if kHoldsInline, else one.
  // On failure: what T throws, or std::bad_alloc; nothing is made.
  template <typename T, typename = std::enable_if_t<kIsValue<T>>>
  // NOLINTNEXTLINE(google-explicit-constructor): as std::any
  BasicInlineAny(T&& value) {
    Emplace<std::decay_t<T>>(std::forward<T>(value));
  }

  // Copies the value.
  // On failure: nothing is made.
  BasicInlineAny(const BasicInlineAny& other);

  // Takes the value over; `other` is empty then.
  // Cost: no allocation ever.
  BasicInlineAny(BasicInlineAny&& other) noexcept;

  // Replaces what is held by a copy of the value.
  // On failure: this object holds what it held before.
  BasicInlineAny& operator=(const BasicInlineAny& other) {
    BasicInlineAny(other).Swap(*this);
    return *this;
  }

  // Takes the value over; `other` is empty then, unless it is this object.
  // Cost: no allocation ever.
  BasicInlineAny& operator=(BasicInlineAny&& other) noexcept {
    BasicInlineAny(std::move(other)).Swap(*this);
    return *this;
  }

  // Replaces what is held by a copy of `value`, or what it is moved to.
  // On failure: this object holds what it held before.
  template <typename T, typename = std::enable_if_t<kIsValue<T>>>
  BasicInlineAny& operator=(T&& value) {
    BasicInlineAny(std::forward<T>(value)).Swap(*this);
    return *this;
  }

  ~BasicInlineAny() { Reset(); }

  // Destroys what is held, then makes a T of `arguments` in its place, and
  // returns it.
  // REQUIRES: no argument is a part of what is held.
  // On failure: this object is empty.
  template <typename T, typename... Arguments>
  T& Emplace(Arguments&&... arguments);

  // Destroys what is held.
  void Reset() noexcept;

  void Swap(BasicInlineAny& other) noexcept;

  bool HasValue() const noexcept;

  // Returns the type of what is held; void's for nothing.
  const std::type_info& Type() const noexcept;

  // Returns the value if it is exactly a T, else nullptr.
  // Cost: O(1), no allocation.
  template <typename T>
  T* TryGet() noexcept;
  template <typename T>
  const T* TryGet() const noexcept {
    return const_cast<BasicInlineAny*>(this)->template TryGet<T>();
  }

  // Returns the value.
  // On failure: BadInlineAnyCast, which names both types.
  template <typename T>
  T& Get() {
    T* const value = TryGet<T>();
    if (value == nullptr) ThrowBadInlineAnyCast(Type(), typeid(T));
    return *value;
  }
  template <typename T>
  const T& Get() const {
    return const_cast<BasicInlineAny*>(this)->template Get<T>();
  }

 private:
  std::any value_;
};

template <std::size_t kInlineBytes>
BasicInlineAny<kInlineBytes>::BasicInlineAny(const BasicInlineAny& other)
    : value_(other.value_) {}

template <std::size_t kInlineBytes>
BasicInlineAny<kInlineBytes>::BasicInlineAny(BasicInlineAny&& other) noexcept
    : value_(std::move(other.value_)) {}

template <std::size_t kInlineBytes>
template <typename T, typename... Arguments>
T& BasicInlineAny<kInlineBytes>::Emplace(Arguments&&... arguments) {
  return value_.emplace<T>(std::forward<Arguments>(arguments)...);
}

template <std::size_t kInlineBytes>
void BasicInlineAny<kInlineBytes>::Reset() noexcept {
  value_.reset();
}

template <std::size_t kInlineBytes>
void BasicInlineAny<kInlineBytes>::Swap(BasicInlineAny& other) noexcept {
  value_.swap(other.value_);
}

template <std::size_t kInlineBytes>
bool BasicInlineAny<kInlineBytes>::HasValue() const noexcept {
  return value_.has_value();
}

template <std::size_t kInlineBytes>
const std::type_info& BasicInlineAny<kInlineBytes>::Type() const noexcept {
  return value_.type();
}

// [region TryGet]
template <std::size_t kInlineBytes>
template <typename T>
T* BasicInlineAny<kInlineBytes>::TryGet() noexcept {
  return std::any_cast<T>(&value_);
}
// [end]

// 64 bytes: 48 of value, the operations, and 8 that the alignment takes. That
// is the size of a cache line, and not its alignment: malloc aligns to 16, so
// those in a vector usually lie in two lines each.
using InlineAny = BasicInlineAny<48>;

}  // namespace workbook::before

#endif  // WORKBOOK_EXERCISES_02_02_BEFORE_INLINE_ANY_H_
