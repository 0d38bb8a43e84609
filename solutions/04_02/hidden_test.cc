// SPDX-License-Identifier: Apache-2.0

// Random histories of all collections, each beside a model of its contract. For
// grading: WORKBOOK_SEED chooses the walk, and a failure names the seed that
// repeats it.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <list>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "04_02/boxed_value.h"
#include "04_02/compact_set.h"
#include "04_02/delta_ids.h"
#include "04_02/frozen_set.h"
#include "04_02/index_list.h"
#include "04_02/mail_columns.h"
#include "04_02/message_layout.h"
#include "04_02/packed_ints.h"
#include "04_02/small_vector.h"
#include "04_02/tagged_pointer.h"
#include "exercises/04_02/testing/counted.h"
#include "exercises/04_02/testing/scarce_memory.h"
#include "tools/exercise/testing/random_walk.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

TEST(Task1Hidden, StructsAreSmallAndAligned) {
  struct Pair {
    MessageHeader header;
    MessageMarks marks;
  };
  EXPECT_LE(sizeof(MessageHeader), 16u);
  EXPECT_LE(sizeof(MessageMarks), 2u);
  EXPECT_LE(sizeof(Pair), 24u);
  EXPECT_EQ(alignof(Pair), 8u);
}

TEST(Task2Hidden, ColumnsSurviveEachFailure) {
  const SeedTrace trace;
  Random random(2);
  ScarceMemory memory;
  MailColumns mail(&memory);
  std::vector<MailRow> rows;
  for (int call = 0; call < 5000; ++call) {
    memory.allowed =
        random.Chance(70) ? 100 : static_cast<int>(random.Below(4));
    const auto folder = static_cast<std::uint8_t>(random.Below(32));
    if (rows.empty() || random.Chance(55)) {
      const MailRow row{call, std::string(random.Below(40), 'x'), call + 1,
                        folder, random.Chance(50)};
      try {
        mail.Add(row);
        rows.push_back(row);
      } catch (const std::bad_alloc&) {
        ASSERT_LT(memory.allowed, 4);
      }
    } else {
      const std::size_t place = random.Below(rows.size());
      mail.Remove(place);
      std::swap(rows[place], rows.back());
      rows.pop_back();
    }
    ASSERT_EQ(mail.size(), rows.size());
    ASSERT_EQ(mail.marks().size(), rows.size());
    ASSERT_EQ(mail.senders().size(), rows.size());
    const auto unread =
        std::count_if(rows.begin(), rows.end(), [folder](const MailRow& row) {
          return row.folder == folder && !row.is_read;
        });
    ASSERT_EQ(mail.CountUnread(folder), static_cast<std::size_t>(unread));
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    ASSERT_EQ(mail.RowAt(i).subject, rows[i].subject);
    ASSERT_EQ(mail.ids()[i], rows[i].id);
  }
}

template <int kBits>
void PackedWalk(Random& random) {
  PackedInts<kBits> ints;
  std::vector<std::uint64_t> model;
  for (int call = 0; call < 4000; ++call) {
    const std::uint64_t value = random.Bits() & PackedInts<kBits>::kMax;
    if (model.empty() || random.Chance(60)) {
      ints.PushBack(value);
      model.push_back(value);
    } else {
      const std::size_t index = random.Below(model.size());
      ints.Set(index, value);
      model[index] = value;
    }
  }
  for (std::size_t i = 0; i < model.size(); ++i) {
    ASSERT_EQ(ints.Get(i), model[i]) << kBits << " bits, element " << i;
  }
}

TEST(Task3Hidden, WidthsThatOtherTestsLeaveOut) {
  const SeedTrace trace;
  Random random(3);
  PackedWalk<3>(random);
  PackedWalk<5>(random);
  PackedWalk<17>(random);
  PackedWalk<31>(random);
  PackedWalk<48>(random);
  PackedWalk<61>(random);
  PackedWalk<64>(random);
}

TEST(Task4Hidden, IdsOfAllDistances) {
  const SeedTrace trace;
  Random random(4);
  for (int round = 0; round < 20; ++round) {
    DeltaIds ids;
    std::vector<std::uint64_t> model;
    std::uint64_t last = random.Below(3);
    for (std::size_t i = random.Below(1000); i > 0; --i) {
      ids.Append(last);
      model.push_back(last);
      last += 1 + (random.Bits() >> random.Between(14, 63));
    }
    ASSERT_EQ(ids.size(), model.size());
    for (std::size_t i = 0; i < model.size(); ++i) {
      ASSERT_EQ(ids.At(i), model[i]);
      for (const std::uint64_t near : {model[i] - 1, model[i], model[i] + 1}) {
        ASSERT_EQ(ids.Contains(near),
                  std::binary_search(model.begin(), model.end(), near));
      }
    }
  }
}

TEST(Task5Hidden, OrderOfUse) {
  const SeedTrace trace;
  Random random(5);
  IndexList<std::uint64_t> list;
  using Handle = IndexList<std::uint64_t>::Handle;
  std::list<std::pair<Handle, std::uint64_t>> model;
  for (std::uint64_t call = 0; call < 3000; ++call) {
    if (model.empty() || random.Chance(50)) {
      model.emplace_front(list.PushFront(call), call);
    } else {
      auto place = model.begin();
      std::advance(place, random.Below(model.size()));
      if (random.Chance(60)) {
        list.MoveToFront(place->first);
        model.splice(model.begin(), model, place);
      } else {
        list.Erase(place->first);
        model.erase(place);
      }
    }
    Handle node = list.front();
    for (const auto& [handle, value] : model) {
      ASSERT_EQ(node, handle) << "call " << call;
      ASSERT_EQ(list.value(node), value) << "call " << call;
      node = list.Next(node);
    }
    ASSERT_EQ(node, list.kNone);
  }
}

TEST(Task6Hidden, CopiesThatFailAtRandom) {
  const SeedTrace trace;
  Random random(6);
  const AllocationScope scope;
  for (int round = 0; round < 300; ++round) {
    Risky::Reset();
    SmallVector<Risky, 3> vector;
    std::vector<int> model;
    for (int call = 0; call < 40; ++call) {
      Risky::copies_allowed =
          random.Chance(70) ? 1000 : static_cast<int>(random.Below(10));
      try {
        if (model.empty() || random.Chance(60)) {
          vector.emplace_back(call);
          model.push_back(call);
        } else if (random.Chance(50)) {
          vector.push_back(std::as_const(vector[0]));
          model.push_back(model[0]);
        } else {
          vector.pop_back();
          model.pop_back();
        }
      } catch (const CopyRefused&) {
      }
      ASSERT_EQ(vector.size(), model.size());
      ASSERT_EQ(Risky::alive, static_cast<int>(model.size()));
      for (std::size_t i = 0; i < model.size(); ++i) {
        ASSERT_EQ(vector[i].value, model[i]);
      }
    }
  }
  EXPECT_EQ(Risky::alive, 0);
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

TEST(Task7Hidden, ChunksAtTheBorder) {
  const SeedTrace trace;
  Random random(7);
  CompactSet set;
  std::set<std::uint32_t> model;
  for (std::uint32_t i = 0; i < 4090; ++i) {
    set.Add(16 * i);
    model.insert(16 * i);
  }
  for (int call = 0; call < 20'000; ++call) {
    const auto number = static_cast<std::uint32_t>(16 * random.Below(4100));
    if (random.Chance(80)) {
      ASSERT_EQ(set.Add(number), model.insert(number).second);
    } else {
      ASSERT_EQ(set.Remove(number), model.erase(number) == 1);
    }
    const auto other = static_cast<std::uint32_t>(random.Below(65'536));
    ASSERT_EQ(set.Contains(other), model.contains(other));
  }
  ASSERT_EQ(set.size(), model.size());
}

TEST(Task8Hidden, FrozenSetsAgreeWithTheirSources) {
  const SeedTrace trace;
  Random random(8);
  for (int round = 0; round < 20; ++round) {
    CompactSet set;
    for (std::size_t i = random.Below(400); i > 0; --i) {
      const std::size_t first = random.Below(400'000);
      for (std::size_t n = random.Below(300); n > 0; --n) {
        set.Add(static_cast<std::uint32_t>(first + n));
      }
    }
    const FrozenSet frozen(set);
    for (std::uint32_t number = 0; number < 420'000; ++number) {
      ASSERT_EQ(frozen.Contains(number), set.Contains(number)) << number;
    }
  }
}

TEST(Task9Hidden, RandomTags) {
  const SeedTrace trace;
  Random random(9);
  std::vector<std::uint64_t> values(100);
  TaggedPointer<std::uint64_t, 3> pointer;
  std::uint64_t* expected = nullptr;
  std::uintptr_t tag = 0;
  for (int call = 0; call < 2000; ++call) {
    if (random.Chance(50)) {
      tag = random.Below(8);
      pointer.SetTag(tag);
    } else {
      expected = &random.Pick(values);
      pointer.SetPointer(expected);
    }
    ASSERT_EQ(pointer.tag(), tag);
    ASSERT_EQ(pointer.pointer(), expected);
  }
}

TEST(Task10Hidden, RandomValues) {
  const SeedTrace trace;
  Random random(10);
  for (int call = 0; call < 20'000; ++call) {
    const std::uint64_t bits = random.Bits();
    const auto integer = static_cast<std::int32_t>(bits);
    ASSERT_EQ(BoxedValue::Integer(integer).integer(), integer);
    ASSERT_EQ(BoxedValue::Integer(integer).kind(), BoxedKind::kInteger);
    // Every NaN, and numbers beside it.
    const double number = std::bit_cast<double>(bits | 0x7FF0'0000'0000'0000u);
    ASSERT_EQ(BoxedValue::Number(number).kind(), BoxedKind::kNumber);
    const void* const address =
        reinterpret_cast<const void*>(bits & 0x7FFF'FFFF'FFFF);
    ASSERT_EQ(BoxedValue::Pointer(address).pointer(), address);
    ASSERT_EQ(BoxedValue::Pointer(address).kind(), BoxedKind::kPointer);
  }
}

}  // namespace
}  // namespace workbook
