// SPDX-License-Identifier: Apache-2.0

// HttpHandler's answers: to a request that is understood, and to one that is
// refused. How a request is read is in http_handler.cc.
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "02_02/http_handler.h"
#include "02_02/http_text.h"

namespace workbook {
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

void AppendJsonByte(std::string& json, char c) {
  constexpr char kHex[] = "0123456789abcdef";
  if (c == '"' || c == '\\') {
    json += '\\';
    json += c;
  } else if (IsControl(c)) {
    json += "\\u00";
    json += kHex[c / 16];
    json += kHex[c % 16];
  } else {
    json += c;
  }
}

void AppendQuoted(std::string& json, std::string_view text) {
  json += '"';
  for (const char c : text) AppendJsonByte(json, c);
  json += '"';
}

// REQUIRES: CanBeDecoded(text).
void AppendDecoded(std::string& json, std::string_view text,
                   bool plus_is_space) {
  json += '"';
  while (!text.empty()) {
    AppendJsonByte(
        json, static_cast<char>(http_text::TakeDecoded(text, plus_is_space)));
  }
  json += '"';
}

void AppendNumber(std::string& text, std::uint64_t number) {
  char digits[24];
  const auto result = std::to_chars(digits, digits + sizeof(digits), number);
  text.append(digits, result.ptr);
}

}  // namespace

void HttpHandler::Accept(const Request& request) {
  std::string& json = content_;
  json.clear();
  json += "{\"method\":";
  AppendQuoted(json, request.method);
  json += ",\"path\":";
  const std::size_t question =
      std::min(request.target.find('?'), request.target.size());
  AppendDecoded(json, request.target.substr(0, question), false);
  json += ",\"query\":[";
  Text query = request.target.substr(question);
  bool is_first = true;
  while (!query.empty()) {
    query.remove_prefix(1);  // the question mark, or an ampersand
    const Text pair = query.substr(0, query.find('&'));
    query.remove_prefix(pair.size());
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    json += is_first ? "[" : ",[";
    AppendDecoded(json, pair.substr(0, equals), true);
    json += ',';
    AppendDecoded(json, pair.substr(std::min(equals + 1, pair.size())), true);
    json += ']';
    is_first = false;
  }
  json += "],\"fields\":";
  AppendNumber(json, request.fields.count);
  json += ",\"host\":";
  AppendQuoted(json, request.fields.host.value);
  json += ",\"agent\":";
  AppendQuoted(json, request.fields.agent.value);
  json += ",\"body_bytes\":";
  AppendNumber(json, request.body.size());
  json += ",\"body_hash\":";
  AppendNumber(json, Fnv1a(request.body));
  json += "}\n";
  response_.clear();
  response_ += "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
  response_ += "Content-Length: ";
  AppendNumber(response_, json.size());
  response_ += "\r\n\r\n";
  if (request.method != "HEAD") response_ += json;
}

void HttpHandler::Refuse(Refusal refusal) {
  content_.clear();
  content_ += "{\"error\":";
  AppendQuoted(content_, refusal.reason);
  content_ += "}\n";
  response_.clear();
  response_ += "HTTP/1.1 ";
  AppendNumber(response_, static_cast<std::uint64_t>(refusal.status));
  response_ += ' ';
  response_ += StatusText(refusal.status);
  response_ += "\r\nContent-Type: application/json\r\nContent-Length: ";
  AppendNumber(response_, content_.size());
  response_ += "\r\nConnection: close\r\n\r\n";
  response_ += content_;
}

}  // namespace workbook
