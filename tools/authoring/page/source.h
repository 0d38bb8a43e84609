// SPDX-License-Identifier: Apache-2.0

// What a page includes: code of a region or function, figures and tables that a
// command wrote.
#ifndef WORKBOOK_TOOLS_AUTHORING_PAGE_SOURCE_H_
#define WORKBOOK_TOOLS_AUTHORING_PAGE_SOURCE_H_

#include <filesystem>
#include <string>
#include <string_view>

namespace workbook {

struct SourceText {
  bool ok = false;
  std::string text;  // lines, each with its line end; of a figure no line end
  std::string what;  // if not ok: what is wrong with the source,
  std::string fix;   // and what to do about it
};

// Each reads a `source` below `root`. Cost: reads one file, of a mutant two.
// Thread safety: any thread. On failure: ok is false; nothing is thrown.

// "exercises/03_01/growth_test.cc#grow": the lines between `// [region grow]`
// and `// [end]`, or else the function or class of that name, without the
// comment above it. Its indentation is taken away. The file is in exercises/,
// solutions/ or chapters/. Of a mutant,
// "solutions/03_01/mutants/growth.by_one.patch#Grow", it is what the reference
// becomes.
SourceText ReadCode(const std::filesystem::path& root, std::string_view source);

// "docs/benchmarks/03_01.json#growth/append/vector#ns_per_op": a field of the
// row `vector` of the case `growth/append`, or `counters.NAME`. Whole numbers
// are exact, others have two significant digits; thousands have commas.
SourceText ReadFigure(const std::filesystem::path& root,
                      std::string_view source);

// "docs/benchmarks/03_01.md#growth/append": the first table under the heading
// of that text.
SourceText ReadTable(const std::filesystem::path& root,
                     std::string_view source);

// "docs/cases/03_01.md#growth.by_one": the lines in the first fence under the
// heading of that mutant; see tools/support/history.
SourceText ReadCase(const std::filesystem::path& root, std::string_view source);

// "chapters/tools/massif.txt": all of it.
SourceText ReadOutput(const std::filesystem::path& root,
                      std::string_view source);

// Writes a figure as ReadFigure does: 200001 is "200,001", 0.9079 is "0.91".
std::string FigureText(double value);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_PAGE_SOURCE_H_
