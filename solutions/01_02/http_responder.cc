#include "01_02/http_responder.h"
#if !WORKBOOK_STUB

#include <algorithm>
#include <array>
#include <charconv>
#endif

namespace workbook {

namespace {

// Given: what the standards fix.

unsigned char Byte(std::string_view text, std::size_t index) {
  return static_cast<unsigned char>(text[index]);
}

// The length of the well-formed UTF-8 sequence that `text` begins with, or 0.
// The table 3-7 of the Unicode standard: only the second byte's range varies.
[[maybe_unused]] std::size_t SequenceBytes(std::string_view text) {
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

// Empty where the workbook knows none: RFC 9112, 4 allows that.
[[maybe_unused]] std::string_view ReasonPhrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 301:
      return "Moved Permanently";
    case 302:
      return "Found";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 429:
      return "Too Many Requests";
    case 500:
      return "Internal Server Error";
    case 503:
      return "Service Unavailable";
    default:
      return "";
  }
}

}  // namespace
#if !WORKBOOK_STUB

namespace {

// What stands between the quotes as it is: ASCII but for '"', '\\' and the
// control characters. One load a byte instead of four comparisons.
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain{};
  for (std::size_t c = 0x20; c < 0x80; ++c) plain[c] = c != '"' && c != '\\';
  return plain;
}();

// RFC 9110, 5.6.2: what a header's name is made of.
constexpr std::array<bool, 256> kToken = [] {
  std::array<bool, 256> token{};
  for (std::size_t c = '0'; c <= '9'; ++c) token[c] = true;
  for (std::size_t c = 'A'; c <= 'Z'; ++c) token[c] = token[c + 32] = true;
  for (const char c : std::string_view("!#$%&'*+-.^_`|~")) {
    token[static_cast<unsigned char>(c)] = true;
  }
  return token;
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
#endif

#if WORKBOOK_STUB
JsonWriter::JsonWriter([[maybe_unused]] StringBuilder& text,
                       [[maybe_unused]] std::size_t max_bytes) {
  Todo("01_02 task 10: JsonWriter::JsonWriter");
}
#else
JsonWriter::JsonWriter(StringBuilder& text, std::size_t max_bytes)
    : text_(text), max_bytes_(max_bytes) {}
#endif

JsonWriter& JsonWriter::BeginObject() {
#if WORKBOOK_STUB
  Todo("01_02 task 10: JsonWriter::BeginObject");
#else
  return Begin(true);
#endif
}

JsonWriter& JsonWriter::EndObject() {
#if WORKBOOK_STUB
  Todo("01_02 task 10: JsonWriter::EndObject");
#else
  return End(true);
#endif
}

JsonWriter& JsonWriter::BeginArray() {
#if WORKBOOK_STUB
  Todo("01_02 task 10: JsonWriter::BeginArray");
#else
  return Begin(false);
#endif
}

JsonWriter& JsonWriter::EndArray() {
#if WORKBOOK_STUB
  Todo("01_02 task 10: JsonWriter::EndArray");
#else
  return End(false);
#endif
}

JsonWriter& JsonWriter::Key([[maybe_unused]] std::string_view name) {
#if WORKBOOK_STUB
  Todo("01_02 task 10: JsonWriter::Key");
#else
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
#endif
}

JsonWriter& JsonWriter::String([[maybe_unused]] std::string_view value) {
#if WORKBOOK_STUB
  Todo("01_02 task 10: JsonWriter::String");
#else
  if (BeforeValue()) {
    Quoted(value);
    AfterValue();
  }
  return *this;
#endif
}

JsonWriter& JsonWriter::Bool([[maybe_unused]] bool value) {
#if WORKBOOK_STUB
  Todo("01_02 task 10: JsonWriter::Bool");
#else
  return Word(value ? "true" : "false");
#endif
}

#if WORKBOOK_STUB
JsonWriter& JsonWriter::Null() { Todo("01_02 task 10: JsonWriter::Null"); }
#else
JsonWriter& JsonWriter::Null() { return Word("null"); }
#endif

bool JsonWriter::Finished() const {
#if WORKBOOK_STUB
  Todo("01_02 task 10: JsonWriter::Finished");
#else
  return mistake_ == nullptr && done_;
#endif
}

const char* JsonWriter::problem() const {
#if WORKBOOK_STUB
  Todo("01_02 task 10: JsonWriter::problem");
#else
  if (mistake_ != nullptr || done_) return mistake_;
  return depth_ > 0 ? "an object or array is still open" : "there is no value";
#endif
}
#if !WORKBOOK_STUB

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

JsonWriter& JsonWriter::Word(std::string_view word) {
  if (BeforeValue()) {
    Put(word);
    AfterValue();
  }
  return *this;
}

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

void JsonWriter::Finish() {
  Flush();
  done_ = true;
}

bool JsonWriter::Fail(const char* problem) {
  if (mistake_ == nullptr) mistake_ = problem;
  return false;
}

namespace {

bool SameIgnoringCase(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) {
                      const auto lower = [](char c) {
                        return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : +c;
                      };
                      return lower(a) == lower(b);
                    });
}

// Two of these in one response, and a proxy and a client may disagree where
// the response ends.
bool IsReserved(std::string_view name) {
  constexpr std::string_view kReserved[] = {
      "Connection", "Content-Length", "Content-Type", "Transfer-Encoding"};
  return std::any_of(
      std::begin(kReserved), std::end(kReserved),
      [name](std::string_view own) { return SameIgnoringCase(name, own); });
}

bool IsToken(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return kToken[static_cast<unsigned char>(c)];
  });
}

// Tab, and everything from the space on but DEL.
bool IsFieldValue(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= 0x20 && byte != 0x7F);
  });
}

bool MayHaveBody(int status) { return status != 204 && status != 304; }

HttpError Check(const HttpHead& head, std::size_t body_bytes,
                std::size_t max_body_bytes) {
  if (head.status < 200 || head.status > 599) return HttpError::kBadStatus;
  if (!IsFieldValue(head.content_type)) return HttpError::kBadHeader;
  for (const HttpHeader& header : head.headers) {
    if (!IsToken(header.name)) return HttpError::kBadHeader;
    if (!IsFieldValue(header.value)) return HttpError::kBadHeader;
    if (IsReserved(header.name)) return HttpError::kReservedHeader;
  }
  if (body_bytes > 0 && !MayHaveBody(head.status)) {
    return HttpError::kBodyNotAllowed;
  }
  if (body_bytes > max_body_bytes) return HttpError::kBodyTooLarge;
  return HttpError::kNone;
}

// More than the responder's own lines can have: with a 20-digit length and the
// longest reason they are 116 bytes.
constexpr std::size_t kOwnLinesBytes = 128;

std::size_t MostBytes(const HttpHead& head, std::string_view body) {
  std::size_t size_bytes =
      kOwnLinesBytes + head.content_type.size() + body.size();
  for (const HttpHeader& header : head.headers) {
    size_bytes += header.name.size() + header.value.size() + 4;
  }
  return size_bytes;
}

class HeadWriter {
 public:
  explicit HeadWriter(BufferPool::Buffer& buffer) : buffer_(buffer) {}
  HeadWriter& operator<<(std::string_view text) {
    buffer_.Append(std::as_bytes(std::span(text)));
    return *this;
  }
  HeadWriter& operator<<(std::size_t number) {
    char digits[20];
    const auto result = std::to_chars(digits, digits + sizeof(digits), number);
    return *this << std::string_view(digits, result.ptr);
  }

 private:
  BufferPool::Buffer& buffer_;
};

}  // namespace
#endif

const char* Describe(HttpError error) {
  switch (error) {
    case HttpError::kNone:
      return "no error";
    case HttpError::kBadStatus:
      return "the status is not 200 to 599";
    case HttpError::kBadHeader:
      return "a header has a name or value that could break the head";
    case HttpError::kReservedHeader:
      return "a header is one that the responder sets itself";
    case HttpError::kBodyNotAllowed:
      return "a response with status 204 or 304 has no body";
    case HttpError::kBodyTooLarge:
      return "the body is larger than max_body_bytes";
    case HttpError::kBadJson:
      return "the JSON text is not one whole value";
  }
  return "unknown";
}

#if WORKBOOK_STUB
HttpResponder::HttpResponder([[maybe_unused]] HttpResponderOptions options) {
  Todo("01_02 task 10: HttpResponder::HttpResponder");
}
#else
HttpResponder::HttpResponder(HttpResponderOptions options)
    : options_(options) {}
#endif

HttpResponse HttpResponder::Respond([[maybe_unused]] const HttpHead& head,
                                    [[maybe_unused]] std::string_view body) {
#if WORKBOOK_STUB
  Todo("01_02 task 10: HttpResponder::Respond");
#else
  const HttpError error = Check(head, body.size(), options_.max_body_bytes);
  if (error != HttpError::kNone) return HttpResponse(error);
  // Every byte up to size() is written here, so nobody's old bytes show.
  BufferPool::Buffer buffer =
      buffers_.AcquireUninitialized(MostBytes(head, body));
  HeadWriter writer(buffer);
  writer << "HTTP/1.1 " << static_cast<std::size_t>(head.status) << " "
         << ReasonPhrase(head.status) << "\r\n";
  if (!head.content_type.empty()) {
    writer << "Content-Type: " << head.content_type << "\r\n";
  }
  if (MayHaveBody(head.status)) {
    writer << "Content-Length: " << body.size() << "\r\n";
  }
  writer << "Connection: " << (head.keep_alive ? "keep-alive" : "close")
         << "\r\n";
  for (const HttpHeader& header : head.headers) {
    writer << header.name << ": " << header.value << "\r\n";
  }
  writer << "\r\n";
  const std::size_t head_bytes = buffer.size();
  writer << body;
  return HttpResponse(std::move(buffer), head_bytes);
#endif
}

}  // namespace workbook
