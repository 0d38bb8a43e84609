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

#if WORKBOOK_STUB
std::string Quoted(std::string text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted = quoted + "\\" + c;
    } else if (IsControl(c)) {
      const std::string hex = "0123456789abcdef";
      quoted = quoted + "\\u00" + hex[static_cast<std::size_t>(c) / 16] +
               hex[static_cast<std::size_t>(c) % 16];
    } else {
      quoted = quoted + c;
    }
  }
  return quoted + "\"";
}

std::vector<std::string> SplitAt(std::string text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string::npos) return parts;
    text = text.substr(end + 1);
  }
}
#else
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
#endif

}  // namespace

#if WORKBOOK_STUB
void HttpHandler::Accept(const Request& request) {
  const std::size_t question = request.target.find('?');
  bool good = true;
  std::string json = "{\"method\":" + Quoted(request.method) + ",\"path\":" +
                     Quoted(http_text::Decoded(
                         request.target.substr(0, question), false, good)) +
                     ",\"query\":[";
  if (question != Text::npos) {
    bool is_first = true;
    for (std::string pair : SplitAt(request.target.substr(question + 1), '&')) {
      if (pair.empty()) continue;
      const std::size_t equals = pair.find('=');
      const std::string name =
          http_text::Decoded(pair.substr(0, equals), true, good);
      const std::string value =
          equals == Text::npos
              ? ""
              : http_text::Decoded(pair.substr(equals + 1), true, good);
      json = json + (is_first ? "" : ",") + "[" + Quoted(name) + "," +
             Quoted(value) + "]";
      is_first = false;
    }
  }
  Fields fields = request.fields;
  const std::vector<Text> hosts = fields["host"];
  const std::vector<Text> agents = fields["user-agent"];
  json = json + "],\"fields\":" + std::to_string(fields[""].size()) +
         ",\"host\":" + Quoted(hosts.empty() ? "" : hosts[0]) +
         ",\"agent\":" + Quoted(agents.empty() ? "" : agents[0]) +
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
#else
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
#endif

}  // namespace workbook
