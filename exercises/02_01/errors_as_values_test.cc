// SPDX-License-Identifier: Apache-2.0

#include "02_01/errors_as_values.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <ostream>
#include <string>

#include "tools/exercise/testing/called_from.h"
#include "tools/probe/probe.h"

namespace workbook {

void PrintTo(ParseError error, std::ostream* out) {
  constexpr const char* kNames[] = {"kEmpty", "kNotANumber", "kOutOfRange",
                                    "kNoColon"};
  *out << kNames[static_cast<std::size_t>(error)];
}

namespace {

void ExpectPort(std::string_view text, std::uint16_t expected,
                const char* file = __builtin_FILE(),
                int line = __builtin_LINE()) {
  const CalledFrom here(file, line, "ParsePort");
  const Result<std::uint16_t> port = ParsePort(text);
  ASSERT_TRUE(port.ok()) << "'" << text << "' is a port";
  EXPECT_EQ(port.value(), expected) << text;
}

template <class T>
void ExpectError(const Result<T>& result, ParseError expected,
                 std::string_view text, const char* file = __builtin_FILE(),
                 int line = __builtin_LINE()) {
  const CalledFrom here(file, line);
  ASSERT_FALSE(result.ok()) << "'" << text << "' is refused";
  EXPECT_EQ(result.error(), expected) << "of '" << text << "'";
}

TEST(Task8ParsePort, ReadsPorts) {
  ExpectPort("1", 1);
  ExpectPort("8080", 8080);
  ExpectPort("65535", 65535);
  ExpectPort("00080", 80);
}

TEST(Task8ParsePort, SaysWhyNot) {
  ExpectError(ParsePort(""), ParseError::kEmpty, "");
  for (const char* text : {"http", "80a", " 80", "-1", "+1", "8 0"}) {
    ExpectError(ParsePort(text), ParseError::kNotANumber, text);
  }
  for (const char* text : {"0", "65536", "123456789012345678901234567890"}) {
    ExpectError(ParsePort(text), ParseError::kOutOfRange, text);
  }
}

TEST(Task8ParseEndpoint, ReadsHostAndPort) {
  const std::string text = "example.org:8080";
  const Result<Endpoint> endpoint = ParseEndpoint(text);
  ASSERT_TRUE(endpoint.ok());
  EXPECT_EQ(endpoint.value().host, "example.org");
  EXPECT_EQ(endpoint.value().host.data(), text.data()) << "a view of the text";
  EXPECT_EQ(endpoint.value().port, 8080);
  const Result<Endpoint> last_colon = ParseEndpoint("::1:53");
  ASSERT_TRUE(last_colon.ok());
  EXPECT_EQ(last_colon.value().host, "::1") << "the last ':' counts";
}

TEST(Task8ParseEndpoint, SaysTheFirstReasonWhyNot) {
  ExpectError(ParseEndpoint("example.org"), ParseError::kNoColon, "no colon");
  ExpectError(ParseEndpoint(""), ParseError::kNoColon, "");
  ExpectError(ParseEndpoint(":http"), ParseError::kEmpty, ":http");
  ExpectError(ParseEndpoint("host:"), ParseError::kEmpty, "host:");
  ExpectError(ParseEndpoint("host:http"), ParseError::kNotANumber, "host:http");
  ExpectError(ParseEndpoint("host:70000"), ParseError::kOutOfRange,
              "host:70000");
}

TEST(Task8ParseEndpoint, ErrorsAllocateNothing) {
  const std::string long_host(100, 'h');
  const std::string refused = long_host + ":port";
  const AllocationScope scope;
  for (int i = 0; i < 100; ++i) {
    ParseEndpoint(refused);
    ParseEndpoint(long_host);
    ParseEndpoint("host:99999999999999999999999999");
  }
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "an error is a value of one word. What was thrown, or put into a "
         "text?";
}

}  // namespace
}  // namespace workbook
