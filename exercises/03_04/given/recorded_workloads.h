// SPDX-License-Identifier: Apache-2.0

// Reads the measurements that a command recorded.
#ifndef WORKBOOK_EXERCISES_03_04_GIVEN_RECORDED_WORKLOADS_H_
#define WORKBOOK_EXERCISES_03_04_GIVEN_RECORDED_WORKLOADS_H_

#include <string>
#include <vector>

#include "exercises/03_04/given/workload.h"

namespace workbook {

struct RecordedWorkloads {
  Machine machine;
  std::vector<Workload> workloads;

  // Returns the workload of that name.
  // On failure: std::out_of_range with the name.
  const Workload& Named(const std::string& name) const;
};

// Reads a file that //exercises/03_04/given:record_workloads wrote.
// On failure: std::runtime_error with the file, the field and a fix.
RecordedWorkloads ReadWorkloads(const std::string& path);

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_03_04_GIVEN_RECORDED_WORKLOADS_H_
