#include "01_02/http_responder.h"

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

JsonWriter::JsonWriter([[maybe_unused]] StringBuilder& text,
                       [[maybe_unused]] std::size_t max_bytes) {
  Todo("01_02 task 10: JsonWriter::JsonWriter");
}

JsonWriter& JsonWriter::BeginObject() {
  Todo("01_02 task 10: JsonWriter::BeginObject");
}

JsonWriter& JsonWriter::EndObject() {
  Todo("01_02 task 10: JsonWriter::EndObject");
}

JsonWriter& JsonWriter::BeginArray() {
  Todo("01_02 task 10: JsonWriter::BeginArray");
}

JsonWriter& JsonWriter::EndArray() {
  Todo("01_02 task 10: JsonWriter::EndArray");
}

JsonWriter& JsonWriter::Key([[maybe_unused]] std::string_view name) {
  Todo("01_02 task 10: JsonWriter::Key");
}

JsonWriter& JsonWriter::String([[maybe_unused]] std::string_view value) {
  Todo("01_02 task 10: JsonWriter::String");
}

JsonWriter& JsonWriter::Bool([[maybe_unused]] bool value) {
  Todo("01_02 task 10: JsonWriter::Bool");
}

JsonWriter& JsonWriter::Null() { Todo("01_02 task 10: JsonWriter::Null"); }

bool JsonWriter::Finished() const {
  Todo("01_02 task 10: JsonWriter::Finished");
}

const char* JsonWriter::problem() const {
  Todo("01_02 task 10: JsonWriter::problem");
}

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

HttpResponder::HttpResponder([[maybe_unused]] HttpResponderOptions options) {
  Todo("01_02 task 10: HttpResponder::HttpResponder");
}

HttpResponse HttpResponder::Respond([[maybe_unused]] const HttpHead& head,
                                    [[maybe_unused]] std::string_view body) {
  Todo("01_02 task 10: HttpResponder::Respond");
}

}  // namespace workbook
