// SPDX-License-Identifier: Apache-2.0

// Task 10: JSON, token by token, into a pooled builder.
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
#include "tools/exercise/todo.h"

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
  // REQUIRES: `text` outlives the writer, and nobody else writes to it.
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

  // The shortest text that reads back as the same number; null for NaN and the
  // infinities, which JSON cannot say.
  template <typename T>
  requires(std::is_arithmetic_v<T> &&
           !std::same_as<T, bool>) JsonWriter& Number(T value);
  JsonWriter& Bool(bool value);
  JsonWriter& Null();

  // One whole value was written, and no mistake was made.
  bool Finished() const;
  // What the first mistake was, or what is missing; nullptr if Finished().
  const char* problem() const;

  // The first mistake was that the text is too long.
  bool TooLarge() const { Todo("01_02 task 13: JsonWriter::TooLarge"); }

 private:
  // Your data members.
};

template <typename T>
requires(std::is_arithmetic_v<T> &&
         !std::same_as<T, bool>) JsonWriter& JsonWriter::Number(T value) {
  Todo("01_02 task 13: JsonWriter::Number");
}

}  // namespace workbook

#endif  // WORKBOOK_01_02_JSON_WRITER_H_
