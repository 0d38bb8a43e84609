// SPDX-License-Identifier: Apache-2.0

#include "02_02/inline_any.h"

#include <gtest/gtest.h>

#include <any>
#include <array>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "tools/probe/probe.h"

namespace workbook {
namespace {

using Bytes48 = std::array<std::uint64_t, 6>;
using Bytes56 = std::array<std::uint64_t, 7>;

static_assert(std::is_nothrow_move_constructible_v<InlineAny>);
static_assert(std::is_nothrow_move_assignable_v<InlineAny>);
static_assert(InlineAny::kHoldsInline<Bytes48>);
static_assert(!InlineAny::kHoldsInline<Bytes56>);

// Counts itself and throws when told to.
struct Tracked {
  static inline int alive = 0;
  static inline int copies = 0;
  static inline int moves = 0;
  static inline bool throw_on_copy = false;

  explicit Tracked(int number) : value(number) { ++alive; }
  Tracked(const Tracked& other) : value(other.value) {
    if (throw_on_copy) throw std::runtime_error("no copy today");
    ++copies;
    ++alive;
  }
  Tracked(Tracked&& other) noexcept : value(other.value) {
    other.value = -1;
    ++moves;
    ++alive;
  }
  Tracked& operator=(const Tracked&) = delete;
  Tracked& operator=(Tracked&&) = delete;
  ~Tracked() { --alive; }

  int value;
};

// The same, too large to be held inline.
struct LargeTracked : Tracked {
  using Tracked::Tracked;
  std::array<std::uint64_t, 16> ballast{};
};

struct ThrowingMove {
  explicit ThrowingMove(int number) : value(number) {}
  ThrowingMove(const ThrowingMove& other) = default;
  ThrowingMove(ThrowingMove&& other) noexcept(false) : value(other.value) {}
  int value;
};
static_assert(!InlineAny::kHoldsInline<ThrowingMove>,
              "a move of the holder could throw");

struct alignas(64) OverAligned {
  int value = 3;
};
static_assert(!InlineAny::kHoldsInline<OverAligned>);

class Task7InlineAny : public ::testing::Test {
 protected:
  void SetUp() override {
    Tracked::alive = Tracked::copies = Tracked::moves = 0;
    Tracked::throw_on_copy = false;
  }
  void TearDown() override {
    EXPECT_EQ(Tracked::alive, 0) << "objects leaked, or destroyed twice";
  }
};

TEST_F(Task7InlineAny, HoldsValuesOfAnyType) {
  InlineAny any = 7;
  EXPECT_EQ(any.Get<int>(), 7);
  any = std::string("a text that is longer than a short string");
  EXPECT_EQ(any.Get<std::string>(),
            "a text that is longer than a short string");
  any = Bytes56{1, 2, 3, 4, 5, 6, 7};
  EXPECT_EQ(any.Get<Bytes56>()[6], 7u);
  any = std::make_shared<int>(5);
  EXPECT_EQ(*any.Get<std::shared_ptr<int>>(), 5);
  any.Get<std::shared_ptr<int>>().reset();
  EXPECT_EQ(std::as_const(any).Get<std::shared_ptr<int>>(), nullptr);
}

TEST_F(Task7InlineAny, AnEmptyOneHoldsVoid) {
  InlineAny any;
  EXPECT_FALSE(any.HasValue());
  EXPECT_EQ(any.Type(), typeid(void));
  EXPECT_EQ(any.TryGet<int>(), nullptr);
  any = 1;
  EXPECT_TRUE(any.HasValue());
  EXPECT_EQ(any.Type(), typeid(int));
  any.Reset();
  EXPECT_FALSE(any.HasValue());
  any.Reset();
  EXPECT_FALSE(any.HasValue()) << "resetting twice is allowed";
}

TEST_F(Task7InlineAny, UpToTheInlineSizeNothingIsAllocated) {
  const Bytes48 large = {1, 2, 3, 4, 5, 6};
  const AllocationScope scope;
  InlineAny number = 1.5;
  InlineAny array = large;
  InlineAny moved = std::move(array);
  InlineAny copied = moved;
  number = copied;
  copied = 'c';
  copied.Emplace<Bytes48>(large);
  number.Swap(copied);
  number.Reset();
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "48 bytes have room inside the object";
  EXPECT_EQ(copied.Get<Bytes48>(), large);
}

TEST_F(Task7InlineAny, APointerlessListOfValuesIsOneBlock) {
  const AllocationScope scope;
  std::vector<InlineAny> values;
  values.reserve(100);
  for (int i = 0; i < 100; ++i) values.emplace_back(Bytes48{1, 2, 3});
  EXPECT_EQ(scope.Counts().allocations, 1) << "the vector's own, and no other";
}

TEST_F(Task7InlineAny, LargerValuesTakeOneAllocation) {
  const AllocationScope scope;
  InlineAny any = Bytes56{7};
  EXPECT_EQ(scope.Counts().allocations, 1);
  EXPECT_EQ(scope.Counts().bytes_allocated, 56);
  InlineAny moved = std::move(any);
  EXPECT_EQ(scope.Counts().allocations, 1) << "moving hands the block over";
  const InlineAny copied = moved;
  EXPECT_EQ(scope.Counts().allocations, 2);
  moved.Reset();
  EXPECT_EQ(scope.Counts().live_bytes, 56) << "the first block is given back";
  EXPECT_EQ(copied.Get<Bytes56>()[0], 7u);
}

TEST_F(Task7InlineAny, AMoveLeavesTheSourceEmpty) {
  InlineAny any = std::string("moved");
  InlineAny target = std::move(any);
  EXPECT_FALSE(any.HasValue());  // NOLINT: moved from
  EXPECT_EQ(target.Get<std::string>(), "moved");
  any = std::move(target);
  EXPECT_FALSE(target.HasValue());  // NOLINT: moved from
  EXPECT_EQ(any.Get<std::string>(), "moved");
}

TEST_F(Task7InlineAny, CopiesAreIndependent) {
  InlineAny first = std::string("one");
  InlineAny second = first;
  second.Get<std::string>() = "two";
  EXPECT_EQ(first.Get<std::string>(), "one");
  EXPECT_EQ(second.Get<std::string>(), "two");
}

TEST_F(Task7InlineAny, AssigningToItselfKeepsTheValue) {
  InlineAny any = std::string("still here, and longer than fifteen");
  InlineAny& same = any;
  any = same;
  EXPECT_EQ(any.Get<std::string>(), "still here, and longer than fifteen");
  any.Swap(same);
  EXPECT_EQ(any.Get<std::string>(), "still here, and longer than fifteen");
}

TEST_F(Task7InlineAny, EveryObjectIsDestroyedOnce) {
  {
    InlineAny any = Tracked(1);
    InlineAny large = LargeTracked(2);
    InlineAny other = any;
    other = large;
    large = std::move(any);
    any.Emplace<LargeTracked>(3);  // NOLINT: moved from
    any.Swap(other);
    other.Reset();
    EXPECT_EQ(any.Get<LargeTracked>().value, 2);
    EXPECT_EQ(large.Get<Tracked>().value, 1);
  }
  EXPECT_EQ(Tracked::alive, 0);
}

// Knows its own address, as a short std::string of libstdc++ does.
struct SelfAware {
  explicit SelfAware(int number) : value(number) {}
  SelfAware(const SelfAware& other) : value(other.value) {}
  SelfAware(SelfAware&& other) noexcept : value(other.value) {}
  SelfAware& operator=(const SelfAware&) = delete;
  SelfAware& operator=(SelfAware&&) = delete;
  bool IsWhereItWasMade() const { return self == this; }
  const SelfAware* self = this;
  int value;
};
static_assert(InlineAny::kHoldsInline<SelfAware>);

TEST_F(Task7InlineAny, ValuesThatKnowTheirAddressMoveByTheirConstructor) {
  std::vector<InlineAny> values;
  // NOLINTNEXTLINE(performance-inefficient-vector-operation): it has to grow
  for (int i = 0; i < 10; ++i) values.emplace_back(SelfAware(i));
  values.front().Swap(values.back());
  InlineAny copy = values[3];
  copy = std::move(values[4]);
  EXPECT_EQ(copy.Get<SelfAware>().value, 4);
  EXPECT_TRUE(copy.Get<SelfAware>().IsWhereItWasMade());
  values.erase(values.begin() + 4);
  for (const InlineAny& any : values) {
    EXPECT_TRUE(any.Get<SelfAware>().IsWhereItWasMade())
        << "value " << any.Get<SelfAware>().value << " was moved by its bytes";
  }
}

TEST_F(Task7InlineAny, EmplaceReturnsTheValueInPlace) {
  InlineAny any;
  int& value = any.Emplace<int>(3);
  EXPECT_EQ(&value, any.TryGet<int>());
  EXPECT_EQ(value, 3);
}

TEST_F(Task7InlineAny, MakingOneCostsTheOneCopyOrMove) {
  const Tracked value(4);
  const InlineAny copied = value;
  EXPECT_EQ(Tracked::copies, 1);
  EXPECT_EQ(Tracked::moves, 0);
  const InlineAny moved = Tracked(5);
  EXPECT_EQ(Tracked::copies, 1);
  EXPECT_EQ(Tracked::moves, 1);
}

TEST_F(Task7InlineAny, AnRvalueIsMovedAndNotCopied) {
  InlineAny any = Tracked(4);
  const InlineAny moved = std::move(any);
  EXPECT_EQ(Tracked::copies, 0);
  EXPECT_EQ(moved.Get<Tracked>().value, 4);
}

TEST_F(Task7InlineAny, AFailedAssignmentKeepsTheOldValue) {
  InlineAny target = std::string("old");
  const InlineAny small = Tracked(5);
  const InlineAny large = LargeTracked(6);
  const Tracked value(7);
  Tracked::throw_on_copy = true;
  EXPECT_THROW(target = small, std::runtime_error);
  EXPECT_THROW(target = large, std::runtime_error);
  EXPECT_THROW(target = value, std::runtime_error);
  EXPECT_THROW(InlineAny copy = large, std::runtime_error);  // NOLINT: throws
  ASSERT_NE(target.TryGet<std::string>(), nullptr)
      << "the old value was destroyed before the new one was there";
  EXPECT_EQ(target.Get<std::string>(), "old");
  EXPECT_EQ(small.Get<Tracked>().value, 5);
}

TEST_F(Task7InlineAny, AFailedEmplaceLeavesItEmpty) {
  InlineAny any = std::string("old");
  const Tracked value(7);
  const LargeTracked large(8);
  Tracked::throw_on_copy = true;
  EXPECT_THROW(any.Emplace<Tracked>(value), std::runtime_error);
  EXPECT_FALSE(any.HasValue());
  EXPECT_THROW(any.Emplace<LargeTracked>(large), std::runtime_error);
  EXPECT_FALSE(any.HasValue());
  Tracked::throw_on_copy = false;
  any.Emplace<Tracked>(value);
  EXPECT_EQ(any.Get<Tracked>().value, 7) << "usable again";
}

TEST_F(Task7InlineAny, AThrowingMoveNeverRunsWhenTheHolderMoves) {
  const AllocationScope scope;
  InlineAny any = ThrowingMove(9);
  EXPECT_EQ(scope.Counts().allocations, 1) << "it is kept on the heap";
  const InlineAny moved = std::move(any);
  EXPECT_EQ(scope.Counts().allocations, 1);
  EXPECT_EQ(moved.Get<ThrowingMove>().value, 9);
}

TEST_F(Task7InlineAny, OverAlignedValuesAreAligned) {
  InlineAny any = OverAligned{};
  const auto address =
      reinterpret_cast<std::uintptr_t>(any.TryGet<OverAligned>());
  EXPECT_EQ(address % alignof(OverAligned), 0u);
  InlineAny wide = 1.0L;
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(wide.TryGet<long double>()) % 16,
            0u);
}

TEST_F(Task7InlineAny, AWrongCastSaysWhatIsHeldAndWhatWasAsked) {
  const InlineAny any = 7;
  EXPECT_EQ(any.TryGet<unsigned>(), nullptr) << "exactly the type, or nothing";
  EXPECT_EQ(any.TryGet<long>(), nullptr);
  try {
    any.Get<double>();
    FAIL() << "a double was found in a holder of an int";
  } catch (const BadInlineAnyCast& error) {
    EXPECT_STREQ(error.what(), "InlineAny holds int, and double was asked for");
  }
  try {
    InlineAny().Get<int>();
    FAIL() << "an int was found in an empty holder";
  } catch (const std::bad_cast& error) {
    EXPECT_STREQ(error.what(), "InlineAny is empty, and int was asked for");
  }
}

TEST_F(Task7InlineAny, ItIsSixtyFourBytes) {
  RecordProperty("size_bytes", static_cast<int>(sizeof(InlineAny)));
  RecordProperty("std_any_bytes", static_cast<int>(sizeof(std::any)));
  EXPECT_EQ(sizeof(InlineAny), 64u)
      << "48 bytes of value, one pointer, and what alignment takes";
}

}  // namespace
}  // namespace workbook
