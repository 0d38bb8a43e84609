// SPDX-License-Identifier: Apache-2.0

#include "01_02/json_writer.h"

#include <algorithm>
#include <array>

#include "tools/exercise/todo.h"

namespace workbook {

namespace {

// Given: what the standards fix.

unsigned char Byte(std::string_view text, std::size_t index) {
  return static_cast<unsigned char>(text[index]);
}

// The length of the well-formed UTF-8 sequence that `text` begins with, or 0.
// The table 3-7 of the Unicode standard: only the second byte's range varies.
std::size_t SequenceBytes(std::string_view text) {
  const unsigned char first = Byte(text, 0);
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4) return 0;
  const std::size_t size_bytes = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (text.size() < size_bytes) return 0;
  const unsigned char second = Byte(text, 1);
  const unsigned char least = first == 0xE0   ? 0xA0
                              : first == 0xF0 ? 0x90
                                              : 0x80;
  const unsigned char most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  if (second < least || second > most) return 0;
  for (std::size_t i = 2; i < size_bytes; ++i) {
    if ((Byte(text, i) & 0xC0) != 0x80) return 0;
  }
  return size_bytes;
}

}  // namespace

JsonWriter::JsonWriter(StringBuilder& text, std::size_t max_bytes) {
  Todo("01_02 task 13: JsonWriter::JsonWriter");
}

JsonWriter& JsonWriter::BeginObject() {
  Todo("01_02 task 13: JsonWriter::BeginObject");
}

JsonWriter& JsonWriter::EndObject() {
  Todo("01_02 task 13: JsonWriter::EndObject");
}

JsonWriter& JsonWriter::BeginArray() {
  Todo("01_02 task 13: JsonWriter::BeginArray");
}

JsonWriter& JsonWriter::EndArray() {
  Todo("01_02 task 13: JsonWriter::EndArray");
}

JsonWriter& JsonWriter::Key(std::string_view name) {
  Todo("01_02 task 13: JsonWriter::Key");
}

JsonWriter& JsonWriter::String(std::string_view value) {
  Todo("01_02 task 13: JsonWriter::String");
}

JsonWriter& JsonWriter::Bool(bool value) {
  Todo("01_02 task 13: JsonWriter::Bool");
}

JsonWriter& JsonWriter::Null() { Todo("01_02 task 13: JsonWriter::Null"); }

bool JsonWriter::Finished() const {
  Todo("01_02 task 13: JsonWriter::Finished");
}

const char* JsonWriter::problem() const {
  Todo("01_02 task 13: JsonWriter::problem");
}

}  // namespace workbook
