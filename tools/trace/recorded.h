// SPDX-License-Identifier: Apache-2.0

// The traces of testdata, inside the program.
#ifndef WORKBOOK_TOOLS_TRACE_RECORDED_H_
#define WORKBOOK_TOOLS_TRACE_RECORDED_H_

#include <array>
#include <string_view>

#include "tools/trace/trace.h"

namespace workbook {

struct RecordedTrace {
  const char* name;
  std::string_view packed;
  bool has_threads;

  Trace Read() const { return ReadPackedTrace(packed, name); }
};

// In the order of README.md. Thread safety: any thread.
const std::array<RecordedTrace, 6>& RecordedTraces();

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_TRACE_RECORDED_H_
