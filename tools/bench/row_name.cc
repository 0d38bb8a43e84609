// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/row_name.h"

#include <algorithm>
#include <cstddef>

namespace workbook {
namespace {

constexpr std::string_view kRoles[] = {"baseline", "yours", "reference",
                                       "peer"};

}  // namespace

std::optional<RowName> ParseRowName(std::string_view name) {
  std::size_t first = std::string_view::npos;
  std::string_view found;
  for (const std::string_view role : kRoles) {
    const std::string part = "/" + std::string(role) + ":";
    const std::size_t at = name.find(part);
    if (at >= first) continue;
    first = at;
    found = role;
  }
  if (first == std::string_view::npos || first == 0) return std::nullopt;
  const std::size_t end = first + 1 + found.size() + 1;
  if (end >= name.size()) return std::nullopt;
  return RowName{std::string(name.substr(0, first)), std::string(found),
                 std::string(name.substr(end))};
}

std::string JoinRowName(std::string_view case_name, std::string_view role,
                        std::string_view implementation) {
  std::string name(case_name);
  name.append("/").append(role).append(":").append(implementation);
  return name;
}

std::string WithoutThreads(std::string_view case_name) {
  return std::string(case_name.substr(0, case_name.find("/threads:")));
}

}  // namespace workbook
