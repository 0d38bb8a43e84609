// SPDX-License-Identifier: Apache-2.0

// Names for the words of the object that a case draws: what g++ writes as debug
// information, as readelf shows it. Both are wherever the course is built.
#ifndef WORKBOOK_TOOLS_WORKBOOK_CASE_MEMBERS_H_
#define WORKBOOK_TOOLS_WORKBOOK_CASE_MEMBERS_H_

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace workbook::cli {

struct CaseMember {
  std::size_t offset = 0;
  std::size_t bytes = 0;  // up to the next member
  std::string name{};     // "free_", "head.next"
};

// Compiles `source`, which is relative to `root`, and reads where the members
// of `type` lie, a full name as the demangler writes it.
// Cost: one run of g++ without optimisation: about a second.
// Thread safety: any thread.
// On failure: no members; offsets will do.
std::vector<CaseMember> MembersOf(const std::filesystem::path& root,
                                  const std::filesystem::path& source,
                                  const std::string& type);

// The same from what `readelf --debug-dump=info` printed. Members of classes of
// the standard library are no names that a learner knows: such a class is one
// member.
std::vector<CaseMember> ReadMembers(std::string_view dump,
                                    const std::string& type);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_CASE_MEMBERS_H_
