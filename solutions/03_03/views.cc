// SPDX-License-Identifier: Apache-2.0

#include "03_03/views.h"

#include <algorithm>
#include <compare>
#include <utility>

namespace workbook {
namespace {

unsigned char Lowered(char letter) {
  const auto byte = static_cast<unsigned char>(letter);
  return byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte;
}

std::strong_ordering ByLetter(char a, char b) {
  return Lowered(a) <=> Lowered(b);
}

}  // namespace

std::string_view WordReader::Next() {
  const auto begin = std::find_if_not(rest_.begin(), rest_.end(), IsBlank);
  const auto end = std::find_if(begin, rest_.end(), IsBlank);
  rest_ = std::string_view(end, rest_.end());
  return std::string_view(begin, end);
}

bool LessIgnoringCase::operator()(std::string_view a,
                                  std::string_view b) const {
  return std::lexicographical_compare_three_way(a.begin(), a.end(), b.begin(),
                                                b.end(), ByLetter) < 0;
}

std::span<const std::byte> AsBytes(std::string_view text) {
  return std::as_bytes(std::span(text));
}

std::string_view AsText(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Message::Message(std::string text) : text_(std::move(text)) {
  WordReader reader(text_);
  for (auto word = reader.Next(); !word.empty(); word = reader.Next()) {
    const auto offset = static_cast<std::size_t>(word.data() - text_.data());
    words_.push_back({offset, word.size()});
  }
}

std::string_view Message::Word(std::size_t index) const {
  const Place& word = words_[index];
  return std::string_view(text_).substr(word.offset, word.size_bytes);
}

}  // namespace workbook
