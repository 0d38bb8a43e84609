// SPDX-License-Identifier: Apache-2.0

#include "04_02/tagged_pointer.h"

#include <gtest/gtest.h>

#include <cstdint>

#include "tools/exercise/testing/recorded_gain.h"

namespace workbook {
namespace {

struct Plain {
  double* pointer;
  std::uint8_t tag;
};

struct Node {
  TaggedPointer<Node, 2> next;  // of a type that is not complete here
  int value = 0;
};

TEST(Task9TaggedPointer, TakesTheBytesOfAPointer) {
  EXPECT_EQ(sizeof(TaggedPointer<double, 3>), 8u);
  RecordGain("bytes", sizeof(Plain), sizeof(TaggedPointer<double, 3>));
  RecordProperty("plain", static_cast<int>(sizeof(Plain)));
}

TEST(Task9TaggedPointer, IsNullByDefault) {
  const TaggedPointer<double, 3> pointer;
  EXPECT_EQ(pointer.pointer(), nullptr);
  EXPECT_EQ(pointer.tag(), 0u);
}

TEST(Task9TaggedPointer, KeepsPointerAndTag) {
  double values[2] = {1.5, 2.5};
  for (std::uintptr_t tag = 0; tag <= 7; ++tag) {
    const TaggedPointer<double, 3> pointer(&values[1], tag);
    EXPECT_EQ(pointer.pointer(), &values[1]) << "with tag " << tag;
    EXPECT_EQ(*pointer.pointer(), 2.5);
    EXPECT_EQ(pointer.tag(), tag);
  }
}

TEST(Task9TaggedPointer, ATagReplacesTheOldOne) {
  double value = 1;
  TaggedPointer<double, 3> pointer(&value, 5);
  pointer.SetTag(2);
  EXPECT_EQ(pointer.tag(), 2u) << "7 would be both tags together";
  EXPECT_EQ(pointer.pointer(), &value);
  pointer.SetTag(0);
  EXPECT_EQ(pointer.tag(), 0u);
  EXPECT_EQ(pointer.pointer(), &value);
}

TEST(Task9TaggedPointer, APointerReplacesTheOldOne) {
  double values[2] = {1.5, 2.5};
  TaggedPointer<double, 3> pointer(&values[0], 6);
  pointer.SetPointer(&values[1]);
  EXPECT_EQ(pointer.pointer(), &values[1]);
  EXPECT_EQ(pointer.tag(), 6u);
  pointer.SetPointer(nullptr);
  EXPECT_EQ(pointer.pointer(), nullptr);
  EXPECT_EQ(pointer.tag(), 6u);
}

TEST(Task9TaggedPointer, ANodeMayLinkToItsOwnType) {
  Node second;
  Node first;
  first.next = TaggedPointer<Node, 2>(&second, 3);
  second.value = 9;
  EXPECT_EQ(first.next.pointer()->value, 9);
  EXPECT_EQ(first.next.tag(), 3u);
}

TEST(Task9TaggedPointer, SharesNoStateWithOthers) {
  double value = 0;
  TaggedPointer<double, 3> first(&value, 1);
  TaggedPointer<double, 3> second = first;
  second.SetTag(4);
  EXPECT_EQ(first.tag(), 1u);
  EXPECT_EQ(second.tag(), 4u);
}

}  // namespace
}  // namespace workbook
