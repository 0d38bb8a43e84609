// SPDX-License-Identifier: Apache-2.0

// Asks binutils' objdump about a program.
#ifndef WORKBOOK_TOOLS_WORKBOOK_ASSEMBLY_OBJDUMP_H_
#define WORKBOOK_TOOLS_WORKBOOK_ASSEMBLY_OBJDUMP_H_

#include <filesystem>
#include <optional>
#include <vector>

#include "tools/problem/problem.h"
#include "tools/workbook/assembly/code_symbols.h"
#include "tools/workbook/assembly/disassembly.h"

namespace workbook::cli {

// Why there is no objdump to ask; nullopt where there is one.
std::optional<Problem> MissingObjdump();

struct FunctionsAnswer {
  std::vector<CodeFunction> functions;
  std::optional<Problem> problem;
};

// The functions of `program` in the namespace workbook.
// Cost: one run of objdump, tens of milliseconds.
// On failure: `problem` says what objdump said, for all functions here.
FunctionsAnswer AskFunctions(const std::filesystem::path& program);

struct ListingAnswer {
  Listing listing;
  std::optional<Problem> problem;
};

// The instructions of `function`, one of AskFunctions(program).
// Cost: a run of objdump for each part of the function.
ListingAnswer AskListing(const std::filesystem::path& program,
                         const CodeFunction& function);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_ASSEMBLY_OBJDUMP_H_
