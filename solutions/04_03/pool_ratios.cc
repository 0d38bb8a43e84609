// SPDX-License-Identifier: Apache-2.0

#include "04_03/pool_ratios.h"

#include <cstdint>

namespace workbook {
namespace {

double Ratio(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return 0;
  return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

double HitPercent(const PoolFigures& figures) {
  return 100 * Ratio(figures.hits, figures.requests);
}

double HeldPerRequestedByte(const PoolFigures& figures) {
  return Ratio(figures.sums.lent + figures.sums.idle, figures.sums.requested);
}

double WastePercent(const PoolFigures& figures) {
  return 100 *
         Ratio(figures.sums.lent - figures.sums.requested, figures.sums.lent);
}

}  // namespace workbook
