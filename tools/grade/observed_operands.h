// SPDX-License-Identifier: Apache-2.0

// How the operands of an assertion are read, by type: by code of ours, never by
// an operator<< or a PrintTo that a submission can supply.
#ifndef WORKBOOK_TOOLS_GRADE_OBSERVED_OPERANDS_H_
#define WORKBOOK_TOOLS_GRADE_OBSERVED_OPERANDS_H_

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "tools/grade/canary_sites.h"
#include "tools/grade/observed_value.h"

namespace workbook::grade {

// FNV-1a. Source: RFC 9923.
constexpr std::uint64_t HashText(std::string_view text,
                                 std::uint64_t hash = 0xcbf29ce484222325) {
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  return hash;
}

template <typename T>
inline constexpr bool kIsNumber =
    std::is_arithmetic_v<T> && !std::is_same_v<T, long double> &&
    sizeof(T) <= sizeof(std::uint64_t);

template <typename Number>
ObservedValue ReadNumber(Number number) {
  if constexpr (std::is_floating_point_v<Number>) {
    // Both zeros are one number.
    return {'f', std::bit_cast<std::uint64_t>(double{number} + 0.0)};
  } else if constexpr (std::is_signed_v<Number>) {
    return {'s', static_cast<std::uint64_t>(std::int64_t{number})};
  } else {
    return {'u', static_cast<std::uint64_t>(number)};
  }
}

// Types whose values are hashed: of ours and the library's alone, so that no
// code of a submission takes part.
template <typename T>
struct Hashed {
  static constexpr bool kKnown = kIsNumber<T> || std::is_enum_v<T>;
  static std::uint64_t Of(const T& value) {
    if constexpr (std::is_enum_v<T>) {
      return ReadNumber(static_cast<std::underlying_type_t<T>>(value)).bits;
    } else {
      return ReadNumber(value).bits;
    }
  }
};

template <typename Text>
struct HashedText {
  static constexpr bool kKnown = true;
  static std::uint64_t Of(const Text& text) { return HashText(text); }
};
template <>
struct Hashed<std::string> : HashedText<std::string> {};
template <>
struct Hashed<std::string_view> : HashedText<std::string_view> {};

template <typename Range, typename T>
struct HashedRange {
  static constexpr bool kKnown = Hashed<T>::kKnown;
  static std::uint64_t Of(const Range& range) {
    std::uint64_t hash = range.size();
    for (std::size_t i = 0; i < range.size(); ++i) {
      hash = Fold(hash, {'x', Hashed<T>::Of(range[i])});
    }
    return hash;
  }
};
template <typename T>
struct Hashed<std::vector<T>> : HashedRange<std::vector<T>, T> {};
template <typename T, std::size_t kSize>
struct Hashed<std::array<T, kSize>> : HashedRange<std::array<T, kSize>, T> {};

template <typename A, typename B>
struct Hashed<std::pair<A, B>> {
  static constexpr bool kKnown = Hashed<A>::kKnown && Hashed<B>::kKnown;
  static std::uint64_t Of(const std::pair<A, B>& pair) {
    return Fold(Hashed<A>::Of(pair.first), {'x', Hashed<B>::Of(pair.second)});
  }
};

template <typename T>
inline constexpr bool kIsOwnText =
    std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view>;
template <typename T>
inline constexpr bool kIsText =
    kIsOwnText<T> || std::is_same_v<std::decay_t<T>, const char*> ||
    std::is_same_v<std::decay_t<T>, char*>;

template <typename T>
inline constexpr bool kIsPointer =
    std::is_null_pointer_v<T> ||
    (std::is_pointer_v<T> && !std::is_function_v<std::remove_pointer_t<T>>);

template <typename Pointer>
ObservedValue ReadPointer(Pointer pointer) {
  if constexpr (std::is_null_pointer_v<Pointer>) {
    return {'p', 0};
  } else {
    return {'p', reinterpret_cast<std::uintptr_t>(pointer)};
  }
}

template <typename Plain>
ObservedValue ReadPlain(const Plain& value) {
  if constexpr (kIsNumber<Plain>) {
    return ReadNumber(value);
  } else if constexpr (std::is_enum_v<Plain>) {
    return ReadNumber(static_cast<std::underlying_type_t<Plain>>(value));
  } else {
    return {'x', HashText(value)};
  }
}

template <typename T>
struct IsAtomic : std::false_type {};
template <typename T>
struct IsAtomic<std::atomic<T>> : std::true_type {};

template <typename T>
inline constexpr bool kIsPlain =
    kIsNumber<T> || std::is_enum_v<T> || kIsText<T>;

// A plain value that is not `value`.
template <typename Plain>
auto OtherPlain(const Plain& value) {
  if constexpr (kIsNumber<Plain>) {
    return OtherNumber(value);
  } else if constexpr (std::is_enum_v<Plain>) {
    using Number = std::underlying_type_t<Plain>;
    return static_cast<Plain>(OtherNumber(static_cast<Number>(value)));
  } else {
    return std::string(value) + " and more";
  }
}

// An object that is compared with a plain value: what it converts to, or
// whether it is equal to another value as well.
template <typename Object, typename Plain>
ObservedValue ReadObject(const Object& object, const Plain& plain,
                         char relation) {
  if constexpr (IsAtomic<Object>::value) {
    return {};  // may be another one when it is compared
  } else if constexpr (kIsNumber<Plain> &&
                       std::is_convertible_v<const Object&, Plain>) {
    const Plain converted = object;
    return ReadNumber(converted);
  } else if constexpr (kIsText<Plain> &&
                       std::is_convertible_v<const Object&, std::string_view>) {
    const std::string_view converted = object;
    return {'x', HashText(converted)};
  } else if constexpr (requires { bool(object == OtherPlain(plain)); }) {
    const bool has_two = relation == kEqual &&
                         bool(object == OtherPlain(plain)) &&
                         bool(object == plain);
    return {has_two ? '*' : '?', 0};
  } else {
    return {};
  }
}

template <typename A, typename B>
std::pair<ObservedValue, ObservedValue> ReadBoth(char relation, const A& a,
                                                 const B& b) {
  if constexpr (kIsNumber<A> && kIsNumber<B>) {
    // As the comparison converts them.
    using Common = std::common_type_t<A, B>;
    return {ReadNumber(static_cast<Common>(a)),
            ReadNumber(static_cast<Common>(b))};
  } else if constexpr (std::is_enum_v<A> && std::is_enum_v<B>) {
    using Common = std::common_type_t<std::underlying_type_t<A>,
                                      std::underlying_type_t<B>>;
    return {ReadNumber(static_cast<Common>(a)),
            ReadNumber(static_cast<Common>(b))};
  } else if constexpr (kIsText<A> && kIsText<B> &&
                       (kIsOwnText<A> || kIsOwnText<B>)) {
    return {{'x', HashText(a)}, {'x', HashText(b)}};
  } else if constexpr (kIsPointer<A> && kIsPointer<B>) {
    return {ReadPointer(a), ReadPointer(b)};
  } else if constexpr (std::is_class_v<A> && !kIsOwnText<A> && kIsPlain<B>) {
    return {ReadObject(a, b, relation), ReadPlain(b)};
  } else if constexpr (kIsPlain<A> && std::is_class_v<B> && !kIsOwnText<B>) {
    return {ReadPlain(a), ReadObject(b, a, relation)};
  } else if constexpr (std::is_same_v<A, B>) {
    if constexpr (Hashed<A>::kKnown) {
      return {{'x', Hashed<A>::Of(a)}, {'x', Hashed<B>::Of(b)}};
    } else {
      return {};
    }
  } else {
    return {};
  }
}

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_OBSERVED_OPERANDS_H_
