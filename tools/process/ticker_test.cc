// SPDX-License-Identifier: Apache-2.0

#include "tools/process/ticker.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <string>

namespace workbook {
namespace {

constexpr std::chrono::milliseconds kSoon{5};
constexpr std::chrono::hours kNever{1};

// A stream that is no terminal.
class TickerTest : public testing::Test {
 protected:
  TickerTest() : stream_(std::tmpfile(), &std::fclose) {}

  // What was written until now; asks until it has `part`, as the next line has.
  std::string Wait(const std::string& part) {
    std::string text;
    while ((text = Text()).find(part) == std::string::npos) {
    }
    return text;
  }
  std::string Text() {
    std::string text(4096, '\0');
    const ssize_t length =
        ::pread(::fileno(stream_.get()), text.data(), text.size(), 0);
    text.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
    return text;
  }

  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream_;
};

TEST_F(TickerTest, WithoutATerminalWritesALineEachInterval) {
  Ticker ticker("Building", stream_.get(), kSoon);
  const std::string text = Wait("\nBuilding ... 0 s\n");
  EXPECT_TRUE(text.starts_with("Building ... 0 s\nBuilding ... 0 s\n"));
  ticker.SetStep("[12 / 119] Compiling a.cc");
  Wait("\nBuilding ... 0 s  [12 / 119] Compiling a.cc\n");
  EXPECT_EQ(Text().find_first_of("\r\x1b"), std::string::npos);
}

TEST_F(TickerTest, WritesNothingBeforeTheFirstInterval) {
  { const Ticker ticker("Building", stream_.get(), kNever); }
  EXPECT_EQ(Text(), "");
}

TEST_F(TickerTest, SaysALineAtOnce) {
  Ticker ticker("Building", stream_.get(), kNever);
  ticker.Say("another one is building");
  EXPECT_EQ(Text(), "another one is building\n");
}

}  // namespace
}  // namespace workbook
