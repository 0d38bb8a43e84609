// SPDX-License-Identifier: Apache-2.0

// A function's instructions by source line, as objdump prints them.
#ifndef WORKBOOK_TOOLS_WORKBOOK_ASSEMBLY_DISASSEMBLY_H_
#define WORKBOOK_TOOLS_WORKBOOK_ASSEMBLY_DISASSEMBLY_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tools/workbook/assembly/code_symbols.h"

namespace workbook::cli {

struct Instruction {
  std::uint64_t offset = 0;  // from the start of its part
  // "call   operator new(unsigned long)": without addresses, which say nothing
  // and change with each build.
  std::string text;
  std::string
      allocator;  // "operator new" where it calls or becomes that; or ""
};

// Instructions in a row that come from one line of a source.
struct SourceBlock {
  std::string file;  // relative to the checkout, else absolute; "" if unknown
  int line = 0;
  std::vector<Instruction> instructions;
};

struct PartListing {
  std::string clone;  // ".cold"; "" at the function's entry
  std::vector<SourceBlock> blocks;
};

struct Listing {
  std::string name;
  std::vector<PartListing> parts;

  // Counts instructions, and calls of each allocator.
  int Instructions() const;
  std::map<std::string, int> AllocatorCalls() const;

  // Whether any of it comes from a file in `folder` ("exercises/03_01/") that
  // is one of `names`.
  bool IsFrom(std::string_view folder,
              const std::vector<std::string>& names) const;
};

// Reads what `objdump -dlC` printed of one part of a function.
// Thread safety: any thread, for all functions here.
PartListing ReadPart(const CodeFunction& function, const CodeSymbol& part,
                     std::string_view disassembly);

// "operator new" of "operator new(unsigned long)@plt"; "" for what neither
// takes nor gives back memory of the heap.
std::string AllocatorNamed(std::string_view callee);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_ASSEMBLY_DISASSEMBLY_H_
