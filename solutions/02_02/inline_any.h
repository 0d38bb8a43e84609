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
#ifndef WORKBOOK_02_02_INLINE_ANY_H_
#define WORKBOOK_02_02_INLINE_ANY_H_

#include <any>
#include <cstddef>
#include <new>
#include <string>
#include <type_traits>
#include <typeinfo>
#include <utility>

namespace workbook {

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
  // What has to be known of the type that is held: one table a type, so that
  // the holder pays one pointer for all of it.
  struct Operations {
    const std::type_info& type;
    void* (*address)(BasicInlineAny& holder);
    void (*copy)(const BasicInlineAny& from, BasicInlineAny& to);
    void (*move)(BasicInlineAny& from, BasicInlineAny& to) noexcept;
    void (*destroy)(BasicInlineAny& holder) noexcept;
  };

  template <typename T>
  T* Address() {
    if constexpr (kHoldsInline<T>) {
      return std::launder(reinterpret_cast<T*>(inline_));
    } else {
      return static_cast<T*>(heap_);
    }
  }

  // Makes a T in an empty holder. The pointer to the operations comes last, so
  // that a constructor that throws leaves the holder empty.
  template <typename T, typename... Arguments>
  void Construct(Arguments&&... arguments) {
    if constexpr (kHoldsInline<T>) {
      ::new (static_cast<void*>(inline_))
          T(std::forward<Arguments>(arguments)...);
    } else {
      heap_ = new T(std::forward<Arguments>(arguments)...);
    }
    operations_ = &kOperations<T>;
  }

  template <typename T>
  static void* AddressOf(BasicInlineAny& holder) {
    return holder.Address<T>();
  }

  template <typename T>
  static void Copy(const BasicInlineAny& from, BasicInlineAny& to) {
    to.Construct<T>(std::as_const(
        *const_cast<BasicInlineAny&>(from).template Address<T>()));
  }

  template <typename T>
  static void Move(BasicInlineAny& from, BasicInlineAny& to) noexcept {
    if constexpr (kHoldsInline<T>) {
      to.Construct<T>(std::move(*from.Address<T>()));
      from.Address<T>()->~T();
    } else {
      to.heap_ = from.heap_;
      to.operations_ = from.operations_;
    }
    from.operations_ = nullptr;
  }

  template <typename T>
  static void Destroy(BasicInlineAny& holder) noexcept {
    if constexpr (kHoldsInline<T>) {
      holder.Address<T>()->~T();
    } else {
      delete holder.Address<T>();
    }
    holder.operations_ = nullptr;
  }

  template <typename T>
  static constexpr Operations kOperations = {typeid(T), AddressOf<T>, Copy<T>,
                                             Move<T>, Destroy<T>};

  union {
    alignas(std::max_align_t) std::byte inline_[kInlineBytes];
    void* heap_;
  };
  const Operations* operations_ = nullptr;
};

template <std::size_t kInlineBytes>
BasicInlineAny<kInlineBytes>::BasicInlineAny(const BasicInlineAny& other) {
  if (other.operations_ != nullptr) other.operations_->copy(other, *this);
}

template <std::size_t kInlineBytes>
BasicInlineAny<kInlineBytes>::BasicInlineAny(BasicInlineAny&& other) noexcept {
  if (other.operations_ != nullptr) other.operations_->move(other, *this);
}

template <std::size_t kInlineBytes>
template <typename T, typename... Arguments>
T& BasicInlineAny<kInlineBytes>::Emplace(Arguments&&... arguments) {
  Reset();
  Construct<T>(std::forward<Arguments>(arguments)...);
  return *Address<T>();
}

template <std::size_t kInlineBytes>
void BasicInlineAny<kInlineBytes>::Reset() noexcept {
  if (operations_ != nullptr) operations_->destroy(*this);
}

template <std::size_t kInlineBytes>
void BasicInlineAny<kInlineBytes>::Swap(BasicInlineAny& other) noexcept {
  if (this == &other) return;
  BasicInlineAny held;
  if (other.operations_ != nullptr) other.operations_->move(other, held);
  if (operations_ != nullptr) operations_->move(*this, other);
  if (held.operations_ != nullptr) held.operations_->move(held, *this);
}

template <std::size_t kInlineBytes>
bool BasicInlineAny<kInlineBytes>::HasValue() const noexcept {
  return operations_ != nullptr;
}

template <std::size_t kInlineBytes>
const std::type_info& BasicInlineAny<kInlineBytes>::Type() const noexcept {
  return operations_ == nullptr ? typeid(void) : operations_->type;
}

template <std::size_t kInlineBytes>
template <typename T>
T* BasicInlineAny<kInlineBytes>::TryGet() noexcept {
  if (operations_ == nullptr) return nullptr;
  // The address of the table answers nearly always. Two shared libraries may
  // have a table each for one type: the type itself decides.
  if (operations_ != &kOperations<T> && operations_->type != typeid(T)) {
    return nullptr;
  }
  return static_cast<T*>(operations_->address(*this));
}

// 64 bytes: 48 of value, the operations, and 8 that the alignment takes. That
// is the size of a cache line, and not its alignment: malloc aligns to 16, so
// those in a vector usually lie in two lines each.
using InlineAny = BasicInlineAny<48>;
static_assert(sizeof(InlineAny) == 64);

}  // namespace workbook

#endif  // WORKBOOK_02_02_INLINE_ANY_H_
