// SPDX-License-Identifier: Apache-2.0

#include "01_02/json_writer.h"

#include <algorithm>
#include <array>

namespace workbook {

// [given]
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

// [given]
namespace {

// What stands between the quotes as it is: ASCII but for '"', '\\' and the
// control characters. One load a byte instead of four comparisons.
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain{};
  for (std::size_t c = 0x20; c < 0x80; ++c) plain[c] = c != '"' && c != '\\';
  return plain;
}();

char ShortEscape(char c) {
  switch (c) {
    case '"':
    case '\\':
      return c;
    case '\b':
      return 'b';
    case '\f':
      return 'f';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    default:
      return 0;
  }
}

}  // namespace

// [given]
JsonWriter::JsonWriter(StringBuilder& text, std::size_t max_bytes)
    : text_(text), max_bytes_(max_bytes) {}

// [given]
JsonWriter& JsonWriter::BeginObject() { return Begin(true); }

// [given]
JsonWriter& JsonWriter::EndObject() { return End(true); }

// [given]
JsonWriter& JsonWriter::BeginArray() { return Begin(false); }

// [given]
JsonWriter& JsonWriter::EndArray() { return End(false); }

JsonWriter& JsonWriter::Key(std::string_view name) {
  if (!InObject()) {
    Fail("a key stands outside an object");
  } else if (key_is_open_) {
    Fail("a key follows a key that has no value");
  } else {
    if (!empty_) Put(',');
    Quoted(name);
    Put(':');
    empty_ = false;
    key_is_open_ = true;
  }
  return *this;
}

JsonWriter& JsonWriter::String(std::string_view value) {
  if (BeforeValue()) {
    Quoted(value);
    AfterValue();
  }
  return *this;
}

// [given]
JsonWriter& JsonWriter::Bool(bool value) {
  return Word(value ? "true" : "false");
}

// [given]
JsonWriter& JsonWriter::Null() { return Word("null"); }

// [given]
bool JsonWriter::Finished() const { return mistake_ == nullptr && done_; }

// [given]
const char* JsonWriter::problem() const {
  if (mistake_ != nullptr || done_) return mistake_;
  return depth_ > 0 ? "an object or array is still open" : "there is no value";
}

JsonWriter& JsonWriter::Begin(bool object) {
  if (depth_ == kMaxDepth) {
    Fail("there are more than 64 levels");
  } else if (BeforeValue()) {
    Put(object ? '{' : '[');
    objects_ = objects_ << 1 | (object ? 1u : 0u);
    ++depth_;
    empty_ = true;
  }
  return *this;
}

JsonWriter& JsonWriter::End(bool object) {
  if (depth_ == 0 || InObject() != object) {
    Fail("an end matches no begin");
  } else if (key_is_open_) {
    Fail("an object ends after a key without a value");
  } else {
    Put(object ? '}' : ']');
    objects_ >>= 1;
    --depth_;
    AfterValue();
  }
  return *this;
}

// [given]
JsonWriter& JsonWriter::Word(std::string_view word) {
  if (BeforeValue()) {
    Put(word);
    AfterValue();
  }
  return *this;
}

// [given]
void JsonWriter::Quoted(std::string_view value) {
  Put('"');
  while (!value.empty()) {
    std::size_t run = 0;
    while (run < value.size()) {
      if (kPlain[Byte(value, run)]) {
        ++run;
        continue;
      }
      if (Byte(value, run) < 0x80) break;
      const std::size_t sequence_bytes = SequenceBytes(value.substr(run));
      if (sequence_bytes == 0) break;
      run += sequence_bytes;
    }
    Put(value.substr(0, run));
    value.remove_prefix(run);
    if (value.empty()) break;
    PutEscape(value.front());
    value.remove_prefix(1);
  }
  Put('"');
}

// [given]
void JsonWriter::PutEscape(char c) {
  constexpr char kHex[] = "0123456789abcdef";
  if ((c & 0x80) != 0) {
    Put(std::string_view("\xEF\xBF\xBD"));
  } else if (const char letter = ShortEscape(c); letter != 0) {
    const char escape[] = {'\\', letter};
    Put(std::string_view(escape, sizeof(escape)));
  } else {
    const char escape[] = {'\\', 'u', '0', '0', kHex[c >> 4], kHex[c & 15]};
    Put(std::string_view(escape, sizeof(escape)));
  }
}

// [given]
void JsonWriter::Put(std::string_view text) {
  while (text.size() > kChunkBytes - used_) {
    const std::size_t fits = kChunkBytes - used_;
    text.copy(chunk_ + used_, fits);
    used_ = kChunkBytes;
    text.remove_prefix(fits);
    Flush();
  }
  used_ += text.copy(chunk_ + used_, text.size());
}

// The bound is kept before the builder grows: a handler that writes without end
// fills max_bytes and no more.
void JsonWriter::Flush() {
  if (used_ > max_bytes_ - std::min(max_bytes_, text_.size())) {
    too_large_ = too_large_ || mistake_ == nullptr;
    Fail("the text is too large");
  }
  if (mistake_ == nullptr) text_.Append(std::string_view(chunk_, used_));
  used_ = 0;
}

// [given]
void JsonWriter::Finish() {
  Flush();
  done_ = true;
}

// [given]
bool JsonWriter::Fail(const char* problem) {
  if (mistake_ == nullptr) mistake_ = problem;
  return false;
}

}  // namespace workbook
