// SPDX-License-Identifier: Apache-2.0

#include "02_02/action_queue.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

#include "tools/probe/probe.h"

namespace workbook {
namespace {

TEST(Task8ActionQueue, ActionsRunOnceAndInOrder) {
  ActionQueue queue(4);
  std::string log;
  queue.Push([&log] { log += "a"; });
  queue.Push([&log] { log += "b"; });
  EXPECT_EQ(queue.Size(), 2u);
  queue.RunAll();
  EXPECT_EQ(log, "ab");
  EXPECT_EQ(queue.Size(), 0u);
  queue.RunAll();
  EXPECT_EQ(log, "ab") << "an action runs once";
  queue.Push([&log] { log += "c"; });
  queue.RunAll();
  EXPECT_EQ(log, "abc") << "the queue is usable again";
}

TEST(Task8ActionQueue, ActionsThatOwnThingsLetThemGo) {
  auto owned = std::make_shared<int>(5);
  {
    ActionQueue queue(2);
    int seen = 0;
    queue.Push([owned, &seen] { seen = *owned; });
    EXPECT_EQ(owned.use_count(), 2);
    queue.RunAll();
    EXPECT_EQ(seen, 5);
    EXPECT_EQ(owned.use_count(), 1) << "an action that ran is destroyed";
    queue.Push([owned] {});
  }
  EXPECT_EQ(owned.use_count(), 1) << "the queue destroys what did not run";
}

TEST(Task8ActionQueue, AnActionMayPushMore) {
  ActionQueue queue(1);
  std::string log;
  queue.Push([&] {
    log += "1";
    for (int i = 0; i < 10; ++i) queue.Push([&log] { log += "x"; });
    log += "2";
  });
  queue.RunAll();
  EXPECT_EQ(log, "12xxxxxxxxxx");
  EXPECT_EQ(queue.Size(), 0u);
}

TEST(Task8ActionQueue, AnActionThatThrowsIsForgottenAndTheRestStays) {
  ActionQueue queue(4);
  std::string log;
  queue.Push([&log] { log += "a"; });
  queue.Push([] { throw std::runtime_error("broken action"); });
  queue.Push([&log] { log += "c"; });
  EXPECT_THROW(queue.RunAll(), std::runtime_error);
  EXPECT_EQ(log, "a");
  EXPECT_EQ(queue.Size(), 1u);
  queue.RunAll();
  EXPECT_EQ(log, "ac");
}

TEST(Task8ActionQueue, SmallActionsAllocateNothing) {
  std::array<std::uint64_t, 5> payload = {1, 2, 3, 4, 5};
  std::uint64_t sum = 0;
  const AllocationScope scope;
  ActionQueue queue(100);
  EXPECT_EQ(scope.Counts().allocations, 1);
  const std::int64_t room = scope.Counts().bytes_allocated;
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 100; ++i) {
      queue.Push([payload, &sum] { sum += payload[4]; });  // 48 bytes
    }
    queue.RunAll();
  }
  EXPECT_EQ(sum, 1500u);
  EXPECT_EQ(scope.Counts().allocations, 1)
      << "48 bytes of callable have room in the queue's own block";
  RecordProperty("entry_bytes", static_cast<int>(room / 100));
}

TEST(Task8ActionQueue, LargeActionsStillRun) {
  std::array<std::uint64_t, 32> payload{};
  payload[31] = 9;
  std::uint64_t seen = 0;
  ActionQueue queue(1);
  queue.Push([payload, &seen] { seen = payload[31]; });
  queue.RunAll();
  EXPECT_EQ(seen, 9u);
}

TEST(Task8ActionQueue, WhatAFailedActionPushedRunsBehindTheRest) {
  ActionQueue queue(4);
  std::string log;
  queue.Push([&] {
    queue.Push([&log] { log += "pushed"; });
    throw std::runtime_error("broken action");
  });
  queue.Push([&log] { log += "next "; });
  EXPECT_THROW(queue.RunAll(), std::runtime_error);
  EXPECT_EQ(queue.Size(), 2u);
  queue.RunAll();
  EXPECT_EQ(log, "next pushed");
}

TEST(Task8ActionQueue, RoomForNoActionsTakesNoMemory) {
  const AllocationScope scope;
  const ActionQueue queue(0);
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(queue.Size(), 0u);
}

// Counts the calls that were made on an object other than itself.
struct SelfAware {
  explicit SelfAware(int* strangers) : foreign(strangers) {}
  SelfAware(const SelfAware& other) : foreign(other.foreign) {}
  SelfAware(SelfAware&& other) noexcept : foreign(other.foreign) {}
  SelfAware& operator=(const SelfAware&) = delete;
  SelfAware& operator=(SelfAware&&) = delete;
  void operator()() const { *foreign += self == this ? 0 : 1; }
  const SelfAware* self = this;
  int* foreign;
};

TEST(Task8ActionQueue, ActionsMayKnowTheirOwnAddress) {
  int strangers = 0;
  ActionQueue queue(1);
  for (int i = 0; i < 20; ++i) queue.Push(SelfAware(&strangers));
  queue.RunAll();
  EXPECT_EQ(strangers, 0) << "an action was moved by its bytes alone";
}

}  // namespace
}  // namespace workbook
