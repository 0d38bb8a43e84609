// SPDX-License-Identifier: Apache-2.0

// JSON, token by token, into a pooled builder.
#ifndef WORKBOOK_01_02_JSON_WRITER_H_
#define WORKBOOK_01_02_JSON_WRITER_H_

#include <charconv>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "01_02/string_builder_pool.h"

namespace workbook {

// Writes one JSON text (RFC 8259) to the end of a builder, token by token, and
// checks that they nest. The first mistake sticks: what follows writes nothing,
// Finished() stays false, and problem() says what it was.
// Cost: no allocation of its own; nesting is kept in one word.
// Thread safety: belongs to one thread.
class JsonWriter {
 public:
  // A parser that recurses meets its limit soon after, and one bit a level fits
  // in a word.
  static constexpr int kMaxDepth = 64;

  // Writes to the end of `text` until that has `max_bytes`; more is a mistake,
  // and is not written. The text is complete there once Finished().
  // REQUIRES: `text` outlives the writer, which alone writes to it.
  JsonWriter(StringBuilder& text, std::size_t max_bytes);

  // Commas and colons come by themselves. Mistakes: an End that matches no
  // Begin, a value in an object without a Key, a Key outside an object or
  // without a value, a second value at the top, more than kMaxDepth levels.
  JsonWriter& BeginObject();
  JsonWriter& EndObject();
  JsonWriter& BeginArray();
  JsonWriter& EndArray();
  JsonWriter& Key(std::string_view name);  // not checked: the same name twice

  // Escapes '"', '\\' and everything below U+0020: the short form where there
  // is one, else \u00XX. Each byte that is not part of well-formed UTF-8
  // (RFC 3629: no surrogates, no overlong forms) becomes U+FFFD.
  JsonWriter& String(std::string_view value);

  // Writes the shortest text that reads back as the same number; null for NaN
  // and the infinities, which JSON cannot say.
  template <typename T>
  requires(std::is_arithmetic_v<T> &&
           !std::same_as<T, bool>) JsonWriter& Number(T value);
  JsonWriter& Bool(bool value);
  JsonWriter& Null();

  // Tells whether one whole value was written, and no mistake was made.
  bool Finished() const;
  // Returns the first mistake, or what is missing; nullptr if Finished().
  const char* problem() const;

  // Tells whether the first mistake was that the text is too long.
  // [given]
  bool TooLarge() const { return too_large_; }

 private:  // [given]
  // Tokens have a few bytes each: gathered here first, they cost a store, and
  // the builder's bound and capacity are looked at once a chunk.
  static constexpr std::size_t kChunkBytes = 256;
  // ",-2.2250738585072014e-308"
  static constexpr std::size_t kLongestNumberBytes = 25;

  bool InObject() const { return depth_ > 0 && (objects_ & 1) != 0; }

  // Puts the comma; false, and a mistake, if a value may not stand here.
  // [yours]
  bool BeforeValue() {
    if (mistake_ != nullptr || done_) [[unlikely]] {
      return Fail("a second value stands at the top");
    }
    if (InObject()) {
      if (!key_is_open_) return Fail("a value in an object has no key");
      key_is_open_ = false;
    } else if (!empty_) {
      Put(',');
    }
    return true;
  }
  // Notes that a value has ended.
  void AfterValue() {
    empty_ = false;
    if (depth_ == 0) Finish();
  }
  // Appends to the chunk; where it is full, flushes it.
  void Put(char c) {
    if (used_ == kChunkBytes) Flush();
    chunk_[used_++] = c;
  }
  void Put(std::string_view text);
  // Appends the chunk to the text, unless that makes it too long.
  void Flush();
  void Finish();
  // Keeps the first mistake; returns false.
  bool Fail(const char* problem);
  JsonWriter& Begin(bool object);
  JsonWriter& End(bool object);
  JsonWriter& Word(std::string_view word);
  // Puts a text in quotes, with its escapes.
  void Quoted(std::string_view value);
  void PutEscape(char c);

  StringBuilder& text_;
  const std::size_t max_bytes_;
  const char* mistake_ = nullptr;
  std::uint64_t objects_ = 0;  // bit 0: the innermost level is an object
  int depth_ = 0;
  bool empty_ = true;  // nothing stands in the innermost level yet
  bool key_is_open_ = false;
  bool done_ = false;
  bool too_large_ = false;
  std::size_t used_ = 0;
  char chunk_[kChunkBytes];
};

template <typename T>
requires(std::is_arithmetic_v<T> &&
         !std::same_as<T, bool>) JsonWriter& JsonWriter::Number(T value) {
  if constexpr (std::is_floating_point_v<T>) {
    if (!std::isfinite(value)) return Null();
  }
  if (kChunkBytes - used_ < kLongestNumberBytes) Flush();
  if (BeforeValue()) {
    const auto result =
        std::to_chars(chunk_ + used_, chunk_ + kChunkBytes, value);
    used_ = static_cast<std::size_t>(result.ptr - chunk_);
    AfterValue();
  }
  return *this;
}

}  // namespace workbook

#endif  // WORKBOOK_01_02_JSON_WRITER_H_
