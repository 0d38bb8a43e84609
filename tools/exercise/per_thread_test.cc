// SPDX-License-Identifier: Apache-2.0

#include "tools/exercise/per_thread.h"

#include <gtest/gtest.h>

#include <memory>
#include <thread>
#include <vector>

namespace workbook {
namespace {

struct Slot {
  int value = 0;
};

void Ignore(Slot&) {}

int SlotCount(const PerThread<Slot>& slots) {
  int count = 0;
  slots.ForEach([&](Slot&) { ++count; });
  return count;
}

TEST(PerThread, GivesAThreadTheSameSlotAgain) {
  PerThread<Slot> slots(Ignore);
  Slot* const mine = slots.Mine();
  ASSERT_NE(mine, nullptr);
  EXPECT_EQ(slots.Mine(), mine);
}

TEST(PerThread, KeepsManyObjectsApartOnOneThread) {
  std::vector<std::unique_ptr<PerThread<Slot>>> all;
  for (int i = 0; i < 100; ++i) {
    all.push_back(std::make_unique<PerThread<Slot>>(Ignore));
    all.back()->Mine()->value = i;
  }
  int expected = 0;
  for (const auto& slots : all) EXPECT_EQ(slots->Mine()->value, expected++);
}

TEST(PerThread, RunsTheHookAtThreadExitAndReusesTheSlot) {
  int heard = 0;
  PerThread<Slot> slots([&](Slot& slot) { heard += slot.value; });
  for (int i = 0; i < 3; ++i) {
    std::thread([&] { ++slots.Mine()->value; }).join();
  }
  EXPECT_EQ(heard, 1 + 2 + 3) << "each thread is given the same slot, as it is";
  EXPECT_EQ(SlotCount(slots), 1);
}

TEST(PerThread, DoesNotRunTheHookOnceItHasDied) {
  int heard = 0;
  auto slots = std::make_unique<PerThread<Slot>>([&](Slot&) { ++heard; });
  std::thread([&] {
    slots->Mine();
    slots.reset();
  }).join();
  EXPECT_EQ(heard, 0);
}

TEST(PerThread, NewObjectInTheOldPlaceHasANewSlot) {
  for (int i = 0; i < 50; ++i) {
    PerThread<Slot> slots(Ignore);
    EXPECT_EQ(slots.Mine()->value, 0);
    slots.Mine()->value = 1;
  }
}

struct AsksAtExit {
  ~AsksAtExit() {
    if (slots != nullptr) *answer = slots->Mine();
  }
  PerThread<Slot>* slots = nullptr;
  Slot** answer = nullptr;
};

TEST(PerThread, IsNullOnceTheThreadHasGivenItsSlotsBack) {
  PerThread<Slot> slots(Ignore);
  Slot other;
  Slot* answer = &other;
  std::thread([&] {
    static thread_local AsksAtExit asks;  // made first, so destroyed last
    asks.answer = &answer;
    slots.Mine();
    asks.slots = &slots;
  }).join();
  EXPECT_EQ(answer, nullptr);
}

TEST(PerThread, ThreadsExitWhileObjectsDie) {
  for (int round = 0; round < 50; ++round) {
    auto slots = std::make_unique<PerThread<Slot>>(Ignore);
    std::atomic<int> ready{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        slots->Mine();
        ready.fetch_add(1);
      });
    }
    while (ready.load() < 4) std::this_thread::yield();
    slots.reset();
    for (std::thread& thread : threads) thread.join();
  }
}

}  // namespace
}  // namespace workbook
