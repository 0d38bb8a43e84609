// SPDX-License-Identifier: Apache-2.0

// The name of a row, CASE/ROLE:IMPLEMENTATION, and its three parts.
#ifndef WORKBOOK_TOOLS_BENCH_ROW_NAME_H_
#define WORKBOOK_TOOLS_BENCH_ROW_NAME_H_

#include <optional>
#include <string>
#include <string_view>

namespace workbook {

struct RowName {
  std::string case_name;       // "fixed_size_pool/shared/threads:4"
  std::string role;            // baseline, yours, reference or peer
  std::string implementation;  // as the field writes it: "new/delete"
};

// Splits a name at its first "/ROLE:"; nothing where there is none.
// Thread safety: any thread.
std::optional<RowName> ParseRowName(std::string_view name);

// Joins the parts again.
std::string JoinRowName(std::string_view case_name, std::string_view role,
                        std::string_view implementation);

// Returns the case without its number of threads: "fixed_size_pool/shared".
std::string WithoutThreads(std::string_view case_name);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_ROW_NAME_H_
