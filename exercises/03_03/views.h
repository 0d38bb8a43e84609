// SPDX-License-Identifier: Apache-2.0

// Text that is read where it lies, without a copy.
#ifndef WORKBOOK_03_03_VIEWS_H_
#define WORKBOOK_03_03_VIEWS_H_

#include <concepts>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "tools/exercise/todo.h"

namespace workbook {

// Returns whether `letter` stands between words. Given.
// Cost: O(1), no allocation.
// Thread safety: any thread.
constexpr bool IsBlank(char letter) {
  return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n';
}

// Reads the words of a text that its owner keeps alive meanwhile.
//
// A temporary std::string, also a const one, does not compile as its text: the
// string dies at the end of the line, and the reader would go on reading it.
// Everything else that converts to a view does compile, "text" among it.
// Source: std::regex_match(std::string&&, ...) = delete, [re.alg.match].
class WordReader {
 public:
  // Makes a reader that begins at the first byte of `text`.
  // Cost: O(1), no allocation.
  // Thread safety: one thread at a time for each reader.
  explicit WordReader(std::string_view text) {
    Todo("03_03 task 2: WordReader::WordReader");
  }

  // Returns the next word, a view into the text: bytes of which none IsBlank,
  // as many as there are. Returns an empty view where none is left.
  // Cost: O(bytes read), no allocation.
  std::string_view Next();

 private:
  // Your data members.
};

// An order of texts to which A to Z are a to z, for std::map and std::set: they
// then find by a view, and make no string for it.
struct LessIgnoringCase {
  using is_transparent = void;

  // Returns whether `a` comes before `b`, byte by byte as unsigned numbers.
  // Only the 26 letters of ASCII are changed, in every locale.
  // Cost: O(size of the shorter text), no allocation.
  // Thread safety: any thread.
  bool operator()(std::string_view a, std::string_view b) const;
};

// Returns the bytes of `text`, and the text of `bytes`: the same memory, seen
// as another type.
// Cost: O(1), no allocation, no byte read.
// Thread safety: any thread.
std::span<const std::byte> AsBytes(std::string_view text);
std::string_view AsText(std::span<const std::byte> bytes);

// A text and its words. The text may be short, and then it lies inside of the
// std::string object itself.
//
// Invariant: each word is a view into text() of the same Message, whichever
// Message it was copied, assigned or moved from.
class Message {
 public:
  // Takes `text` over and finds its words, as a WordReader does.
  // Cost: O(text); allocations for the list of words, none for a word.
  // Thread safety: as std::string.
  // On failure: std::bad_alloc.
  explicit Message(std::string text);

  // Returns the word at `index`, a view that is good until this Message is
  // assigned to, moved from or destroyed.
  // REQUIRES: `index` < WordCount().
  // Cost: O(1), no allocation.
  std::string_view Word(std::size_t index) const;

  // Returns the number of words.
  // Cost: O(1), no allocation.
  std::size_t WordCount() const { Todo("03_03 task 2: Message::WordCount"); }

  std::string_view text() const { Todo("03_03 task 2: Message::text"); }

 private:
  // Your data members.
};

}  // namespace workbook

#endif  // WORKBOOK_03_03_VIEWS_H_
