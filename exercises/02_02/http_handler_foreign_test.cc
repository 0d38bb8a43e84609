// SPDX-License-Identifier: Apache-2.0

// The bytes that files forgive, in a request: a protocol does not.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "02_02/http_handler.h"

namespace workbook {
namespace {

using namespace std::string_literals;

std::string Status(std::string_view request) {
  HttpHandler handler;
  return std::string(handler.Handle(request).substr(9, 3));
}

const std::string kHost = "Host: h\r\n";

TEST(Task9HttpHandler, AreRefusedInTheHead) {
  EXPECT_EQ(Status("GET / HTTP/1.1\r\n" + kHost + "\r\n"), "200");
  EXPECT_EQ(Status(""), "400") << "nothing at all";
  EXPECT_EQ(Status("\xEF\xBB\xBFGET / HTTP/1.1\r\n" + kHost + "\r\n"), "400")
      << "a byte order mark";
  EXPECT_EQ(Status("GET / HTTP/1.1\nHost: h\n\n"), "400") << "LF alone";
  EXPECT_EQ(Status("GET / HTTP/1.1\n" + kHost + "\r\n"), "400") << "mixed";
  EXPECT_EQ(Status("GET / HTTP/1.1\r\n" + kHost + "A: \0\r\n\r\n"s), "400")
      << "NUL";
  EXPECT_EQ(Status("G\xC9T / HTTP/1.1\r\n" + kHost + "\r\n"), "400")
      << "Latin-1 in the method";
  EXPECT_EQ(Status("GET / HTTP/1.1\r\n" + kHost + "\xC9: 1\r\n\r\n"), "400")
      << "and in the name of a field";
  EXPECT_EQ(Status("GET / HTTP/1.1\r\n" + kHost), "400") << "no last line end";
}

TEST(Task9HttpHandler, AreTakenWhereTheProtocolTakesThem) {
  EXPECT_EQ(Status("GET / HTTP/1.1\r\n" + kHost + "A: caf\xE9\r\n\r\n"), "200")
      << "Latin-1 in the value of a field";
  EXPECT_EQ(Status("POST / HTTP/1.1\r\n" + kHost +
                   "Content-Length: 6\r\n\r\n\xEF\xBB\xBF\0\n\xE9"s),
            "200")
      << "a body is bytes";
}

}  // namespace
}  // namespace workbook
