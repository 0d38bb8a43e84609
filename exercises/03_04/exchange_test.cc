// SPDX-License-Identifier: Apache-2.0

#include "03_04/exchange.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "exercises/03_04/before/exchange.h"
#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

constexpr std::array<Request, 4> kAliceThenGuests = {{
    {"/", "alice-7f3a"},
    {"/", ""},
    {"/missing", ""},
    {"/", ""},
}};

std::ptrdiff_t AnswersWith(const std::vector<std::string>& answers,
                           const std::string& word) {
  return std::count_if(answers.begin(), answers.end(), [&](const auto& answer) {
    return answer.find(word) != std::string::npos;
  });
}

// The server as it was found.
std::vector<std::string> AnswersOfTheFoundServer() {
  std::vector<before::Request> requests;
  for (const Request& request : kAliceThenGuests) {
    requests.push_back({request.path, request.session});
  }
  return before::AnswerAll(requests);
}

// What a server says that makes an exchange for each request.
std::vector<std::string> AnswersOfNewExchanges(
    const std::vector<Request>& requests) {
  std::vector<std::string> answers;
  for (const Request& request : requests) {
    Exchange exchange;
    Answer(request, exchange);
    answers.push_back(AnswerText(exchange));
  }
  return answers;
}

Exchange UsedInEveryField() {
  Exchange exchange;
  exchange.user = "alice";
  exchange.head = "Set-Cookie: session=alice\r\n";
  exchange.body = {'H', 'i'};
  exchange.status = 404;
  exchange.keep_alive = false;
  return exchange;
}

TEST(Task1Exchange, TheCookieOfOneUserReachesNoOtherUser) {
  const std::ptrdiff_t before =
      AnswersWith(AnswersOfTheFoundServer(), "alice-7f3a") - 1;
  const std::ptrdiff_t after =
      AnswersWith(AnswerAll(kAliceThenGuests), "alice-7f3a") - 1;
  RecordProperty("leaked_cookies", std::to_string(before));
  RecordGain("leaked_cookies", before, after);
  EXPECT_EQ(before, 3) << "the server as it was found sends it to each guest";
  EXPECT_EQ(after, 0) << "a guest gets alice's cookie, and with it her session";
}

TEST(Task1Exchange, IsEqualToANewOneAfterItsReset) {
  Exchange exchange = UsedInEveryField();
  Reset(exchange);
  EXPECT_EQ(exchange.user, "");
  EXPECT_EQ(exchange.head, "");
  EXPECT_TRUE(exchange.body.empty());
  EXPECT_EQ(exchange.status, 200);
  EXPECT_TRUE(exchange.keep_alive) << "a new exchange has true, not zero";
  EXPECT_EQ(exchange, Exchange());
}

TEST(Task1Exchange, OneBadRequestDoesNotCloseTheConnectionsOfOthers) {
  const std::vector<Request> requests = {{"", ""}, {"/", "bob"}, {"/", ""}};
  EXPECT_EQ(AnswersWith(AnswerAll(requests), "Connection: close"), 1);
}

TEST(Task1Exchange, AnswersAsANewExchangeWould) {
  const std::vector<Request> requests = {
      {"/", "alice"}, {"/x", ""},   {"/", "bob"},  {"", "alice"},
      {"/", ""},      {"", ""},     {"/x", "eve"}, {"/", ""},
      {"/", "alice"}, {"/", "bob"}, {"/", ""}};
  EXPECT_EQ(AnswerAll(requests), AnswersOfNewExchanges(requests));
}

TEST(Task1Exchange, TheSecondAnswerAllocatesNothing) {
  const std::string name(300, 'n');
  const Request request = {"/", name};
  Exchange exchange;
  Answer(request, exchange);
  const AllocationScope scope;
  Reset(exchange);
  Answer(request, exchange);
  const std::int64_t allocations = scope.Counts().allocations;
  RecordProperty("second_answer", std::to_string(allocations));
  EXPECT_EQ(allocations, 0)
      << "user, head and body had room for an answer of the same length";
}

TEST(Task1Exchange, AResetFreesNoBlock) {
  Exchange exchange;
  exchange.user.assign(1000, 'u');
  exchange.head.assign(1000, 'h');
  exchange.body.assign(1000, 'b');
  const AllocationScope scope;
  Reset(exchange);
  EXPECT_EQ(scope.Counts().frees, 0);
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_GE(exchange.user.capacity(), 1000u);
  EXPECT_GE(exchange.head.capacity(), 1000u);
  EXPECT_GE(exchange.body.capacity(), 1000u);
}

}  // namespace
}  // namespace workbook
