// SPDX-License-Identifier: Apache-2.0

// Reads a TOML table field by field, and collects what is wrong with it.
#ifndef WORKBOOK_TOOLS_COURSE_TOML_FIELDS_H_
#define WORKBOOK_TOOLS_COURSE_TOML_FIELDS_H_

#include <toml++/toml.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/problem/problem.h"

namespace workbook {

// Returns the table that `text` is, or nothing.
// On failure: one more problem, with the line of `file` and `fix`.
// Thread safety: any thread.
std::optional<toml::table> ParseToml(std::string_view text,
                                     const std::string& file,
                                     const std::string& fix,
                                     std::vector<Problem>& problems);

// Each getter reports a missing field or a wrong type once, with its line and a
// fix, and returns an empty value then. After the last one, RefuseUnknown
// reports what nobody asked for.
// Thread safety: one thread.
class TomlFields {
 public:
  // `prefix` goes before field names in problems: "tasks[2]." or "".
  // REQUIRES: `table` and `problems` outlive this.
  TomlFields(const toml::table& table, std::string file, std::string prefix,
             int line, std::vector<Problem>& problems);

  std::string String(std::string_view name);
  int Integer(std::string_view name);
  double Number(std::string_view name);
  std::vector<std::string> Strings(std::string_view name);

  // The tables of `[[name]]`; none is a fault if `required`.
  std::vector<const toml::table*> Tables(std::string_view name, bool required);

  void RefuseUnknown();

  // Adds a problem with the field `name`, at its line.
  void Refuse(std::string_view name, std::string what, std::string fix);

  int LineOf(std::string_view name) const;

 private:
  const toml::node* Get(std::string_view name, bool required,
                        std::string_view example);
  void RefuseType(std::string_view name, std::string_view wanted);

  const toml::table& table_;
  std::string file_;
  std::string prefix_;
  int line_;
  std::vector<Problem>& problems_;
  std::vector<std::string> known_;
};

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_COURSE_TOML_FIELDS_H_
