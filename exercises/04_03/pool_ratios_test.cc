// SPDX-License-Identifier: Apache-2.0

#include "04_03/pool_ratios.h"

#include <gtest/gtest.h>

#include <string>

#include "exercises/04_03/given/one_size_pool.h"
#include "exercises/04_03/given/request_trace.h"

namespace workbook {
namespace {

// Two buffers of 100 bytes are lent for 40 and 10 bytes, and come back.
PoolFigures TwoUses() {
  PoolMeter meter;
  meter.Miss(40, 100);
  meter.Miss(10, 100);
  meter.Keep(40, 100);
  meter.Keep(10, 100);
  return meter.Figures();
}

TEST(Task1PoolRatios, HitsAreAPartOfAllRequests) {
  PoolMeter meter;
  meter.Miss(10, 16);
  meter.Keep(10, 16);
  for (int i = 0; i < 3; ++i) {
    meter.Hit(10, 16);
    meter.Keep(10, 16);
  }
  EXPECT_DOUBLE_EQ(HitPercent(meter.Figures()), 75) << "3 hits, 4 requests";
}

TEST(Task1PoolRatios, HeldIsLentAndIdle) {
  // Requested: 40, 50, 10, 0. Lent: 100, 200, 100, 0. Idle: 0, 0, 100, 200.
  EXPECT_DOUBLE_EQ(HeldPerRequestedByte(TwoUses()), 700.0 / 100)
      << "divide the sums, and count idle buffers as well";
}

TEST(Task1PoolRatios, WasteIsWhatWasLentAndNotRequested) {
  EXPECT_DOUBLE_EQ(WastePercent(TwoUses()), 75)
      << "100 of 400 lent bytes were requested; idle ones are not lent";
}

TEST(Task1PoolRatios, NothingIsNothing) {
  EXPECT_EQ(HitPercent({}), 0) << "0 of 0 requests";
  EXPECT_EQ(HeldPerRequestedByte({}), 0);
  EXPECT_EQ(WastePercent({}), 0);
}

// What gcc asks for, in pages and more, served by buffers of 256 KiB: its
// largest request fits.
TEST(Task1PoolRatios, APoolCanHitAndHoldFarTooMuch) {
  const PoolFigures figures =
      PlayOneSize(RecordedRequests("gcc"), std::size_t{256} << 10);
  EXPECT_NEAR(HitPercent(figures), 99, 0.5);
  EXPECT_NEAR(HeldPerRequestedByte(figures), 9.4, 0.1);
  EXPECT_NEAR(WastePercent(figures), 87.7, 0.1);
  RecordProperty("unrequested_percent", std::to_string(WastePercent(figures)));
}

}  // namespace
}  // namespace workbook
