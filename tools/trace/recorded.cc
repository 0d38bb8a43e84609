// SPDX-License-Identifier: Apache-2.0

#include "tools/trace/recorded.h"

extern "C" {
extern const char workbook_trace_git_begin[];
extern const char workbook_trace_git_end[];
extern const char workbook_trace_python3_begin[];
extern const char workbook_trace_python3_end[];
extern const char workbook_trace_sqlite3_begin[];
extern const char workbook_trace_sqlite3_end[];
extern const char workbook_trace_gcc_begin[];
extern const char workbook_trace_gcc_end[];
extern const char workbook_trace_git_grep_begin[];
extern const char workbook_trace_git_grep_end[];
extern const char workbook_trace_lld_begin[];
extern const char workbook_trace_lld_end[];
}

namespace workbook {
namespace {

std::string_view Between(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace

const std::array<RecordedTrace, 6>& RecordedTraces() {
  static const std::array<RecordedTrace, 6> traces = {{
      {"git", Between(workbook_trace_git_begin, workbook_trace_git_end), false},
      {"python3",
       Between(workbook_trace_python3_begin, workbook_trace_python3_end),
       false},
      {"sqlite3",
       Between(workbook_trace_sqlite3_begin, workbook_trace_sqlite3_end),
       false},
      {"gcc", Between(workbook_trace_gcc_begin, workbook_trace_gcc_end), false},
      {"git_grep",
       Between(workbook_trace_git_grep_begin, workbook_trace_git_grep_end),
       true},
      {"lld", Between(workbook_trace_lld_begin, workbook_trace_lld_end), true},
  }};
  return traces;
}

}  // namespace workbook
