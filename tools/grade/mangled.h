// SPDX-License-Identifier: Apache-2.0

// What a C++ symbol belongs to.
#ifndef WORKBOOK_TOOLS_GRADE_MANGLED_H_
#define WORKBOOK_TOOLS_GRADE_MANGLED_H_

#include <string>

namespace workbook::grade {

// Whether a mangled name, of data about it (vtable, guard, thunk) too, is that
// of something in std, __gnu_cxx or __cxxabiv1. Cost: one pass.
bool IsInLibrary(const std::string& mangled);

// Whether a type or namespace in it is neither the language's nor the
// library's: true for std::hash<workbook::Key>, false for
// std::hash<std::string>. False for what is no mangled name. Cost: demangles
// it.
bool DependsOnOwnType(const std::string& mangled);

// As a person reads it; empty for what is no mangled name.
std::string Demangled(const std::string& mangled);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_MANGLED_H_
