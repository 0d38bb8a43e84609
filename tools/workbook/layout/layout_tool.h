// SPDX-License-Identifier: Apache-2.0

// Asks the compiler how it lays types out: g++ writes debug information, and
// gdb reads it.
//
// Why gdb: it knows the full names of C++ (namespaces, template arguments,
// nested types), bases, bit-fields and the virtual table, and answers in a
// script. pahole 1.24 of Debian 12 leaves the namespace out, takes the comma
// of Pair<int, long> for the end of a name, and gives up on some templates;
// clang's -fdump-record-layouts gives no sizes of fields, and would show
// clang's layout where the course is built by g++.
#ifndef WORKBOOK_TOOLS_WORKBOOK_LAYOUT_LAYOUT_TOOL_H_
#define WORKBOOK_TOOLS_WORKBOOK_LAYOUT_LAYOUT_TOOL_H_

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/problem/problem.h"
#include "tools/workbook/layout/record_layout.h"

namespace workbook::cli {

struct LayoutQuestion {
  std::filesystem::path root;     // of the course
  std::filesystem::path scratch;  // a folder for the files of one question
  std::string file;               // relative to the root; "" for none
  std::string type;               // "" for all that `file` defines
};

struct LayoutAnswer {
  std::vector<Record> records;
  std::optional<Problem> problem;
};

// Cost: compiles the file once (one to three seconds), starts gdb once.
// Thread safety: any thread, each with a scratch folder of its own.
// On failure: the Problem: g++ or gdb is missing, the file does not compile,
// the type is not known there.
LayoutAnswer AskLayout(const LayoutQuestion& question);

// The records that gdb's script printed, one JSON object a line; lines that are
// none are left out.
std::vector<Record> ParseRecords(std::string_view text);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_LAYOUT_LAYOUT_TOOL_H_
