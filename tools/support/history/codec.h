// SPDX-License-Identifier: Apache-2.0

// Values as bytes, between the program that asks and the one that answers.
// Each says what it is: what comes from the other side may be anything.
#ifndef WORKBOOK_TOOLS_SUPPORT_HISTORY_CODEC_H_
#define WORKBOOK_TOOLS_SUPPORT_HISTORY_CODEC_H_

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace workbook::history {

class Writer {
 public:
  template <class T>
  void Raw(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    const auto old = bytes.size();
    bytes.resize(old + sizeof(T));
    std::memcpy(bytes.data() + old, &value, sizeof(T));
  }
  void Text(std::string_view text) {
    Raw(static_cast<std::uint32_t>(text.size()));
    bytes += text;
  }

  std::string bytes;
};

// After the first value that is not there it has only zeros, and is not ok().
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  template <class T>
  T Raw() {
    T value{};
    if (rest_.size() < sizeof(T)) {
      Refuse();
      return value;
    }
    std::memcpy(&value, rest_.data(), sizeof(T));
    rest_.remove_prefix(sizeof(T));
    return value;
  }
  // REQUIRES: what it returns is used while the bytes are there.
  std::string_view Text() {
    const auto size = Raw<std::uint32_t>();
    if (rest_.size() < size) Refuse();
    const std::string_view text = rest_.substr(0, size);
    rest_.remove_prefix(text.size());
    return text;
  }
  void Refuse() {
    ok_ = false;
    rest_ = {};
  }
  bool ok() const { return ok_; }
  bool IsAtEnd() const { return rest_.empty(); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

// Keeps a text until the next history begins, and returns it.
std::string_view KeepText(std::string_view text);
void ForgetTexts();

namespace codec_internal {

enum class Tag : std::uint8_t {
  kNumber = 1,
  kNegative,
  kReal,
  kAddress,
  kText,
  kRow,
  kNothing,
  kBytes,
};

template <class T>
inline constexpr bool kIsRow = false;
template <class... T>
inline constexpr bool kIsRow<std::tuple<T...>> = true;
template <class A, class B>
inline constexpr bool kIsRow<std::pair<A, B>> = true;
template <class T, std::size_t kCount>
inline constexpr bool kIsRow<std::array<T, kCount>> = true;
template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
template <class T>
inline constexpr bool kIsText =
    std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view>;

inline bool Is(Reader& in, Tag tag) {
  if (in.Raw<Tag>() == tag) return true;
  in.Refuse();
  return false;
}

}  // namespace codec_internal

template <class T>
void Put(Writer& out, const T& value) {
  using codec_internal::Tag;
  if constexpr (std::is_enum_v<T>) {
    Put(out, static_cast<std::underlying_type_t<T>>(value));
  } else if constexpr (std::integral<T>) {
    const bool is_negative = std::is_signed_v<T> && value < T{};
    out.Raw(is_negative ? Tag::kNegative : Tag::kNumber);
    out.Raw(static_cast<std::uint64_t>(value));
  } else if constexpr (std::floating_point<T>) {
    out.Raw(Tag::kReal);
    out.Raw(static_cast<double>(value));
  } else if constexpr (std::is_pointer_v<T>) {
    out.Raw(Tag::kAddress);
    out.Raw(reinterpret_cast<std::uintptr_t>(value));
  } else if constexpr (codec_internal::kIsText<T>) {
    out.Raw(Tag::kText);
    out.Text(value);
  } else if constexpr (codec_internal::kIsRow<T>) {
    out.Raw(Tag::kRow);
    out.Raw(static_cast<std::uint32_t>(std::tuple_size_v<T>));
    std::apply([&out](const auto&... parts) { (Put(out, parts), ...); }, value);
  } else if constexpr (codec_internal::kIsOptional<T>) {
    if (value) {
      Put(out, *value);
    } else {
      out.Raw(Tag::kNothing);
    }
  } else {
    static_assert(std::is_trivially_copyable_v<T>,
                  "what a call of In takes and returns are values: numbers, "
                  "addresses, texts, and rows of these");
    out.Raw(Tag::kBytes);
    out.Raw(static_cast<std::uint32_t>(sizeof(T)));
    out.Raw(value);
  }
}

// Reads a T. Of another kind, or out of its range: `in` is not ok() then.
template <class T>
T Take(Reader& in);

namespace codec_internal {

template <class T>
T TakeNumber(Reader& in) {
  const Tag tag = in.Raw<Tag>();
  const auto bits = in.Raw<std::uint64_t>();
  const auto value = static_cast<T>(bits);
  const bool is_negative = std::is_signed_v<T> && value < T{};
  const bool fits = static_cast<std::uint64_t>(value) == bits &&
                    tag == (is_negative ? Tag::kNegative : Tag::kNumber);
  if (!fits) in.Refuse();
  return fits ? value : T{};
}

template <class T, std::size_t... kIndices>
T TakeRow(Reader& in, std::index_sequence<kIndices...> /*indices*/) {
  if (!Is(in, Tag::kRow) || in.Raw<std::uint32_t>() != sizeof...(kIndices)) {
    in.Refuse();
  }
  // In braces they are read in their order.
  return T{Take<std::tuple_element_t<kIndices, T>>(in)...};
}

}  // namespace codec_internal

template <class T>
T Take(Reader& in) {
  using codec_internal::Is;
  using codec_internal::Tag;
  if constexpr (std::is_enum_v<T>) {
    return static_cast<T>(Take<std::underlying_type_t<T>>(in));
  } else if constexpr (std::integral<T>) {
    return codec_internal::TakeNumber<T>(in);
  } else if constexpr (std::floating_point<T>) {
    return Is(in, Tag::kReal) ? static_cast<T>(in.Raw<double>()) : T{};
  } else if constexpr (std::is_pointer_v<T>) {
    if (!Is(in, Tag::kAddress)) return nullptr;
    return reinterpret_cast<T>(in.Raw<std::uintptr_t>());
  } else if constexpr (codec_internal::kIsText<T>) {
    return Is(in, Tag::kText) ? T(KeepText(in.Text())) : T();
  } else if constexpr (codec_internal::kIsRow<T>) {
    return codec_internal::TakeRow<T>(
        in, std::make_index_sequence<std::tuple_size_v<T>>());
  } else if constexpr (codec_internal::kIsOptional<T>) {
    Reader ahead = in;
    if (ahead.Raw<Tag>() != Tag::kNothing) {
      return Take<typename T::value_type>(in);
    }
    in = ahead;
    return std::nullopt;
  } else {
    if (!Is(in, Tag::kBytes) || in.Raw<std::uint32_t>() != sizeof(T)) {
      in.Refuse();
    }
    return in.Raw<T>();
  }
}

}  // namespace workbook::history

#endif  // WORKBOOK_TOOLS_SUPPORT_HISTORY_CODEC_H_
