// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/layout/record_layout.h"

#include <map>

#include "gtest/gtest.h"
#include "tools/text/text_file.h"
#include "tools/workbook/layout/layout_tool.h"

namespace workbook::cli {
namespace {

// What gdb said of testdata/sample.h.
std::map<std::string, Record> Recorded() {
  std::map<std::string, Record> records;
  for (const Record& record :
       ParseRecords(ReadTextFile("tools/workbook/layout/testdata/sample.jsonl")
                        .value())) {
    records[record.name] = record;
  }
  return records;
}

Part Field(const std::string& name, int64_t offset, int64_t size) {
  return {.kind = PartKind::kField,
          .name = name,
          .type = "",
          .offset_bits = offset * 8,
          .size_bits = size * 8,
          .alignment_bytes = size};
}

Record Struct(int64_t size, std::vector<Part> parts) {
  return {.name = "S",
          .kind = "struct",
          .file = {},
          .line = 0,
          .size_bytes = size,
          .alignment_bytes = 8,
          .parts = std::move(parts),
          .virtual_bases = {}};
}

TEST(RecordLayout, AccountsForEveryBit) {
  for (const auto& [name, record] : Recorded()) {
    if (record.kind == "union") continue;
    SCOPED_TRACE(name);
    int64_t end = 0;
    for (const Part& part : WithHoles(record)) {
      EXPECT_EQ(part.offset_bits, end) << part.name;
      end = part.EndBits();
    }
    EXPECT_EQ(end, record.size_bytes * 8);
  }
}

TEST(RecordLayout, FindsHolesAndPadding) {
  const Record options = Recorded().at("workbook::Derived::Options");
  const auto parts = WithHoles(options);
  ASSERT_EQ(parts.size(), 5u);
  EXPECT_EQ(parts[1].kind, PartKind::kHole);
  EXPECT_EQ(parts[1].size_bits, 7 * 8);
  EXPECT_EQ(parts[4].kind, PartKind::kPadding);
  EXPECT_EQ(UnusedBits(options), 14 * 8);
}

TEST(RecordLayout, EndsABaseWhereTheNextPartUsesItsTail) {
  const auto parts = WithHoles(Recorded().at("workbook::Derived"));
  EXPECT_EQ(parts[0].kind, PartKind::kBase);
  EXPECT_EQ(parts[0].size_bits, 13 * 8) << "of 16: three are its padding";
  EXPECT_EQ(parts[1].name, "in_the_tail_of_base");
  EXPECT_EQ(parts[2].kind, PartKind::kBitField);
  EXPECT_EQ(parts[2].size_bits, 3);
}

TEST(RecordLayout, CallsTheRoomOfVirtualBasesNoPadding) {
  const Record far_base = Recorded().at("workbook::FarBase");
  EXPECT_EQ(UnusedBits(far_base), 0);
  EXPECT_EQ(WithHoles(far_base).back().type, "virtual workbook::Base");
}

TEST(RecordLayout, NamesWhatCrossesALine) {
  const auto crossing = LineCrossings(Recorded().at("workbook::Crossing"));
  ASSERT_EQ(crossing.size(), 1u) << "not what is larger than a line";
  EXPECT_EQ(crossing[0].name, "words");
}

TEST(SmallerOrder, SaysTheBytesThatItReaches) {
  const auto order = SmallerOrder(Recorded().at("workbook::Tagged<int, long>"));
  ASSERT_TRUE(order);
  EXPECT_EQ(order->size_bytes, 16);
  EXPECT_EQ(order->fields,
            (std::vector<std::string>{"second", "first", "tag", "other_tag"}));
}

TEST(SmallerOrder, FillsTheHoleBehindABaseFirst) {
  Part base = Field("", 0, 12);
  base.kind = PartKind::kBase;
  base.alignment_bytes = 4;
  const Record record =
      Struct(32, {base, Field("wide", 16, 8), Field("narrow", 24, 4)});
  const auto order = SmallerOrder(record);
  ASSERT_TRUE(order);
  EXPECT_EQ(order->fields, (std::vector<std::string>{"narrow", "wide"}));
  EXPECT_EQ(order->size_bytes, 24);
}

TEST(SmallerOrder, KeepsNeighbouringBitFieldsTogether) {
  Part low{.kind = PartKind::kBitField,
           .name = "low",
           .type = "",
           .offset_bits = 0,
           .size_bits = 3,
           .alignment_bytes = 4};
  Part high = low;
  high.name = "high";
  high.offset_bits = 3;
  const auto order = SmallerOrder(
      Struct(24, {low, high, Field("wide", 8, 8), Field("narrow", 16, 4)}));
  ASSERT_TRUE(order);
  EXPECT_EQ(order->fields,
            (std::vector<std::string>{"wide", "narrow", "low", "high"}));
  EXPECT_EQ(order->size_bytes, 16);
}

TEST(SmallerOrder, IsSilentWhereNothingIsSavedOrGapsAreWanted) {
  EXPECT_FALSE(
      SmallerOrder(Struct(16, {Field("wide", 0, 8), Field("narrow", 8, 4)})));
  EXPECT_TRUE(HasDeliberateGaps(Recorded().at("workbook::Derived")));
  EXPECT_FALSE(SmallerOrder(Recorded().at("workbook::Derived")));
  EXPECT_FALSE(SmallerOrder(Recorded().at("workbook::Either")));
  EXPECT_FALSE(SmallerOrder(Recorded().at("workbook::Empty")));
}

}  // namespace
}  // namespace workbook::cli
