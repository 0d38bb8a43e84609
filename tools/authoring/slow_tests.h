// SPDX-License-Identifier: Apache-2.0

// Tests that a busy machine may end before they are done.
#ifndef WORKBOOK_TOOLS_AUTHORING_SLOW_TESTS_H_
#define WORKBOOK_TOOLS_AUTHORING_SLOW_TESTS_H_

#include <string>

#include "tools/authoring/gate_log.h"
#include "tools/bazel_client/build_events.h"

namespace workbook {

// Tells of each test that took more than a tenth of its time limit, the nearest
// to it first, as notes: a machine may be busy, and no time turns the gate red.
// Tests whose result came of a cache did not run.
void TellSlowTests(const BuildEvents& events, const std::string& config,
                   GateLog& log);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_SLOW_TESTS_H_
