// SPDX-License-Identifier: Apache-2.0

#include "03_04/object_pool.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "exercises/03_04/testing/tracked.h"
#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

using Pool = ObjectPool<Tracked, TrackedPolicy>;

class Task2ObjectPool : public testing::Test {
 protected:
  Task2ObjectPool() { TrackedPolicy::Restore(); }
  ~Task2ObjectPool() override {
    EXPECT_EQ(Tracked::alive, 0) << "an object outlives the test";
    TrackedPolicy::Restore();
  }
};

// Takes `count` objects at once, then gives all of them back.
void Burst(Pool& pool, std::size_t count, std::size_t text_bytes = 0) {
  std::vector<std::unique_ptr<Tracked>> objects;
  for (std::size_t i = 0; i < count; ++i) objects.push_back(pool.Take());
  for (auto& object : objects) {
    object->text.reserve(text_bytes);
    pool.Give(std::move(object));
  }
}

TEST_F(Task2ObjectPool, LendsTheObjectThatCameBackLast) {
  Pool pool({.max_idle = 4});
  auto first = pool.Take();
  auto second = pool.Take();
  const Tracked* const last = first.get();
  pool.Give(std::move(second));
  pool.Give(std::move(first));
  EXPECT_EQ(pool.Take().get(), last) << "its cache lines are the warmest";
}

TEST_F(Task2ObjectPool, LendsNoObjectOfTheUserBefore) {
  Pool pool({.max_idle = 4});
  auto object = pool.Take();
  object->number = 42;
  object->text = {'s', 'e', 'c', 'r', 'e', 't'};
  pool.Give(std::move(object));
  object = pool.Take();
  EXPECT_EQ(object->number, 0);
  EXPECT_TRUE(object->text.empty());
}

TEST_F(Task2ObjectPool, ResetsAtOnceAndNotAtTheNextTake) {
  Pool pool({.max_idle = 4});
  const auto shared = std::make_shared<int>(7);
  auto object = pool.Take();
  object->shared = shared;
  pool.Give(std::move(object));
  EXPECT_EQ(shared.use_count(), 1)
      << "an idle object must not keep alive what others share with it";
  const auto again = pool.Take();
  EXPECT_EQ(TrackedPolicy::resets, 1) << "one reset for each use";
}

TEST_F(Task2ObjectPool, KeepsNoMoreThanItsBoundAfterABurst) {
  Pool pool({.max_idle = 8});
  Burst(pool, 1000);
  RecordGain("idle_objects", 1000, pool.Statistics().idle);
  RecordProperty("after_a_burst", std::to_string(Tracked::alive));
  EXPECT_EQ(pool.Statistics().idle, 8u);
  EXPECT_EQ(pool.Statistics().dropped, 992u);
  EXPECT_EQ(Tracked::alive, 8) << "what the pool does not keep is destroyed";
}

TEST_F(Task2ObjectPool, ABoundOfZeroKeepsNothing) {
  Pool pool({.max_idle = 0});
  Burst(pool, 3);
  EXPECT_EQ(pool.Statistics().idle, 0u);
  EXPECT_EQ(Tracked::alive, 0);
}

TEST_F(Task2ObjectPool, DestroysAnObjectThatHasGrown) {
  Pool pool({.max_idle = 4, .max_object_bytes = 100});
  const AllocationScope scope;
  Burst(pool, 1, 10'000'000);
  EXPECT_EQ(pool.Statistics().idle, 0u)
      << "one large answer would stay for as long as the pool";
  EXPECT_EQ(pool.Statistics().dropped, 1u);
  EXPECT_LT(scope.Counts().live_bytes, 1000);
}

TEST_F(Task2ObjectPool, TheBoundOfAnObjectIsToTheByte) {
  Pool pool({.max_idle = 4, .max_object_bytes = 100});
  Burst(pool, 1, 100);
  EXPECT_EQ(pool.Statistics().idle, 1u);
  auto object = pool.Take();
  object->text.reserve(101);
  ASSERT_EQ(object->text.capacity(), 101u);
  pool.Give(std::move(object));
  EXPECT_EQ(pool.Statistics().idle, 0u);
}

TEST_F(Task2ObjectPool, CountsTheBytesThatAreLeftAfterTheReset) {
  TrackedPolicy::gives_text_back = true;
  Pool pool({.max_idle = 4, .max_object_bytes = 100});
  Burst(pool, 1, 10'000);
  EXPECT_EQ(pool.Statistics().idle, 1u)
      << "this reset gives the large text back, so the object may stay";
}

TEST_F(Task2ObjectPool, DestroysAnObjectThatCanNotBeReset) {
  Pool pool({.max_idle = 4});
  TrackedPolicy::refuses = true;
  pool.Give(pool.Take());
  TrackedPolicy::refuses = false;
  EXPECT_EQ(Tracked::alive, 0);
  EXPECT_EQ(pool.Statistics().dropped, 1u);
  EXPECT_EQ(pool.Statistics().idle, 0u);
}

TEST_F(Task2ObjectPool, GivingAllocatesNothing) {
  Pool pool({.max_idle = 100});
  std::vector<std::unique_ptr<Tracked>> objects;
  for (int i = 0; i < 200; ++i) objects.push_back(pool.Take());
  const AllocationScope scope;
  for (auto& object : objects) pool.Give(std::move(object));
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "a call that promises not to throw can't ask for memory";
}

TEST_F(Task2ObjectPool, IgnoresANullPointer) {
  Pool pool({.max_idle = 4});
  pool.Give(nullptr);
  EXPECT_EQ(pool.Statistics().idle, 0u);
  EXPECT_EQ(pool.Statistics().dropped, 0u);
  EXPECT_NE(pool.Take(), nullptr);
}

TEST_F(Task2ObjectPool, AResetMayGiveAPartToTheSamePool) {
  Pool pool({.max_idle = 1});
  auto part = pool.Take();
  auto whole = pool.Take();
  TrackedPolicy::on_reset = [&] { pool.Give(std::move(part)); };
  pool.Give(std::move(whole));
  EXPECT_EQ(pool.Statistics().idle, 1u);
  EXPECT_EQ(Tracked::alive, 1) << "the part has taken the last place";
}

TEST_F(Task2ObjectPool, ServesThousandsOfRequestsWithOneObject) {
  Pool pool({.max_idle = 2});
  for (int request = 0; request < 5000; ++request) {
    auto object = pool.Take();
    ASSERT_EQ(object->number, 0);
    ASSERT_TRUE(object->text.empty());
    object->number = request + 1;
    object->text.assign(100, 'x');
    pool.Give(std::move(object));
  }
  EXPECT_EQ(pool.Statistics().made, 1u);
  EXPECT_EQ(pool.Statistics().reused, 4999u);
}

}  // namespace
}  // namespace workbook
