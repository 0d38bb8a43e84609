// SPDX-License-Identifier: Apache-2.0

#include "03_01/relocation.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>

#include "exercises/03_01/testing/element.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

// Owns an int on the heap, and says that its bytes may be moved.
class Handle {
 public:
  using TriviallyRelocatable = std::true_type;
  static inline int constructed_by_move = 0;
  static inline int destroyed = 0;

  explicit Handle(int number) : number_(new int(number)) {}
  Handle(Handle&& other) noexcept : number_(other.number_) {
    other.number_ = nullptr;
    ++constructed_by_move;
  }
  ~Handle() {
    ++destroyed;
    delete number_;
  }
  int number() const { return *number_; }

 private:
  int* number_;
};

// Knows its own address, as std::string of libstdc++ does.
struct SelfAware {
  explicit SelfAware(int number) : value(number) {}
  SelfAware(SelfAware&& other) noexcept : value(other.value) {}
  bool KnowsItself() const { return self == this; }
  const SelfAware* self = this;
  int value;
};

TEST(Task5Relocation, PlainBytesMove) {
  std::array<int, 4> from = {1, 2, 3, 4};
  std::array<int, 4> to = {0, 0, 0, 9};
  Relocate(from.data(), 3, to.data());
  EXPECT_EQ(to, (std::array<int, 4>{1, 2, 3, 9}));
  Relocate<int>(nullptr, 0, nullptr);
}

TEST(Task5Relocation, NoConstructorRunsForTypesThatSaySo) {
  Handle::constructed_by_move = 0;
  Handle::destroyed = 0;
  const AllocationScope scope;
  {
    RelocatingArray<Handle> handles;
    for (int i = 0; i < 1000; ++i) handles.EmplaceBack(i);
    for (std::size_t i = 0; i < 1000; ++i) {
      ASSERT_EQ(handles[i].number(), static_cast<int>(i));
    }
    EXPECT_EQ(Handle::constructed_by_move, 0);
    EXPECT_EQ(Handle::destroyed, 0)
        << "the old bytes are no object any more: there is none to destroy";
  }
  EXPECT_EQ(Handle::destroyed, 1000) << "each one, by the array's destructor";
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

TEST(Task5Relocation, OtherTypesMoveByTheirConstructor) {
  RelocatingArray<SelfAware> array;
  for (int i = 0; i < 100; ++i) array.EmplaceBack(i);
  for (std::size_t i = 0; i < 100; ++i) {
    ASSERT_EQ(array[i].value, static_cast<int>(i));
    ASSERT_TRUE(array[i].KnowsItself())
        << "element " << i << " has the address of a block that is freed";
  }
}

TEST(Task5Relocation, OtherTypesAreDestroyedWhereTheyWere) {
  SafeElement::log = {};
  {
    RelocatingArray<SafeElement> array;
    for (int i = 0; i < 100; ++i) array.EmplaceBack(i);
    EXPECT_EQ(SafeElement::log.alive, 100)
        << "objects that were moved from and not destroyed count, too";
    EXPECT_EQ(SafeElement::log.moves, 4 + 8 + 16 + 32 + 64);
    EXPECT_EQ(SafeElement::log.copies, 0);
    RecordProperty("moved_one_by_one", SafeElement::log.moves);
  }
  EXPECT_EQ(SafeElement::log.alive, 0);
}

TEST(Task5Relocation, ReallocHoldsOneBlockAtATime) {
  // A sanitizer's realloc always has two.
  const bool has_own_realloc = ProbeUsesSanitizerHooks();
  const AllocationScope scope;
  int* block = ReallocateBlock<int>(nullptr, 0, 1000);
  block[999] = 7;
  block = ReallocateBlock(block, 1000, 2000);
  EXPECT_EQ(block[999], 7);
  const AllocationCounts counts = scope.Counts();
  EXPECT_EQ(counts.allocations, 2);
  EXPECT_EQ(counts.live_bytes, 8000);
  EXPECT_EQ(counts.peak_live_bytes, has_own_realloc ? 12000 : 8000)
      << "malloc, a copy and free hold both blocks; realloc may extend one";
  RecordProperty("realloc_peak", std::to_string(counts.peak_live_bytes));
  std::free(block);
}

TEST(Task5Relocation, OtherTypesTakeANewBlockAndFreeTheOld) {
  const AllocationScope scope;
  SelfAware* block = ReallocateBlock<SelfAware>(nullptr, 0, 10);
  std::construct_at(block, 3);
  block = ReallocateBlock(block, 1, 20);
  EXPECT_TRUE(block->KnowsItself())
      << "its own address is the old block's: it was moved by its bytes";
  EXPECT_EQ(scope.Counts().allocations, 2);
  EXPECT_EQ(scope.Counts().live_bytes,
            20 * static_cast<std::int64_t>(sizeof(SelfAware)));
  std::free(block);
}

TEST(Task5Relocation, NoMemoryIsBadAlloc) {
  if (ProbeUsesSanitizerHooks()) {
    GTEST_SKIP() << "a sanitizer ends the program instead";
  }
  constexpr std::size_t kTooMany =
      std::numeric_limits<std::ptrdiff_t>::max() / sizeof(SelfAware);
  int* const ints = ReallocateBlock<int>(nullptr, 0, 4);
  ints[3] = 5;
  // No object has to move, so that an answer of nullptr is no crash.
  ASSERT_THROW(ReallocateBlock(ints, 0, kTooMany), std::bad_alloc);
  EXPECT_EQ(ints[3], 5) << "the old block is as it was";
  std::free(ints);
  EXPECT_THROW(ReallocateBlock<SelfAware>(nullptr, 0, kTooMany),
               std::bad_alloc);
}

}  // namespace
}  // namespace workbook
