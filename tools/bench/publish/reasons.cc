// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/publish/reasons.h"

#include <toml++/toml.h>

#include <algorithm>

#include "tools/bench/row_name.h"
#include "tools/course/toml_fields.h"

namespace workbook {
namespace {

bool Holds(const std::vector<std::string>& values, std::string_view value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

}  // namespace

const Reason* Reasons::Find(std::string_view exercise,
                            std::string_view case_name,
                            std::string_view peer) const {
  const std::string name = WithoutThreads(case_name);
  for (const Reason& reason : reasons) {
    if (reason.exercise == exercise && Holds(reason.cases, name) &&
        Holds(reason.peers, peer)) {
      return &reason;
    }
  }
  return nullptr;
}

Reasons ReadReasons(std::string_view text) {
  Reasons read;
  toml::table table;
  try {
    table = toml::parse(text, std::string(kReasonsFile));
  } catch (const toml::parse_error& error) {
    read.problems.push_back(
        ProblemIn(kReasonsFile, static_cast<int>(error.source().begin.line), "",
                  "is no TOML: " + std::string(error.description()),
                  "correct that line"));
    return read;
  }
  TomlFields fields(table, kReasonsFile, "", 1, read.problems);
  for (const toml::table* each : fields.Tables("reasons", false)) {
    Reason reason;
    reason.line = static_cast<int>(each->source().begin.line);
    TomlFields own(*each, kReasonsFile, "reasons.", reason.line, read.problems);
    reason.exercise = own.String("exercise");
    reason.cases = own.Strings("cases");
    reason.peers = own.Strings("peers");
    reason.title = own.String("title");
    reason.why = own.String("why");
    own.RefuseUnknown();
    read.reasons.push_back(std::move(reason));
  }
  fields.RefuseUnknown();
  return read;
}

}  // namespace workbook
