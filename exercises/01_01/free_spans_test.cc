// SPDX-License-Identifier: Apache-2.0

#include "01_01/free_spans.h"

#include <gtest/gtest.h>

#include <cstring>
#include <vector>

#include "tools/exercise/testing/called_from.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

constexpr std::size_t kMebibyte = (std::size_t{1} << 20) / kPageBytes;

// Spans over pages of a source, made by hand: neighbours are far apart, so that
// no test needs a heap.
class Task8FreeSpans : public testing::Test {
 protected:
  Span Used(std::size_t pages) {
    Span span = Fresh(pages);
    std::memset(reinterpret_cast<void*>(span.Start()), 1, span.Bytes());
    span.fresh_end = 0;
    return span;
  }
  Span Fresh(std::size_t pages) {
    Span span;
    span.first_page =
        reinterpret_cast<std::uintptr_t>(source_.Map(pages * kPageBytes)) >>
        kPageShift;
    span.pages = span.fresh_end = pages;
    return span;
  }
  // Pages in front are used, those behind are fresh.
  Span Mixed(std::size_t used, std::size_t fresh) {
    Span span = Used(used + fresh);
    source_.Discard(reinterpret_cast<void*>(span.Start() + used * kPageBytes),
                    fresh * kPageBytes);
    source_.discarded_bytes = 0;
    span.fresh_begin = used;
    span.fresh_end = used + fresh;
    return span;
  }
  void ExpectPages(std::size_t free, std::size_t discarded,
                   const char* file = __builtin_FILE(),
                   int line = __builtin_LINE()) {
    const CalledFrom here(file, line, "FreeSpans");
    EXPECT_EQ(spans_.Bytes(), free * kPageBytes);
    EXPECT_EQ(spans_.DiscardedBytes(), discarded * kPageBytes);
  }

  LimitedPages source_;
  FreeSpans spans_{source_};
};

TEST_F(Task8FreeSpans, CountsWhatIsFreeAndWhatIsNotResident) {
  Span used = Used(3);
  Span mixed = Mixed(2, 5);
  Span fresh = Fresh(7);
  for (Span* span : {&used, &mixed, &fresh}) spans_.Add(span);
  EXPECT_EQ(spans_.Spans(), 3u);
  ExpectPages(17, 12);
  spans_.Remove(&mixed);
  EXPECT_EQ(spans_.Spans(), 2u);
  ExpectPages(10, 7);
  EXPECT_EQ(mixed.fresh_begin, 2u) << "a span keeps what is known of it";
  EXPECT_EQ(mixed.fresh_end, 7u);
}

TEST_F(Task8FreeSpans, TakesUsedPagesFirstThenMixedOnes) {
  Span fresh = Fresh(10);
  Span mixed = Mixed(4, 8);
  Span used = Used(20);
  Span long_used = Used(30);
  for (Span* span : {&long_used, &used, &mixed, &fresh}) spans_.Add(span);
  EXPECT_EQ(spans_.BestFit(10), &used) << "though the fresh one fits exactly";
  EXPECT_EQ(spans_.BestFit(21), &long_used);
  EXPECT_EQ(spans_.BestFit(31), nullptr);
  spans_.Remove(&used);
  spans_.Remove(&long_used);
  EXPECT_EQ(spans_.BestFit(10), &mixed);
  spans_.Remove(&mixed);
  EXPECT_EQ(spans_.BestFit(10), &fresh);
}

TEST_F(Task8FreeSpans, KnowWhatIsFreshOfBothPartsOfACut) {
  const auto cut = [](std::size_t begin, std::size_t end, std::size_t at) {
    Span span;
    span.pages = at;
    span.fresh_begin = begin;
    span.fresh_end = end;
    Span rest;
    rest.first_page = at;
    rest.pages = 10 - at;
    FreeSpans::Cut(&span, &rest);
    return std::vector<std::size_t>{
        span.FreshPages(), rest.FreshPages(),
        span.FreshPages() > 0 ? span.fresh_begin : 0,
        rest.FreshPages() > 0 ? rest.fresh_begin : 0};
  };
  using Parts = std::vector<std::size_t>;
  EXPECT_EQ(cut(3, 8, 5), (Parts{2, 3, 3, 0})) << "through the fresh pages";
  EXPECT_EQ(cut(3, 8, 2), (Parts{0, 5, 0, 1})) << "in front of them";
  EXPECT_EQ(cut(3, 8, 9), (Parts{5, 0, 3, 0})) << "behind them";
  EXPECT_EQ(cut(0, 10, 4), (Parts{4, 6, 0, 0})) << "every page is fresh";
  EXPECT_EQ(cut(0, 0, 4), (Parts{0, 0, 0, 0})) << "none is";
}

TEST_F(Task8FreeSpans, KnowTheLongestFreshRunOfTwoThatAreJoined) {
  const auto join = [](std::size_t begin, std::size_t end,
                       std::size_t behind_begin, std::size_t behind_end) {
    Span span;
    span.pages = 10;
    span.fresh_begin = begin;
    span.fresh_end = end;
    Span behind;
    behind.first_page = 10;
    behind.pages = 10;
    behind.fresh_begin = behind_begin;
    behind.fresh_end = behind_end;
    FreeSpans::Join(&span, &behind);
    return std::pair(span.FreshPages(),
                     span.FreshPages() > 0 ? span.fresh_begin : 0);
  };
  using Run = std::pair<std::size_t, std::size_t>;
  EXPECT_EQ(join(4, 10, 0, 3), Run(9, 4)) << "they touch";
  EXPECT_EQ(join(4, 9, 0, 3), Run(5, 4)) << "a used page lies between them";
  EXPECT_EQ(join(4, 6, 2, 9), Run(7, 12)) << "the one behind is longer";
  EXPECT_EQ(join(0, 0, 0, 10), Run(10, 10)) << "there is one behind only";
  EXPECT_EQ(join(2, 5, 0, 0), Run(3, 2)) << "there is one in front only";
}

TEST_F(Task8FreeSpans, ScavengeGivesPagesBackToTheSystem) {
  Span used = Used(200);
  spans_.Add(&used);
  EXPECT_EQ(source_.ResidentBytesOfMap(0), 200 * kPageBytes);
  EXPECT_EQ(spans_.Scavenge(0), 200 * kPageBytes);
  EXPECT_EQ(source_.ResidentBytesOfMap(0), 0u);
  RecordProperty("resident_kib",
                 static_cast<int>(source_.ResidentBytesOfMap(0) >> 10));
  ExpectPages(200, 200);
  EXPECT_EQ(spans_.Scavenge(0), 0u) << "there is nothing left";
  EXPECT_EQ(spans_.BestFit(200), &used) << "its addresses stay";
}

TEST_F(Task8FreeSpans, ScavengeStopsWhereEnoughIsLeft) {
  Span shorter = Used(10);
  Span longer = Used(20);
  spans_.Add(&shorter);
  spans_.Add(&longer);
  EXPECT_EQ(spans_.Scavenge(10 * kPageBytes), 20 * kPageBytes)
      << "the longest first, whole";
  EXPECT_EQ(longer.FreshPages(), 20u);
  EXPECT_EQ(shorter.FreshPages(), 0u);
  EXPECT_EQ(spans_.Scavenge(10 * kPageBytes), 0u);
}

TEST_F(Task8FreeSpans, ScavengeDiscardsAroundFreshPages) {
  Span span = Used(30);
  span.fresh_begin = 10;
  span.fresh_end = 20;
  spans_.Add(&span);
  ExpectPages(30, 10);
  EXPECT_EQ(spans_.Scavenge(0), 20 * kPageBytes);
  EXPECT_EQ(source_.discarded_bytes, 20 * kPageBytes);
  ExpectPages(30, 30);
}

TEST_F(Task8FreeSpans, AreFreshOnlyWhereTheSourceTookThemBack) {
  Span longer = Used(30);
  Span shorter = Used(10);
  spans_.Add(&longer);
  spans_.Add(&shorter);
  source_.discards_left = 0;
  EXPECT_EQ(spans_.Scavenge(0), 0u);
  ExpectPages(40, 0);
  EXPECT_EQ(spans_.BestFit(30), &longer) << "as used as before";
  source_.discards_left = 1;
  const std::size_t discarded = spans_.Scavenge(0);
  EXPECT_EQ(discarded, source_.discarded_bytes);
  EXPECT_GT(discarded, 0u) << "asked again, the source can";
  ExpectPages(40, discarded / kPageBytes);
}

TEST_F(Task8FreeSpans, KeepUsedPagesWithinABound) {
  std::vector<Span> all(17);
  for (Span& span : all) span = Used(kMebibyte);
  for (std::size_t i = 0; i < 16; ++i) spans_.Add(&all[i]);
  spans_.KeepWithinBound(0);
  ExpectPages(16 * kMebibyte, 0);
  spans_.Add(&all[16]);
  spans_.KeepWithinBound(std::size_t{128} << 20);
  ExpectPages(17 * kMebibyte, 0);  // a quarter of 128 MiB is more than 17
  spans_.KeepWithinBound(0);
  ExpectPages(17 * kMebibyte, 9 * kMebibyte);  // half of the bound is left
  spans_.KeepWithinBound(0);
  ExpectPages(17 * kMebibyte, 9 * kMebibyte);
}

class RefusingSource final : public PageSource {
 public:
  void* Map(std::size_t) noexcept override { return nullptr; }
  bool Discard(void*, std::size_t) noexcept override {
    ++refused;
    return false;
  }

  int refused = 0;
};

// A process that has locked all its memory: it must not pay for that each time.
TEST_F(Task8FreeSpans, AskARefusingSourceOncePerPart) {
  RefusingSource source;
  FreeSpans spans(source);
  std::vector<Span> all(60);
  for (Span& span : all) {
    span = Used(kMebibyte);
    spans.Add(&span);
    spans.KeepWithinBound(0);
  }
  EXPECT_GT(source.refused, 0) << "60 MiB idle, and 16 may be";
  EXPECT_LE(source.refused, 200) << "60 calls, each of a 60th";
}

TEST_F(Task8FreeSpans, UseNoHeapOfTheirOwn) {
  Span span = Used(10);
  AllocationScope scope;
  spans_.Add(&span);
  spans_.Scavenge(0);
  spans_.KeepWithinBound(0);
  spans_.Remove(&span);
  EXPECT_EQ(scope.Counts().allocations, 0);
}

}  // namespace
}  // namespace workbook
