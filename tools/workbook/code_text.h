// SPDX-License-Identifier: Apache-2.0

// C++ sources as far as names need it: what is code, and its identifiers.
#ifndef WORKBOOK_TOOLS_WORKBOOK_CODE_TEXT_H_
#define WORKBOOK_TOOLS_WORKBOOK_CODE_TEXT_H_

#include <set>
#include <string>
#include <string_view>

namespace workbook::cli {

bool IsIdentifierByte(char c);
bool IsUpper(char c);

// Returns `source` with blanks in the place of comments and of the contents of
// strings and characters, so that lines and columns stay.
// Cost: one pass; a raw string counts as a string up to its first quote.
// Thread safety: any thread, for all functions here.
std::string OnlyCode(std::string_view source);

// Returns the identifiers of `code`, each once.
std::set<std::string> IdentifiersOf(std::string_view code);

// Returns the name of the function in whose body or head line `line` (from 1)
// of `source` lies: "Allocate" of "void* Pool::Allocate() {"; "" where it lies
// in none.
// Cost: one pass up to that line.
std::string FunctionAround(std::string_view source, int line);

// Returns the memory order that the statement at `line` (from 1) of `source`
// names, "memory_order_relaxed"; "" where it names none.
std::string MemoryOrderAt(std::string_view source, int line);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_CODE_TEXT_H_
