// SPDX-License-Identifier: Apache-2.0

// What the probe costs, measured in the process that asks.
#ifndef WORKBOOK_TOOLS_PROBE_OVERHEAD_H_
#define WORKBOOK_TOOLS_PROBE_OVERHEAD_H_

namespace workbook {

// Nanoseconds for one malloc and its free.
struct ProbeOverhead {
  double direct_ns = 0;  // the next allocator, called without the probe
  double closed_ns = 0;  // through the probe, no scope open
  double open_ns = 0;    // through the probe, one scope open
};

// Takes about 50 ms. Under a sanitizer direct_ns equals closed_ns.
// REQUIRES: no scope is open.
ProbeOverhead MeasureProbeOverhead();

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_PROBE_OVERHEAD_H_
