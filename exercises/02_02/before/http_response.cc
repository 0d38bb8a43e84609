// SPDX-License-Identifier: Apache-2.0

// HttpHandler's answers: to a request that is understood, and to one that is
// refused. How a request is read is in http_handler.cc.
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "exercises/02_02/before/http_handler.h"
#include "exercises/02_02/before/http_text.h"

namespace workbook::before {
namespace {

using http_text::IsControl;

std::string_view StatusText(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 400:
      return "Bad Request";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 417:
      return "Expectation Failed";
    case 431:
      return "Request Header Fields Too Large";
    case 501:
      return "Not Implemented";
    default:
      return "HTTP Version Not Supported";
  }
}

std::uint64_t Fnv1a(std::string_view bytes) {
  std::uint64_t hash = 0xCBF29CE484222325u;
  for (const char c : bytes) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  }
  return hash;
}

std::string Quoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (IsControl(c)) {
      constexpr std::string_view kHex = "0123456789abcdef";
      quoted += "\\u00";
      quoted += kHex[static_cast<std::size_t>(c) / 16];
      quoted += kHex[static_cast<std::size_t>(c) % 16];
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

std::vector<std::string> SplitAt(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (true) {
    const std::size_t end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end - begin));
    if (end == std::string::npos) return parts;
    begin = end + 1;
  }
}

// The first value of a field; nothing where there is none.
std::string First(const auto& fields, const std::string& name) {
  const auto found = fields.find(name);
  if (found == fields.end() || found->second.empty()) return "";
  return found->second[0];
}

}  // namespace

void HttpHandler::Accept(const Request& request) {
  const std::size_t question = request.target.find('?');
  bool good = true;
  std::string json = "{\"method\":" + Quoted(request.method) + ",\"path\":" +
                     Quoted(http_text::Decoded(
                         request.target.substr(0, question), false, good)) +
                     ",\"query\":[";
  if (question != Text::npos) {
    bool is_first = true;
    for (const std::string& pair :
         SplitAt(request.target.substr(question + 1), '&')) {
      if (pair.empty()) continue;
      const std::size_t equals = pair.find('=');
      const std::string name =
          http_text::Decoded(pair.substr(0, equals), true, good);
      const std::string value =
          equals == Text::npos
              ? ""
              : http_text::Decoded(pair.substr(equals + 1), true, good);
      json += std::string(is_first ? "" : ",") + "[" + Quoted(name) + "," +
              Quoted(value) + "]";
      is_first = false;
    }
  }
  json += "],\"fields\":" + std::to_string(request.field_count) +
          ",\"host\":" + Quoted(First(request.fields, "host")) +
          ",\"agent\":" + Quoted(First(request.fields, "user-agent")) +
          ",\"body_bytes\":" + std::to_string(request.body.size()) +
          ",\"body_hash\":" + std::to_string(Fnv1a(request.body)) + "}\n";
  response_ = "HTTP/1.1 200 " + std::string(StatusText(200)) +
              "\r\nContent-Type: application/json\r\nContent-Length: " +
              std::to_string(json.size()) + "\r\n\r\n" +
              (request.method == "HEAD" ? "" : json);
}

void HttpHandler::Refuse(Refusal refusal) {
  const std::string json =
      "{\"error\":" + Quoted(std::string(refusal.reason)) + "}\n";
  response_ = "HTTP/1.1 " + std::to_string(refusal.status) + " " +
              std::string(StatusText(refusal.status)) +
              "\r\nContent-Type: application/json\r\nContent-Length: " +
              std::to_string(json.size()) + "\r\nConnection: close\r\n\r\n" +
              json;
}

}  // namespace workbook::before
