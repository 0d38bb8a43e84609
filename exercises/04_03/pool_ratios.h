// SPDX-License-Identifier: Apache-2.0

// What the figures of a pool say: hits, waste, and the bytes it holds.
#ifndef WORKBOOK_04_03_POOL_RATIOS_H_
#define WORKBOOK_04_03_POOL_RATIOS_H_

#include "exercises/04_03/given/pool_figures.h"

namespace workbook {

// Returns how many of a hundred requests an idle buffer served; 0 where there
// was no request.
// Cost: O(1), no allocation, for all functions here.
// Thread safety: any thread, for all functions here.
double HitPercent(const PoolFigures& figures);

// Returns the bytes that the pool held, lent and idle, for each byte that its
// callers had requested and still used, on average over all moments: sum by
// sum. 1 is a pool that wastes nothing; 0 where nothing was ever requested.
double HeldPerRequestedByte(const PoolFigures& figures);

// Returns how much of the lent bytes was never requested, in per cent, on
// average over all moments: sum by sum; 0 where nothing was ever lent.
double WastePercent(const PoolFigures& figures);

}  // namespace workbook

#endif  // WORKBOOK_04_03_POOL_RATIOS_H_
