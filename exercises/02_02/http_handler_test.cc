// SPDX-License-Identifier: Apache-2.0

#include "02_02/http_handler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "exercises/02_02/before/http_handler.h"
#include "exercises/02_02/testdata/inputs.h"
#include "tools/exercise/testing/called_from.h"
#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

int StatusOf(std::string_view response) {
  if (!response.starts_with("HTTP/1.1 ") || response.size() < 12) return 0;
  return std::stoi(std::string(response.substr(9, 3)));
}

std::string Answer(std::string_view request) {
  HttpHandler handler;
  return std::string(handler.Handle(request));
}

std::string Body(const std::string& response) {
  const std::size_t end = response.find("\r\n\r\n");
  return end == std::string::npos ? "no head" : response.substr(end + 4);
}

TEST(Task9HttpHandler, AnswersWithWhatItUnderstood) {
  const std::string json =
      "{\"method\":\"POST\",\"path\":\"/a b\",\"query\":[[\"x "
      "y\",\"\\\"1\\\"\"],"
      "[\"z\",\"\"]],\"fields\":3,\"host\":\"example.com\",\"agent\":"
      "\"t\\u0009u\","
      "\"body_bytes\":3,\"body_hash\":16654208175385433931}\n";
  EXPECT_EQ(Answer("POST /a%20b?x+y=%221%22&z HTTP/1.1\r\nhost: example.com\r\n"
                   "User-Agent:t\tu\r\nContent-Length: 3\r\n\r\nabc"),
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            "Content-Length: " +
                std::to_string(json.size()) + "\r\n\r\n" + json);
}

TEST(Task9HttpHandler, RefusesWithAReason) {
  const std::string json = "{\"error\":\"there is not exactly one host\"}\n";
  EXPECT_EQ(Answer("GET / HTTP/1.1\r\n\r\n"),
            "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n"
            "Content-Length: " +
                std::to_string(json.size()) + "\r\nConnection: close\r\n\r\n" +
                json);
}

TEST(Task9HttpHandler, ChunksBecomeOneBody) {
  const std::string whole = Body(Answer(
      "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\nhello world"));
  const std::string chunked = Body(
      Answer("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
             "6;x=y\r\nhello \r\n5\r\nworld\r\n0\r\nTrailer: z\r\n\r\n"));
  EXPECT_EQ(chunked, whole);
  EXPECT_NE(whole.find("\"body_bytes\":11"), std::string::npos) << whole;
}

TEST(Task9HttpHandler, HeadGetsTheHeadOnly) {
  const std::string get = Answer("GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
  const std::string head = Answer("HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(Body(head), "");
  // "HEAD" is one letter longer than "GET" in the content that is not sent.
  EXPECT_NE(
      head.find("Content-Length: " + std::to_string(Body(get).size() + 1)),
      std::string::npos)
      << "the length is that of the content as GET would have sent it";
}

TEST(Task9HttpHandler, TheLongestHeadAndTheLongestBodyAreTaken) {
  const std::string start = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
  for (const std::size_t more : {0u, 1u}) {
    std::string head = start;
    head.append(HttpHandler::kMaxHeadBytes - start.size() - 4 + more, 'x');
    head += "\r\n\r\n";
    EXPECT_EQ(StatusOf(Answer(head)), more == 0 ? 200 : 431)
        << "a head of " << head.size() << " bytes";
  }
  const std::string body(HttpHandler::kMaxBodyBytes, 'b');
  EXPECT_EQ(StatusOf(Answer("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: " +
                            std::to_string(body.size()) + "\r\n\r\n" + body)),
            200);
  EXPECT_EQ(StatusOf(Answer("PUT / HTTP/1.1\r\nHost: a\r\n"
                            "Transfer-Encoding: chunked\r\n\r\n8000\r\n" +
                            body.substr(0, 0x8000) + "\r\n8000\r\n" +
                            body.substr(0, 0x8000) + "\r\n0\r\n\r\n")),
            200);
}

TEST(Task9HttpHandler, TwoHandlersDoNotShareAResponse) {
  HttpHandler first;
  HttpHandler second;
  const std::string_view answer =
      first.Handle("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
  const std::string_view other =
      second.Handle("GET /b HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_NE(answer.find("\"path\":\"/a\""), std::string::npos) << answer;
  EXPECT_NE(other.find("\"path\":\"/b\""), std::string::npos) << other;
}

TEST(Task9HttpHandler, TheCorpusIsLargeEnough) {
  EXPECT_GE(HttpExamples().size(), 200u);
}

TEST(Task9HttpHandler, EveryExampleGetsItsStatus) {
  HttpHandler handler;
  for (const HttpExample& example : HttpExamples()) {
    EXPECT_EQ(StatusOf(handler.Handle(example.bytes)), example.status)
        << "for the request " << example.name;
  }
}

TEST(Task9HttpHandler, EveryResponseIsTheOneFromBefore) {
  HttpHandler handler;
  before::HttpHandler before;
  for (const HttpExample& example : HttpExamples()) {
    EXPECT_EQ(handler.Handle(example.bytes), before.Handle(example.bytes))
        << "for the request " << example.name;
  }
}

TEST(Task9HttpHandler, NoPrefixOfARequestIsReadPastItsEnd) {
  const std::string request =
      "POST /a%20b?c=d%21 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
      "\r\n3;e=f\r\nabc\r\n0\r\n\r\n";
  HttpHandler handler;
  for (std::size_t length = 0; length < request.size(); ++length) {
    // A block of its own, so that AddressSanitizer sees the end.
    const std::unique_ptr<char[]> prefix(new char[length]);
    request.copy(prefix.get(), length);
    ASSERT_EQ(StatusOf(handler.Handle({prefix.get(), length})), 400)
        << "with the first " << length << " bytes";
  }
  EXPECT_EQ(StatusOf(handler.Handle(request)), 200);
}

TEST(Task9HttpHandler, ResponsesDoNotMixWhenAddressAndLengthAreTheSame) {
  HttpHandler handler;
  std::string request = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
  const std::string first(handler.Handle(request));
  request[5] = 'b';
  const std::string second(handler.Handle(request));
  EXPECT_NE(first, second) << "the answer to another request was given";
  EXPECT_NE(second.find("\"path\":\"/b\""), std::string::npos) << second;
}

TEST(Task9HttpHandler, HandlingAllocatesNothingOnceBuffersHaveGrown) {
  HttpHandler handler;
  for (const HttpExample& example : HttpExamples()) {
    handler.Handle(example.bytes);
  }
  for (const HttpExample& example : HttpExamples()) {
    const AllocationScope scope;
    const std::size_t length = handler.Handle(example.bytes).size();
    const AllocationCounts counts = scope.Counts();
    ASSERT_EQ(counts.allocations, 0)
        << "for the request " << example.name << ", answered with " << length
        << " bytes";
  }
}

TEST(Task9HttpHandler, AHostileHeadOfOneMebibyteIsNotCopied) {
  HttpHandler handler;
  int hostile = 0;
  std::int64_t most_copied = 0;
  for (const HttpExample& example : HttpExamples()) {
    if (example.bytes.size() < (1 << 20) || example.status != 431) continue;
    ++hostile;
    const AllocationScope scope;
    EXPECT_EQ(StatusOf(handler.Handle(example.bytes)), 431);
    EXPECT_LE(scope.Counts().peak_live_bytes, 4096)
        << example.name << ": nothing of what is refused needs a copy";
    most_copied = std::max(most_copied, scope.Counts().bytes_allocated);
  }
  EXPECT_EQ(hostile, 3);
  RecordProperty("hostile_bytes", static_cast<int>(most_copied));
}

AllocationCounts CountsOf(auto& handler, const char* file = __builtin_FILE(),
                          int line = __builtin_LINE()) {
  const CalledFrom here(file, line, "HttpHandler::Handle");
  const AllocationScope scope;
  for (const HttpExample& example : HttpExamples()) {
    EXPECT_EQ(StatusOf(handler.Handle(example.bytes)), example.status)
        << example.name;
  }
  return scope.Counts();
}

TEST(Task9HttpHandler, ReachesTheGoalsOfTheChapter) {
  HttpExamples();
  before::HttpHandler old_handler;
  const AllocationCounts before = CountsOf(old_handler);
  HttpHandler handler;
  const AllocationCounts after = CountsOf(handler);
  RecordGain("allocations", before.allocations, after.allocations);
  RecordGain("peak_bytes", before.peak_live_bytes, after.peak_live_bytes);
  EXPECT_LE(after.allocations * 5, before.allocations)
      << "the goal is at least 80 % fewer allocations";
  EXPECT_LE(after.peak_live_bytes * 10, before.peak_live_bytes * 6)
      << "the goal is at least 40 % less memory at the peak";
}

}  // namespace
}  // namespace workbook
