// SPDX-License-Identifier: Apache-2.0

// The functions of a program, by objdump's table of symbols.
#ifndef WORKBOOK_TOOLS_WORKBOOK_ASSEMBLY_CODE_SYMBOLS_H_
#define WORKBOOK_TOOLS_WORKBOOK_ASSEMBLY_CODE_SYMBOLS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace workbook::cli {

// A stretch of code. The compiler may split a function into several:
// "workbook::Grow(int)" and "workbook::Grow(int) [clone .cold]".
struct CodeSymbol {
  std::string name;  // demangled, with its clone
  std::uint64_t address = 0;
  std::uint64_t size_bytes = 0;

  bool operator==(const CodeSymbol&) const = default;
};

// A function with all of its stretches, that of its entry first.
struct CodeFunction {
  std::string name;  // demangled, without a clone
  std::vector<CodeSymbol> parts;
};

// Reads what `objdump -tC` printed: the functions of the namespace workbook,
// sorted by name; one with two symbols at one address (a constructor) is one.
// Thread safety: any thread, for all functions here.
std::vector<CodeFunction> ReadCodeFunctions(std::string_view table);

// "workbook::DynArray::Grow" of "void workbook::DynArray<int>::Grow(long)":
// without result, template arguments and parameters.
std::string QualifiedName(std::string_view demangled);

// Those that `asked` names: "Grow", "DynArray::Grow", "DynArray<int>::Grow", or
// all of a name as it is listed.
std::vector<CodeFunction> FunctionsNamed(
    const std::vector<CodeFunction>& functions, std::string_view asked);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_ASSEMBLY_CODE_SYMBOLS_H_
