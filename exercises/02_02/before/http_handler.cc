// SPDX-License-Identifier: Apache-2.0

#include "exercises/02_02/before/http_handler.h"

#include <algorithm>

#include "exercises/02_02/before/http_text.h"

namespace workbook::before {
namespace {

using http_text::HexValue;
using http_text::IsControl;
using http_text::IsDigit;
using http_text::Lower;

constexpr std::string_view kTokenSigns = "!#$%&'*+-.^_`|~";
constexpr std::string_view kMethods[] = {"GET",    "HEAD",  "POST",   "PUT",
                                         "DELETE", "PATCH", "OPTIONS"};

bool IsTokenCharacter(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         kTokenSigns.find(c) != std::string_view::npos;
}

// Whether a head has a byte that no head may have, or CR or LF alone.
bool HasWrongByte(std::string_view head) {
  for (std::size_t i = 0; i < head.size(); ++i) {
    if (head[i] == '\0') return true;
    if (head[i] == '\n' && (i == 0 || head[i - 1] != '\r')) return true;
    if (head[i] == '\r' && (i + 1 == head.size() || head[i + 1] != '\n')) {
      return true;
    }
  }
  return false;
}

std::string Lowered(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), Lower);
  return text;
}

std::string Trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

}  // namespace

std::string_view HttpHandler::Handle(std::string_view request) {
  Request parsed;
  const Refusal refusal = Parse(Text(request), parsed);
  if (refusal.status != 0) {
    Refuse(refusal);
  } else {
    Accept(parsed);
  }
  return response_;
}

HttpHandler::Refusal HttpHandler::Parse(const Text& text, Request& request) {
  const Text start = text.substr(0, kMaxHeadBytes);
  const std::size_t end = start.find("\r\n\r\n");
  if (end == Text::npos) {
    if (text.size() >= kMaxHeadBytes) return {431, "the head is too long"};
    return {400, "the head has no end"};
  }
  // With the line end of the last line, so that every line has one.
  const Text head = text.substr(0, end + 2);
  if (HasWrongByte(head)) return {400, "NUL, or CR or LF alone, in the head"};
  const std::size_t line_end = head.find("\r\n");
  Refusal refusal = ParseFirstLine(head.substr(0, line_end), request);
  if (refusal.status != 0) return refusal;
  refusal = ParseFields(head.substr(line_end + 2), request);
  if (refusal.status != 0) return refusal;
  return ParseBody(text.substr(end + 4), request);
}

HttpHandler::Refusal HttpHandler::ParseFirstLine(const Text& line,
                                                 Request& request) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == Text::npos || first == last ||
      line.find(' ', first + 1) != last || last == first + 1) {
    return {400, "the first line is not three words"};
  }
  request.method = line.substr(0, first);
  request.target = line.substr(first + 1, last - first - 1);
  request.version = line.substr(last + 1);
  if (request.method.empty() ||
      !std::all_of(request.method.begin(), request.method.end(),
                   IsTokenCharacter)) {
    return {400, "the method is not a word"};
  }
  if (std::find(std::begin(kMethods), std::end(kMethods), request.method) ==
      std::end(kMethods)) {
    return {501, "the method is not known"};
  }
  const Text version = request.version;
  if (version.size() != 8 || version.substr(0, 5) != "HTTP/" ||
      !IsDigit(version[5]) || version[6] != '.' || !IsDigit(version[7])) {
    return {400, "the first line ends without a version"};
  }
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    return {505, "the version is neither 1.0 nor 1.1"};
  }
  if (request.target.size() > kMaxTargetBytes) {
    return {414, "the target is too long"};
  }
  if (request.target == "*" && request.method == "OPTIONS") return {};
  if (request.target[0] != '/') return {400, "the target is not a path"};
  bool good = true;
  http_text::Decoded(request.target, false, good);
  if (!good) return {400, "the target has a wrong escape"};
  return {};
}

HttpHandler::Refusal HttpHandler::ParseFields(Text lines, Request& request) {
  while (!lines.empty()) {
    const std::size_t end = lines.find("\r\n");
    const Text line = lines.substr(0, end);
    lines.erase(0, end + 2);
    if (request.field_count == kMaxFields)
      return {431, "the head has too many fields"};
    const std::size_t colon = line.find(':');
    if (colon == Text::npos || colon == 0) {
      return {400, "a field has no name or no colon"};
    }
    const Text name = line.substr(0, colon);
    // A folded line begins with a space, which no name has.
    if (!std::all_of(name.begin(), name.end(), IsTokenCharacter)) {
      return {400, "the name of a field is not a word"};
    }
    const Text value = Trimmed(line.substr(colon + 1));
    if (std::any_of(value.begin(), value.end(),
                    [](char c) { return IsControl(c) && c != '\t'; })) {
      return {400, "a field has a control character"};
    }
    request.fields[Lowered(name)].push_back(value);
    ++request.field_count;
  }
  return {};
}

HttpHandler::Refusal HttpHandler::ParseBody(const Text& text,
                                            Request& request) {
  const std::vector<Text>& hosts = request.fields["host"];
  const std::vector<Text>& lengths = request.fields["content-length"];
  const std::vector<Text>& encodings = request.fields["transfer-encoding"];
  const std::vector<Text>& expectations = request.fields["expect"];
  const std::size_t host_count = hosts.size();
  const std::size_t length_count = lengths.size();
  const std::size_t encoding_count = encodings.size();
  const Text length = length_count == 0 ? "" : lengths[0];
  const bool is_chunked =
      encoding_count == 1 && Lowered(encodings[0]) == "chunked";
  const bool expects_other =
      !expectations.empty() && Lowered(expectations[0]) != "100-continue";
  if (request.version == "HTTP/1.1" && host_count != 1) {
    return {400, "there is not exactly one host"};
  }
  if (length_count > 1 ||
      (length_count == 1 &&
       (length.empty() ||
        !std::all_of(length.begin(), length.end(), IsDigit)))) {
    return {400, "the length of the body is not one number"};
  }
  if (length_count > 0 && encoding_count > 0) {
    return {400, "the body is framed in two ways"};
  }
  if (encoding_count > 0 && !is_chunked) {
    return {501, "the transfer encoding is not known"};
  }
  if (expects_other) return {417, "the expectation is not known"};
  if (is_chunked) return ParseChunks(text, request);
  std::size_t size_bytes = 0;
  for (const char digit : length) {
    size_bytes = size_bytes * 10 + static_cast<std::size_t>(digit - '0');
    if (size_bytes > kMaxBodyBytes) return {413, "the body is too long"};
  }
  if (text.size() < size_bytes) return {400, "the body ends early"};
  request.body = text.substr(0, size_bytes);
  return {};
}

HttpHandler::Refusal HttpHandler::ParseChunks(Text text, Request& request) {
  Text body;
  while (true) {
    const std::size_t line_end = text.find("\r\n");
    if (line_end == Text::npos) return {400, "a chunk has no size"};
    const Text line = text.substr(0, line_end);
    text.erase(0, line_end + 2);
    const std::size_t digits = std::min(line.find(';'), line.size());
    if (digits == 0) return {400, "a chunk has no size"};
    std::size_t size_bytes = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      const int value = HexValue(line[i]);
      if (value < 0) return {400, "the size of a chunk is not a number"};
      size_bytes = size_bytes * 16 + static_cast<std::size_t>(value);
      if (size_bytes > kMaxBodyBytes) return {413, "the body is too long"};
    }
    if (size_bytes == 0) break;
    if (body.size() + size_bytes > kMaxBodyBytes) {
      return {413, "the body is too long"};
    }
    if (text.size() < size_bytes + 2 || text[size_bytes] != '\r' ||
        text[size_bytes + 1] != '\n') {
      return {400, "a chunk is not as long as it says"};
    }
    body += text.substr(0, size_bytes);
    text.erase(0, size_bytes + 2);
  }
  // The trailer: lines up to an empty one.
  while (true) {
    const std::size_t line_end = text.find("\r\n");
    if (line_end == Text::npos) return {400, "the chunks have no end"};
    if (line_end == 0) break;
    text.erase(0, line_end + 2);
  }
  request.body = body;
  return {};
}

}  // namespace workbook::before
