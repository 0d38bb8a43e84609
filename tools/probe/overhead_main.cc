// SPDX-License-Identifier: Apache-2.0

// bazel run //tools/probe:overhead
#include <cstdio>

#include "tools/probe/overhead.h"

int main() {
  const workbook::ProbeOverhead overhead = workbook::MeasureProbeOverhead();
  std::printf("One malloc(64) and its free, the least of 15 rounds:\n");
  std::printf("  %6.1f ns  without the probe\n", overhead.direct_ns);
  std::printf("  %6.1f ns  through it, no scope open\n", overhead.closed_ns);
  std::printf("  %6.1f ns  through it, one scope open\n", overhead.open_ns);
  return 0;
}
