// SPDX-License-Identifier: Apache-2.0

#include "tools/support/history/named_threads.h"

#include <gtest/gtest.h>

#include <thread>

#include "tools/support/history/subject.h"

namespace workbook::history {
namespace {

std::thread::id ThreadOf(NamedThreads& threads, std::size_t name) {
  std::thread::id id;
  threads.Run(name, [&id] { id = std::this_thread::get_id(); });
  return id;
}

TEST(NamedThreadsTest, MakesTheCallsOfANameOnOneThread) {
  NamedThreads threads;
  EXPECT_FALSE(threads.IsAlive(0));
  const auto first = ThreadOf(threads, 0);
  EXPECT_TRUE(threads.IsAlive(0));
  EXPECT_EQ(ThreadOf(threads, 0), first);
  EXPECT_NE(ThreadOf(threads, 1), first);
  EXPECT_NE(std::this_thread::get_id(), first);
}

TEST(NamedThreadsTest, EndsAThreadWithItsThreadLocalObjects) {
  static int ended = 0;
  struct Ends {
    ~Ends() { ++ended; }
  };
  NamedThreads threads;
  threads.Run(0, [] {
    thread_local Ends ends;
    static_cast<void>(ends);
  });
  EXPECT_EQ(ended, 0);
  threads.End(0);
  EXPECT_EQ(ended, 1);
}

TEST(NamedThreadsTest, PassesATodoOn) {
  NamedThreads threads;
  EXPECT_THROW(threads.Run(0, [] { throw NotWritten{}; }), NotWritten);
  EXPECT_TRUE(threads.IsAlive(0));
}

}  // namespace
}  // namespace workbook::history
