// SPDX-License-Identifier: Apache-2.0

#include "01_02/http_responder.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "tools/exercise/todo.h"

namespace workbook {

namespace {

// Given: what the standards fix.

// Empty where the workbook knows none: RFC 9112, 4 allows that.
std::string_view ReasonPhrase(int status) {
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

namespace {

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

HttpResponder::HttpResponder(HttpResponderOptions options)
    : options_(options) {}

HttpResponse HttpResponder::Respond(const HttpHead& head,
                                    std::string_view body) {
  // Check, MostBytes, HeadWriter, ReasonPhrase and MayHaveBody are given.
  Todo("01_02 task 13: HttpResponder::Respond");
}

}  // namespace workbook
