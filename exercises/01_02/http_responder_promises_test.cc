// SPDX-License-Identifier: Apache-2.0

// Borders of a body, and lives of a response.
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "01_02/http_responder.h"
#include "01_02/json_writer.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

TEST(Task13JsonWriterPromises, WritesNothingAfterTheFirstMistake) {
  StringBuilder text;
  JsonWriter json(text, 100);
  json.Null().Null().String("x");
  EXPECT_EQ(text.view(), "null");
  EXPECT_FALSE(json.Finished());
}

TEST(Task13JsonWriterPromises, WritesToTheEndOfItsBuilder) {
  StringBuilder text;
  text.Append("head ");
  JsonWriter json(text, 100);
  json.Bool(true);
  EXPECT_TRUE(json.Finished());
  EXPECT_EQ(text.view(), "head true");
}

TEST(Task13JsonWriterPromises, WritesTheShortestTextOfAFloat) {
  StringBuilder text;
  JsonWriter json(text, 100);
  json.Number(0.1f);
  EXPECT_EQ(text.view(), "0.1") << "not that of the double next to it";
}

TEST(Task13HttpResponderPromises, TakesAJsonBodyOfExactlyTheMost) {
  HttpResponder responder({.max_body_bytes = 10});
  const auto body_of = [&](std::string_view value) {
    return responder.RespondJson(
        {}, [value](JsonWriter& json) { json.String(value); });
  };
  EXPECT_TRUE(body_of("12345678").ok()) << "10 bytes with its quotes";
  EXPECT_EQ(body_of("123456789").error(), HttpError::kBodyTooLarge);
}

TEST(Task13HttpResponderPromises, GivesNoLengthWhereNoBodyIsAllowed) {
  HttpResponder responder;
  for (const int status : {204, 304}) {
    const HttpResponse response = responder.Respond({.status = status}, "");
    ASSERT_TRUE(response.ok());
    EXPECT_EQ(response.head().find("Content-Length"), std::string_view::npos)
        << status;
  }
  EXPECT_NE(responder.Respond({}, "").head().find("Content-Length: 0"),
            std::string_view::npos);
}

TEST(Task13HttpResponderPromises, RefusesJsonWhereNoBodyIsAllowed) {
  HttpResponder responder;
  const HttpResponse response = responder.RespondJson(
      {.status = 204}, [](JsonWriter& json) { json.Null(); });
  EXPECT_EQ(response.error(), HttpError::kBodyNotAllowed);
  EXPECT_TRUE(response.bytes().empty());
}

TEST(Task13HttpResponderPromises, AResponseMayEndOnAnotherThreadAfterItsPool) {
  const auto life = [] {
    std::optional<HttpResponder> responder(std::in_place);
    HttpResponse response = responder->Respond({}, "body");
    responder.reset();
    std::thread([late = std::move(response)] {
      EXPECT_EQ(late.body(), "body");
    }).join();
  };
  life();  // what is noted once for the thread
  const AllocationScope scope(ProbeExtent::kProcess);
  life();
  EXPECT_LT(scope.Counts().live_bytes, 200) << "but for notes of the thread";
}

}  // namespace
}  // namespace workbook
