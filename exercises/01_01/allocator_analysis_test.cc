// SPDX-License-Identifier: Apache-2.0

#include "01_01/allocator_analysis.h"

#include <gtest/gtest.h>
#include <malloc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <new>
#include <sstream>
#include <string>
#include <vector>

namespace workbook {
namespace {

// A malloc of known classes: 32, 64, 128 ... usable bytes, and a count of what
// is lent. It keeps what it gets back for the next request: what is resident
// must not depend on when the malloc below gives memory out again (that of
// AddressSanitizer holds freed blocks back).
std::size_t lent = 0;
std::size_t calls = 0;
std::map<std::size_t, std::vector<void*>> kept;
std::size_t allocations_left = SIZE_MAX;

std::size_t ClassBytes(std::size_t bytes) {
  std::size_t size = 32;
  while (size < bytes) size *= 2;
  return size;
}
void* Allocate(std::size_t bytes) {
  if (allocations_left == 0) return nullptr;
  --allocations_left;
  ++lent;
  ++calls;
  std::vector<void*>& blocks = kept[ClassBytes(bytes)];
  if (!blocks.empty()) {
    void* const block = blocks.back();
    blocks.pop_back();
    return block;
  }
  auto* const memory =
      static_cast<std::size_t*>(std::malloc(16 + ClassBytes(bytes)));
  *memory = ClassBytes(bytes);
  return memory + 2;
}
std::size_t UsableSize(void* block) {
  return *(static_cast<std::size_t*>(block) - 2);
}
void Deallocate(void* block) {
  --lent;
  kept[UsableSize(block)].push_back(block);
}

const MallocUnderTest kPowersOfTwo{"powers <of> two & more", &Allocate,
                                   &Deallocate, &UsableSize};

class Task1AllocatorAnalysis : public testing::Test {
 protected:
  Task1AllocatorAnalysis() {
    lent = calls = 0;
    allocations_left = SIZE_MAX;
  }
  ~Task1AllocatorAnalysis() override {
    EXPECT_EQ(lent, 0u) << "leaked";
    for (const auto& [bytes, blocks] : kept) {
      for (void* block : blocks)
        std::free(static_cast<std::size_t*>(block) - 2);
    }
    kept.clear();
  }
};

TEST_F(Task1AllocatorAnalysis, FindsTheEffectiveClasses) {
  const std::vector<std::size_t> expected = {32, 64, 128, 256, 512, 1024};
  EXPECT_EQ(EffectiveClasses(kPowersOfTwo, 1024), expected);
  EXPECT_EQ(calls, 1'024u) << "one allocation for each size";
  EXPECT_EQ(EffectiveClasses(kPowersOfTwo, 1025).back(), 2048u);
}

// This machine's own malloc.
TEST_F(Task1AllocatorAnalysis, CountsTheClassesOfThisMalloc) {
  const MallocUnderTest malloc{"malloc", &std::malloc, &std::free,
                               &malloc_usable_size};
  const std::vector<std::size_t> classes = EffectiveClasses(malloc, 1024);
  RecordProperty("classes", static_cast<int>(classes.size()));
  ASSERT_FALSE(classes.empty());
  EXPECT_TRUE(std::is_sorted(classes.begin(), classes.end()));
  EXPECT_GE(classes.back(), 1'024u);
  const std::array<SizeCount, 1> request = {{{25, 1}}};
  RecordProperty("usable_of_25",
                 static_cast<int>(InternalWaste(malloc, request).usable_bytes));
}

TEST_F(Task1AllocatorAnalysis, WeighsWasteByTheHistogram) {
  const std::array<SizeCount, 3> histogram = {{{32, 10}, {33, 2}, {100, 5}}};
  const Waste waste = InternalWaste(kPowersOfTwo, histogram);
  EXPECT_EQ(waste.requested_bytes, 320u + 66 + 500);
  EXPECT_EQ(waste.usable_bytes, 320u + 128 + 640);
  EXPECT_NEAR(waste.Fraction(), 202.0 / 1088.0, 1e-12);
  EXPECT_EQ(Waste{}.Fraction(), 0.0);
}

TEST_F(Task1AllocatorAnalysis, DrawsACurveOfUsableBytes) {
  const Curve curve = OverheadCurve(kPowersOfTwo, 100, 33);
  ASSERT_EQ(curve.points.size(), 4u);  // 1, 34, 67, 100
  EXPECT_EQ(curve.points[1].bytes, 34u);
  EXPECT_EQ(curve.points[1].usable_bytes, 64u);
  EXPECT_EQ(curve.points[3].usable_bytes, 128u);
}

TEST_F(Task1AllocatorAnalysis, NamesTheSizesThatWasteNothing) {
  const std::vector<std::size_t> classes = {32, 64, 128};
  EXPECT_EQ(BestRequestSizes(classes, 33, 2),
            (std::vector<std::size_t>{64, 128}));
  EXPECT_EQ(BestRequestSizes(classes, 64, 5),
            (std::vector<std::size_t>{64, 128}));
  EXPECT_TRUE(BestRequestSizes(classes, 129, 2).empty());
}

TEST_F(Task1AllocatorAnalysis, MeasuresResidentAgainstLiveBytes) {
  const ChurnResult result =
      Churn(kPowersOfTwo, {.live_blocks = 20'000, .rounds = 4});
  EXPECT_GE(result.live_bytes, 20'000u * 16);
  EXPECT_LE(result.live_bytes, 20'000u * 2'048);
  EXPECT_GT(result.Ratio(), 0.9) << "live bytes are resident";
  EXPECT_LT(result.Ratio(), 4.0);
  const ChurnResult again =
      Churn(kPowersOfTwo, {.live_blocks = 20'000, .rounds = 4});
  EXPECT_EQ(again.live_bytes, result.live_bytes) << "the seed decides";
  const ChurnResult other =
      Churn(kPowersOfTwo, {.seed = 2, .live_blocks = 20'000, .rounds = 4});
  EXPECT_NE(other.live_bytes, result.live_bytes);
  calls = 0;
  Churn(kPowersOfTwo, {.live_blocks = 1'000, .rounds = 4});
  EXPECT_EQ(calls, 3'000u) << "live_blocks * (1 + rounds / 2)";
}

TEST_F(Task1AllocatorAnalysis, LeaksNothingWhenTheMallocFails) {
  allocations_left = 500;
  EXPECT_THROW((void)Churn(kPowersOfTwo, {.live_blocks = 1'000, .rounds = 1}),
               std::bad_alloc);
  allocations_left = 10;
  EXPECT_THROW((void)EffectiveClasses(kPowersOfTwo, 100), std::bad_alloc);
}

TEST_F(Task1AllocatorAnalysis, WritesALegibleTable) {
  const std::array curves = {OverheadCurve(kPowersOfTwo, 1024, 1)};
  const std::string table = OverheadTable(curves);
  EXPECT_NE(table.find("classes"), std::string::npos);
  EXPECT_NE(table.find("3100.0 %"), std::string::npos)
      << "1 byte in a block of 32:\n"
      << table;
  const std::array three = {Curve{"x", {{16, 32}, {32, 32}, {33, 64}}}};
  const std::string of_x = OverheadTable(three);
  std::istringstream row(of_x.substr(of_x.find("\nx ")));
  std::string name;
  std::string percent;
  std::size_t classes = 0;
  double mean = 0;
  double worst = 0;
  row >> name >> classes >> mean >> percent >> worst;
  EXPECT_EQ(classes, 2u);
  EXPECT_NEAR(mean, 64.6, 0.05);
  EXPECT_NEAR(worst, 100.0, 0.05);
}

TEST_F(Task1AllocatorAnalysis, DrawsNothingAsWell) {
  EXPECT_EQ(InternalWaste(kPowersOfTwo, {}).usable_bytes, 0u);
  const std::array empty = {Curve{"none", {}}};
  for (const std::string& svg : {OverheadSvg({}), OverheadSvg(empty)}) {
    EXPECT_EQ(svg.rfind("<svg", 0), 0u);
    EXPECT_NE(svg.find("</svg>"), std::string::npos);
    EXPECT_EQ(svg.find("nan"), std::string::npos);
    EXPECT_EQ(svg.find("inf"), std::string::npos);
  }
}

TEST_F(Task1AllocatorAnalysis, DrawsAPictureWithUnitsAndALegend) {
  const std::array curves = {OverheadCurve(kPowersOfTwo, 1024, 16),
                             Curve{"second", {{1, 1}, {1024, 1024}}}};
  const std::string svg = OverheadSvg(curves);
  EXPECT_EQ(svg.rfind("<svg", 0), 0u);
  EXPECT_NE(svg.find("</svg>"), std::string::npos);
  EXPECT_NE(svg.find("request, bytes"), std::string::npos);
  EXPECT_NE(svg.find("waste, % of the request"), std::string::npos);
  EXPECT_NE(svg.find("powers &lt;of&gt; two &amp; more"), std::string::npos);
  std::size_t lines = 0;
  for (std::size_t at = svg.find("<polyline"); at != std::string::npos;
       at = svg.find("<polyline", at + 1)) {
    ++lines;
  }
  EXPECT_EQ(lines, 2u);
}

}  // namespace
}  // namespace workbook
