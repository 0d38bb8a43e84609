// SPDX-License-Identifier: Apache-2.0

#include "04_02/index_list.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <list>
#include <random>
#include <set>
#include <vector>

#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

using List = IndexList<std::uint32_t>;
using Handle = List::Handle;

std::vector<std::uint32_t> Values(const List& list) {
  std::vector<std::uint32_t> values;
  // Bounded, since a wrong link may lead in a circle.
  for (Handle node = list.front();
       node != List::kNone && values.size() <= list.size();
       node = list.Next(node)) {
    values.push_back(list.value(node));
  }
  return values;
}

using Order = std::vector<std::uint32_t>;

TEST(Task5IndexList, AnEmptyListHasNoMemory) {
  const AllocationScope scope;
  const List list;
  EXPECT_EQ(list.front(), List::kNone);
  EXPECT_EQ(list.back(), List::kNone);
  EXPECT_EQ(list.size(), 0u);
  EXPECT_EQ(scope.Counts().allocations, 0);
}

TEST(Task5IndexList, WhatComesLastIsInFront) {
  List list;
  const Handle first = list.PushFront(10);
  const Handle second = list.PushFront(20);
  const Handle third = list.PushFront(30);
  EXPECT_EQ(list.size(), 3u);
  EXPECT_EQ(Values(list), (Order{30, 20, 10}));
  EXPECT_EQ(list.front(), third);
  EXPECT_EQ(list.Next(third), second);
  EXPECT_EQ(list.back(), first);
  EXPECT_EQ(list.Next(first), List::kNone);
}

TEST(Task5IndexList, MovesANodeFromAnywhereToTheFront) {
  List list;
  const Handle a = list.PushFront(1);
  const Handle b = list.PushFront(2);
  const Handle c = list.PushFront(3);
  list.MoveToFront(b);
  EXPECT_EQ(Values(list), (Order{2, 3, 1})) << "from the middle";
  list.MoveToFront(a);
  EXPECT_EQ(Values(list), (Order{1, 2, 3})) << "from the end";
  EXPECT_EQ(list.back(), c);
  list.MoveToFront(a);
  EXPECT_EQ(Values(list), (Order{1, 2, 3})) << "from the front";
  EXPECT_EQ(list.size(), 3u);
}

TEST(Task5IndexList, ErasesFromBothEndsAndTheMiddle) {
  List list;
  const Handle a = list.PushFront(1);
  const Handle b = list.PushFront(2);
  const Handle c = list.PushFront(3);
  const Handle d = list.PushFront(4);
  list.Erase(b);
  EXPECT_EQ(Values(list), (Order{4, 3, 1}));
  list.Erase(d);
  EXPECT_EQ(Values(list), (Order{3, 1}));
  list.Erase(a);
  EXPECT_EQ(Values(list), (Order{3}));
  EXPECT_EQ(list.back(), c);
  list.Erase(c);
  EXPECT_EQ(Values(list), Order{});
  EXPECT_EQ(list.front(), List::kNone);
  EXPECT_EQ(list.back(), List::kNone);
}

TEST(Task5IndexList, TheNodeThatWasErasedLastIsUsedFirst) {
  List list;
  const Handle a = list.PushFront(1);
  const Handle b = list.PushFront(2);
  list.PushFront(3);
  list.Erase(a);
  list.Erase(b);
  EXPECT_EQ(list.PushFront(4), b);
  EXPECT_EQ(list.PushFront(5), a);
  EXPECT_EQ(Values(list), (Order{5, 4, 3}));
}

TEST(Task5IndexList, HandlesOutliveGrowth) {
  List list;
  std::vector<Handle> handles;
  for (std::uint32_t i = 0; i < 1000; ++i) handles.push_back(list.PushFront(i));
  for (std::uint32_t i = 0; i < 1000; ++i) {
    ASSERT_EQ(list.value(handles[i]), i);
    ASSERT_NE(handles[i], List::kNone);
  }
}

// A number that knows which others of its kind are alive: memory that was freed
// may still hold the number, so its value alone shows no late read.
class Watched {
 public:
  static inline std::set<const Watched*> alive;
  static inline int late_reads = 0;

  Watched() { alive.insert(this); }
  explicit Watched(int value) : value_(value) { alive.insert(this); }
  Watched(const Watched& other) : value_(other.value()) { alive.insert(this); }
  Watched& operator=(const Watched& other) noexcept {
    value_ = other.value();
    return *this;
  }
  ~Watched() { alive.erase(this); }

  int value() const {
    if (alive.contains(this)) return value_;
    ++late_reads;
    return -1;
  }

 private:
  int value_ = 0;
};

TEST(Task5IndexList, AValueMayBeOfTheListItself) {
  Watched::late_reads = 0;
  IndexList<Watched> list;
  auto last = list.PushFront(Watched(77));
  for (int i = 0; i < 300; ++i) {
    last = list.PushFront(list.value(last));
    ASSERT_EQ(Watched::late_reads, 0)
        << "PushFront of node " << i + 2
        << " reads `value` after the array has moved and the old one is freed";
    ASSERT_EQ(list.value(last).value(), 77) << "after " << i + 1 << " copies";
  }
}

// [region PointerNode]
struct PointerNode {
  PointerNode* next;
  PointerNode* before;
  std::uint32_t session;
};
// [end]

TEST(Task5IndexList, ANodeOfPointersIsMostlyPointers) {
  EXPECT_EQ(sizeof(PointerNode), 24u) << "for 4 bytes of a session";
}

TEST(Task5IndexList, ANodeTakesTwelveBytes) {
  constexpr std::size_t kCount = 1000;
  const AllocationScope natural_scope;
  std::list<std::uint32_t> natural(kCount);
  const auto before = natural_scope.Counts().live_bytes;
  const AllocationScope scope;
  List list;
  list.Reserve(kCount);
  for (std::uint32_t i = 0; i < kCount; ++i) list.PushFront(i);
  const auto after = scope.Counts().live_bytes;
  EXPECT_EQ(scope.Counts().allocations, 1);
  EXPECT_EQ(after, 12 * 1001) << "two links and a value each, and the ring's";
  EXPECT_LE(after * 10, before * 6) << "std::list takes " << before;
  RecordGain("heap_bytes", before, after);
  RecordProperty("list_node", static_cast<int>(before / 1000));
}

TEST(Task5IndexList, AtAConstantSizeNothingIsAllocated) {
  List list;
  for (std::uint32_t i = 0; i < 100; ++i) list.PushFront(i);
  const AllocationScope scope;
  for (std::uint32_t i = 0; i < 10'000; ++i) {
    list.Erase(list.back());
    list.PushFront(i);
  }
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(list.size(), 100u);
}

TEST(Task5Random, AMillionCallsAgreeWithStdList) {
  std::mt19937_64 random(5);
  List list;
  std::list<std::uint32_t> model;
  struct Pair {
    Handle handle;
    std::list<std::uint32_t>::iterator place;
  };
  std::vector<Pair> pairs;
  for (std::uint32_t call = 0; call < 1'000'000; ++call) {
    const std::uint64_t bits = random();
    if (pairs.empty() || bits % 8 < (call / 8192 % 2 == 0 ? 4u : 2u)) {
      model.push_front(call);
      pairs.push_back({list.PushFront(call), model.begin()});
    } else {
      Pair& pair = pairs[(bits >> 8) % pairs.size()];
      if (bits % 8 < 5) {
        list.MoveToFront(pair.handle);
        model.splice(model.begin(), model, pair.place);
      } else {
        list.Erase(pair.handle);
        model.erase(pair.place);
        pair = pairs.back();
        pairs.pop_back();
      }
    }
    if (!model.empty() && list.value(list.front()) != model.front()) {
      FAIL() << "call " << call << ": the front is " << list.value(list.front())
             << ", not " << model.front();
    }
    if (call % 100'000 == 99'999) {
      ASSERT_EQ(Values(list), Order(model.begin(), model.end()));
    }
  }
}

}  // namespace
}  // namespace workbook
