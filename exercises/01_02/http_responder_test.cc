// SPDX-License-Identifier: Apache-2.0

#include "01_02/http_responder.h"

#include <gtest/gtest.h>
#include <httplib.h>

#include <atomic>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "exercises/01_02/testing/loopback_servers.h"
#include "tools/probe/probe.h"

// ThreadSanitizer asks for this. The system's httplib is not instrumented, so
// its own synchronisation is not seen, and what it passes from thread to thread
// looks like a race; what our code does in its threads is still checked.
extern "C" const char* __tsan_default_suppressions();   // NOLINT
extern "C" const char* __tsan_default_suppressions() {  // NOLINT
  return "called_from_lib:libcpp-httplib.so\n";
}

namespace workbook {
namespace {

TEST(Task13HttpResponder, WritesTheHeadByteForByte) {
  HttpResponder responder;
  const HttpHeader headers[] = {{"X-Trace", "a b\tc"}, {"Vary", ""}};
  HttpHead head;
  head.headers = headers;
  const HttpResponse response = responder.Respond(head, "hello");
  ASSERT_TRUE(response.ok()) << Describe(response.error());
  EXPECT_EQ(response.bytes(),
            "HTTP/1.1 200 OK\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Length: 5\r\n"
            "Connection: keep-alive\r\n"
            "X-Trace: a b\tc\r\n"
            "Vary: \r\n"
            "\r\n"
            "hello");
  EXPECT_EQ(response.body(), "hello");
  EXPECT_TRUE(response.head().ends_with("\r\n\r\n"));
}

TEST(Task13HttpResponder, ClosesWhenToldAndKnowsItsStatus) {
  HttpResponder responder;
  HttpHead head{.status = 404, .content_type = "", .keep_alive = false};
  EXPECT_EQ(responder.Respond(head, "").bytes(),
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n"
            "Connection: close\r\n\r\n");
  head.status = 299;
  EXPECT_EQ(responder.Respond(head, "").head().substr(0, 15),
            "HTTP/1.1 299 \r\n")
      << "an unknown status has an empty reason";
  head.status = 204;
  EXPECT_EQ(responder.Respond(head, "").bytes(),
            "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
      << "RFC 9110, 8.6: no Content-Length with 204";
}

TEST(Task13HttpResponder, RefusesAStatusThatIsNoAnswer) {
  HttpResponder responder;
  for (const int status : {-1, 0, 99, 100, 101, 199, 600, 1000}) {
    const HttpResponse response = responder.Respond({.status = status}, "");
    EXPECT_EQ(response.error(), HttpError::kBadStatus) << status;
    EXPECT_EQ(response.bytes(), "");
  }
  EXPECT_EQ(responder.Respond({.status = 204}, "x").error(),
            HttpError::kBodyNotAllowed);
  EXPECT_EQ(responder.Respond({.status = 304}, "x").error(),
            HttpError::kBodyNotAllowed);
}

TEST(Task13HttpResponder, RefusesHeadersThatWouldInject) {
  HttpResponder responder;
  const auto error = [&responder](std::string_view name,
                                  std::string_view value) {
    const HttpHeader headers[] = {{"X-First", "fine"}, {name, value}};
    HttpHead head;
    head.headers = headers;
    return responder.Respond(head, "body").error();
  };
  EXPECT_EQ(error("X-Name", "evil\r\nSet-Cookie: a=b"), HttpError::kBadHeader);
  EXPECT_EQ(error("X-Name", "\n"), HttpError::kBadHeader);
  EXPECT_EQ(error("X-Name", "\r"), HttpError::kBadHeader);
  EXPECT_EQ(error("X-Name", std::string_view("\0", 1)), HttpError::kBadHeader);
  EXPECT_EQ(error("X-Name", "\x7F"), HttpError::kBadHeader);
  EXPECT_EQ(error("", "v"), HttpError::kBadHeader);
  EXPECT_EQ(error("X Name", "v"), HttpError::kBadHeader);
  EXPECT_EQ(error("X-Name:", "v"), HttpError::kBadHeader);
  EXPECT_EQ(error("X\r\nY", "v"), HttpError::kBadHeader);
  EXPECT_EQ(error("X-N\xC3\xA4me", "v"), HttpError::kBadHeader);
  EXPECT_EQ(error("X-Name", "caf\xC3\xA9"), HttpError::kNone)
      << "bytes from 0x80 on may stand in a value";
  HttpHead head;
  head.content_type = "text/html\r\nX: y";
  EXPECT_EQ(responder.Respond(head, "").error(), HttpError::kBadHeader);
}

TEST(Task13HttpResponder, RefusesHeadersThatItSetsItself) {
  HttpResponder responder;
  for (const std::string_view name :
       {"Content-Length", "content-length", "TRANSFER-ENCODING", "connection",
        "Content-Type"}) {
    const HttpHeader headers[] = {{name, "0"}};
    HttpHead head;
    head.headers = headers;
    EXPECT_EQ(responder.Respond(head, "body").error(),
              HttpError::kReservedHeader)
        << name;
  }
}

TEST(Task13HttpResponder, RefusesABodyThatIsTooLarge) {
  HttpResponder responder({.max_body_bytes = 1000});
  EXPECT_TRUE(responder.Respond({}, std::string(1000, 'x')).ok());
  EXPECT_EQ(responder.Respond({}, std::string(1001, 'x')).error(),
            HttpError::kBodyTooLarge);
  AllocationScope scope;
  const HttpResponse endless = responder.RespondJson({}, [](JsonWriter& json) {
    json.BeginArray();
    for (int i = 0; i < 1'000'000; ++i) json.Number(i);
    json.EndArray();
  });
  EXPECT_EQ(endless.error(), HttpError::kBodyTooLarge);
  EXPECT_LT(scope.Counts().peak_live_bytes, 100'000)
      << "the bound is kept while writing, not found out afterwards";
}

TEST(Task13HttpResponder, JsonHasItsLengthAndItsType) {
  HttpResponder responder;
  const HttpResponse response = responder.RespondJson(
      {.status = 201}, [](JsonWriter& json) { json.String("\u20AC"); });
  EXPECT_EQ(response.bytes(),
            "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
            "Content-Length: 5\r\nConnection: keep-alive\r\n\r\n\"\u20AC\"")
      << "the length counts bytes, not characters";
}

TEST(Task13HttpResponder, AHandlerThatThrowsLosesNothing) {
  HttpResponder responder;
  const auto fails = [](JsonWriter& json) {
    json.BeginObject().Key("half");
    throw std::runtime_error("no database");
  };
  EXPECT_THROW(responder.RespondJson({}, fails), std::runtime_error);
  EXPECT_THROW(responder.RespondJson({}, fails), std::runtime_error);
  AllocationScope scope;
  for (int i = 0; i < 10; ++i) {
    EXPECT_THROW(responder.RespondJson({}, fails), std::runtime_error);
  }
  EXPECT_EQ(scope.Counts().live_bytes, 0) << "a builder did not come back";
  const HttpResponse next =
      responder.RespondJson({}, [](JsonWriter& json) { json.Null(); });
  EXPECT_EQ(next.body(), "null") << "the next user starts with a clean builder";
}

// One answer of some size; no two are alike.
void WriteRecord(JsonWriter& json, int id) {
  json.BeginObject().Key("id").Number(id);
  json.Key("name").String("Zo\u00EB \"the\" tester");
  json.Key("scores").BeginArray();
  for (int i = 0; i < 20; ++i) json.Number(id * 0.25 + i);
  json.EndArray().EndObject();
}

TEST(Task13HttpResponder, AllocatesNothingInSteadyState) {
  HttpResponder responder;
  const HttpHeader headers[] = {{"Cache-Control", "no-store"}};
  HttpHead head;
  head.headers = headers;
  const auto respond = [&](int id) {
    return responder.RespondJson(
        head, [id](JsonWriter& json) { WriteRecord(json, id); });
  };
  for (int id = 100'000; id < 100'010; ++id) respond(id);
  std::size_t bytes = 0;
  AllocationScope scope;
  for (int id = 0; id < 1000; ++id) bytes += respond(id).bytes().size();
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(scope.Counts().frees, 0);
  EXPECT_GT(bytes, 1000u * 200u);
}

TEST(Task13HttpResponder, AResponseMayOutliveItsResponder) {
  auto responder = std::make_unique<HttpResponder>();
  const HttpResponse response = responder->Respond({}, "still here");
  responder.reset();
  EXPECT_EQ(response.body(), "still here");
}

// Hands a response over to cpp-httplib, which writes the body from the pooled
// buffer and lets go of it afterwards.
void Deliver(HttpResponse made, httplib::Response* out) {
  const auto response = std::make_shared<HttpResponse>(std::move(made));
  std::string_view head = response->head();
  out->status = std::stoi(std::string(head.substr(9, 3)));
  std::string type;
  for (head.remove_prefix(head.find("\r\n") + 2); head != "\r\n";
       head.remove_prefix(head.find("\r\n") + 2)) {
    const std::string line(head.substr(0, head.find("\r\n")));
    const std::string name = line.substr(0, line.find(": "));
    const std::string value = line.substr(line.find(": ") + 2);
    if (name == "Content-Type") {
      type = value;
    } else if (name != "Content-Length" && name != "Connection") {
      out->set_header(name, value);
    }
  }
  out->set_content_provider(response->body().size(), type,
                            [response](std::size_t offset, std::size_t count,
                                       httplib::DataSink& sink) {
                              const std::string_view part =
                                  response->body().substr(offset, count);
                              return sink.write(part.data(), part.size());
                            });
}

TEST(Task13HttpServer, AnswersSeveralClientsFromThePools) {
  constexpr int kClients = 4;
  constexpr int kRequests = 50;
  HttpResponder responder;
  std::atomic<std::int64_t> allocations_when_warm{0};
  std::atomic<int> warm_responses{0};
  LoopbackServer server(
      [&](const httplib::Request& request, httplib::Response& out) {
        thread_local int served_by_this_thread = 0;
        const int id = std::stoi(request.matches[1]);
        const std::string id_text = request.matches[1];
        const HttpHeader headers[] = {{"X-Record", id_text}};
        HttpHead head;
        head.headers = headers;
        AllocationScope scope;
        HttpResponse response = responder.RespondJson(
            head, [id](JsonWriter& json) { WriteRecord(json, id); });
        if (++served_by_this_thread > 2) {
          allocations_when_warm += scope.Counts().allocations;
          ++warm_responses;
        }
        Deliver(std::move(response), &out);
      });
  std::atomic<int> wrong{0};
  const auto ask = [&](int first_id) {
    const auto client = Connect(server.port());
    for (int id = first_id; id < first_id + kRequests; ++id) {
      const auto result = client->Get("/record/" + std::to_string(id));
      if (!result || result->status != 200 ||
          result->get_header_value("Content-Type") != "application/json" ||
          result->get_header_value("X-Record") != std::to_string(id)) {
        ++wrong;
        continue;
      }
      const auto json = nlohmann::json::parse(result->body, nullptr, false);
      if (json.is_discarded() || json["id"] != id ||
          json["name"] != "Zo\u00EB \"the\" tester" ||
          json["scores"].size() != 20 || json["scores"][19] != id * 0.25 + 19) {
        ++wrong;
      }
    }
  };
  std::vector<std::thread> clients;
  for (int i = 0; i < kClients; ++i) clients.emplace_back(ask, 1000 * i);
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(wrong, 0) << "answers that failed, or held another's bytes";
  EXPECT_GE(warm_responses, kClients * kRequests - 2 * 4);
  EXPECT_EQ(allocations_when_warm, 0) << "in the responder, on warm threads";
}

TEST(Task13HttpServer, AnIndependentClientUnderstandsTheBytes) {
  HttpResponder responder;
  const HttpResponse first = responder.RespondJson(
      {.status = 404}, [](JsonWriter& json) { WriteRecord(json, 1); });
  const HttpResponse second =
      responder.Respond({.keep_alive = false}, "good-bye");
  RawServer server;
  ASSERT_NE(server.port(), 0) << "no socket on 127.0.0.1";
  std::atomic<bool> answered{false};
  std::thread thread([&] {
    answered = server.Answer(first.bytes()) && server.Answer(second.bytes());
  });
  const auto client = Connect(server.port());
  const auto json = client->Get("/first");
  const auto text = client->Get("/second");
  thread.join();
  EXPECT_TRUE(answered) << "both requests come on the one kept connection";
  ASSERT_TRUE(json && text) << "the client could not read a response";
  EXPECT_EQ(json->status, 404);
  EXPECT_EQ(json->get_header_value("Connection"), "keep-alive");
  EXPECT_TRUE(nlohmann::json::accept(json->body)) << json->body;
  EXPECT_EQ(text->get_header_value("Connection"), "close");
  EXPECT_EQ(text->body, "good-bye");
}

}  // namespace
}  // namespace workbook
