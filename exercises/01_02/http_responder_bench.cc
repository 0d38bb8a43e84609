// SPDX-License-Identifier: Apache-2.0

// One JSON response, head and body, in one piece of memory ready for a socket.
#include <benchmark/benchmark.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <string_view>

#include "01_02/http_responder.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {
namespace {

constexpr std::size_t kRecords = 64;
constexpr std::size_t kReadings = 16;

struct Record {
  std::uint64_t id = 0;
  std::string name;
  std::array<std::int64_t, kReadings> readings{};
};

// Names with something to escape; numbers of 1 to 6 digits.
const std::array<Record, kRecords>& Records() {
  static const std::array<Record, kRecords> records = [] {
    std::array<Record, kRecords> made;
    std::uint32_t random = 20260101;
    const auto next = [&random] {
      random = random * 1664525 + 1013904223;
      return random >> 8;
    };
    for (Record& record : made) {
      record.id = next();
      record.name = "sensor \"" + std::to_string(next() % 1000) +
                    "\" in hall " + std::to_string(next() % 10);
      for (std::int64_t& reading : record.readings) {
        reading = static_cast<std::int64_t>(next() % 1'000'000) - 500'000;
      }
    }
    return made;
  }();
  return records;
}

std::string Escaped(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '"' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string WithHead(const std::string& body) {
  return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
         "Content-Length: " +
         std::to_string(body.size()) +
         "\r\nConnection: keep-alive\r\nCache-Control: no-store\r\n\r\n" + body;
}

std::string Concatenated(const Record& record) {
  std::string body = "{\"id\":" + std::to_string(record.id) + ",\"name\":\"" +
                     Escaped(record.name) + "\",\"readings\":[";
  for (std::size_t i = 0; i < kReadings; ++i) {
    if (i > 0) body += ",";
    body += std::to_string(record.readings[i]);
  }
  return WithHead(body + "]}");
}

std::string Streamed(const Record& record) {
  std::ostringstream body;
  body << "{\"id\":" << record.id << ",\"name\":\"" << Escaped(record.name)
       << "\",\"readings\":[";
  for (std::size_t i = 0; i < kReadings; ++i) {
    body << (i > 0 ? "," : "") << record.readings[i];
  }
  body << "]}";
  return WithHead(body.str());
}

std::string Dumped(const Record& record) {
  const nlohmann::json json = {
      {"id", record.id}, {"name", record.name}, {"readings", record.readings}};
  return WithHead(json.dump());
}

// Two strings that keep their memory, and digits in place: what a thread can do
// that writes one response at a time.
class KeptStrings {
 public:
  [[gnu::noinline]] std::string_view Respond(const Record& record) {
    body_ = "{\"id\":";
    Number(body_, record.id);
    body_ += ",\"name\":\"";
    for (const char c : record.name) {
      if (c == '"' || c == '\\') body_ += '\\';
      body_ += c;
    }
    body_ += "\",\"readings\":[";
    for (std::size_t i = 0; i < kReadings; ++i) {
      if (i > 0) body_ += ',';
      Number(body_, record.readings[i]);
    }
    body_ += "]}";
    response_ =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
        "Content-Length: ";
    Number(response_, body_.size());
    response_ +=
        "\r\nConnection: keep-alive\r\nCache-Control: no-store\r\n\r\n";
    response_ += body_;
    return response_;
  }

 private:
  static void Number(std::string& out, auto number) {
    char digits[24];
    out.append(digits,
               std::to_chars(digits, digits + sizeof(digits), number).ptr);
  }
  std::string body_;
  std::string response_;
};

void WriteRecord(JsonWriter& json, const Record& record) {
  json.BeginObject().Key("id").Number(record.id);
  json.Key("name").String(record.name);
  json.Key("readings").BeginArray();
  for (const std::int64_t reading : record.readings) json.Number(reading);
  json.EndArray().EndObject();
}

// `respond(record, use)` makes a response and calls use(bytes).
template <typename Respond>
void Responses(benchmark::State& state, const std::string& key,
               Respond respond) {
  const auto& records = Records();
  Digest digest;
  for (const Record& record : records) {
    respond(record, [&digest](std::string_view bytes) { digest.Add(bytes); });
  }
  RequireSameDigest(state, key, digest);
  std::size_t next = 0;
  for (auto _ : state) {
    respond(records[next++ % kRecords], [](std::string_view bytes) {
      Keep(bytes.data());
      benchmark::ClobberMemory();
    });
  }
  state.SetItemsProcessed(state.iterations());
}

[[gnu::noinline]] HttpResponse RespondWith(HttpResponder& responder,
                                           const HttpHead& head,
                                           const Record& record) {
  return responder.RespondJson(
      head, [&record](JsonWriter& json) { WriteRecord(json, record); });
}

// One for all threads, as a server has it.
void Pooled(benchmark::State& state, HttpResponder& responder,
            const std::string& key) {
  const HttpHeader headers[] = {{"Cache-Control", "no-store"}};
  HttpHead head;
  head.headers = headers;
  Responses(state, key, [&](const Record& record, auto use) {
    const HttpResponse response = RespondWith(responder, head, record);
    use(response.bytes());
  });
}

const RegisterRows registration([] {
  const std::string name = "http_responder/json_response";
  const auto add = [&name](Role role, const char* implementation,
                           std::string (*make)(const Record&)) {
    AddRow(name, role, implementation, [name, make](benchmark::State& state) {
      Responses(state, name,
                [make](const Record& record, auto use) { use(make(record)); });
    })->ThreadRange();
  };
  add(Role::kBaseline, "std::string +", Concatenated);
  AddSharedRow<HttpResponder>(
      name, Role::kSubject, "HttpResponder",
      [] { return std::make_unique<HttpResponder>(); },
      [name](benchmark::State& state, HttpResponder& responder) {
        Pooled(state, responder, name);
      })
      ->ThreadRange();
  add(Role::kPeer, "std::ostringstream", Streamed);
  add(Role::kPeer, "nlohmann::json", Dumped);
  AddRow(name, Role::kPeer, "kept std::string, to_chars",
         [name](benchmark::State& state) {
           KeptStrings strings;
           Responses(state, name, [&strings](const Record& record, auto use) {
             use(strings.Respond(record));
           });
         })
      ->ThreadRange();
});

}  // namespace
}  // namespace workbook
