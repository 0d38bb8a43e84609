// SPDX-License-Identifier: Apache-2.0

// Workloads and a machine with round numbers, and the recorded ones.
#ifndef WORKBOOK_EXERCISES_03_04_TESTING_WORKLOADS_H_
#define WORKBOOK_EXERCISES_03_04_TESTING_WORKLOADS_H_

#include <string>

#include "exercises/03_04/given/recorded_workloads.h"
#include "exercises/03_04/given/workload.h"

namespace workbook {

// A core is worth 8,000,000,000 bytes.
inline Machine RoundMachine() {
  return {.cache_bytes = 1'000'000,
          .line_bytes = 64,
          .line_miss_ns = 5,
          .bytes_per_core = 8e9};
}

// 1,000 uses a second save 200 ns each: 0.0002 of a core, worth 1,600,000
// bytes. Ten idle objects hold 100,000.
inline Workload RoundWorkload() {
  return {.name = "round",
          .source = "",
          .uses_per_second = 1000,
          .make_ns = 300,
          .pooled_ns = 100,
          .error_ns = 2,
          .locked_ns = 0,
          .touched_bytes = 1000,
          .bytes_between_uses = 0,
          .object_bytes = 10'000,
          .idle_objects = 10,
          .busy_objects = 5,
          .resources_per_object = 0,
          .resources_available = 0};
}

// What the course's own benchmarks measured.
inline RecordedWorkloads Recorded() {
  return ReadWorkloads("exercises/03_04/testdata/workloads.toml");
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_03_04_TESTING_WORKLOADS_H_
