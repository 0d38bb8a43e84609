// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/publish/forms.h"

#include <toml++/toml.h>

#include <algorithm>
#include <map>
#include <set>

#include "tools/bench/row_name.h"
#include "tools/course/nearest.h"
#include "tools/course/toml_fields.h"

namespace workbook {
namespace {

constexpr std::string_view kMallocs[] = {"glibc", "jemalloc", "mimalloc",
                                         "tcmalloc", "tbbmalloc"};
constexpr char kAllMallocs[] = "mallocs";
const std::vector<std::string> kThrough = {"inlined", "call", "pointer",
                                           "virtual", "process"};
const std::vector<std::string> kOrders = {"fresh", "repeated",
                                          "does not matter"};

std::string Choices(const std::vector<std::string>& choices) {
  std::string text = "write one of";
  for (const std::string& choice : choices) text += " \"" + choice + "\"";
  return text;
}

void RequireChoice(TomlFields& fields, std::string_view name,
                   const std::string& value,
                   const std::vector<std::string>& choices) {
  if (value.empty() ||
      std::find(choices.begin(), choices.end(), value) != choices.end()) {
    return;
  }
  fields.Refuse(name, "is \"" + value + "\"", Choices(choices));
}

std::string Optional(const toml::table& table, TomlFields& fields,
                     std::string_view name) {
  return table.contains(name) ? fields.String(name) : std::string();
}

UnlikeRows ReadUnlike(const toml::table& table, const std::string& file,
                      std::vector<Problem>& problems) {
  UnlikeRows unlike;
  unlike.line = static_cast<int>(table.source().begin.line);
  TomlFields fields(table, file, "unlike.", unlike.line, problems);
  unlike.rows = fields.Strings("rows");
  unlike.how = fields.String("how");
  unlike.form = {
      Optional(table, fields, "touches"), Optional(table, fields, "calls"),
      Optional(table, fields, "through"), Optional(table, fields, "keeps")};
  unlike.does_not_show = Optional(table, fields, "does_not_show");
  RequireChoice(fields, "through", unlike.form.through, kThrough);
  const Form& form = unlike.form;
  if (form.touches.empty() && form.calls.empty() && form.through.empty() &&
      form.keeps.empty()) {
    fields.Refuse("rows", "are unlike the others in nothing",
                  "say what they touch, call, go through or keep");
  }
  fields.RefuseUnknown();
  return unlike;
}

UnlikeRows ReadInside(const toml::table& table, const std::string& file,
                      std::vector<Problem>& problems) {
  UnlikeRows inside;
  inside.line = static_cast<int>(table.source().begin.line);
  TomlFields fields(table, file, "inside.", inside.line, problems);
  inside.rows = fields.Strings("rows");
  inside.how = fields.String("how");
  inside.does_not_show = Optional(table, fields, "does_not_show");
  fields.RefuseUnknown();
  return inside;
}

CaseForm ReadCase(const toml::table& table, const std::string& file,
                  std::vector<Problem>& problems) {
  CaseForm read;
  read.line = static_cast<int>(table.source().begin.line);
  TomlFields fields(table, file, "cases.", read.line, problems);
  read.names = fields.Strings("names");
  read.operation = fields.String("operation");
  read.form = {fields.String("touches"), Optional(table, fields, "calls"),
               fields.String("through"), fields.String("keeps")};
  if (table.contains("by")) read.by = fields.Strings("by");
  read.order = fields.String("order");
  read.order_note = Optional(table, fields, "order_note");
  RequireChoice(fields, "through", read.form.through, kThrough);
  RequireChoice(fields, "order", read.order, kOrders);
  if (read.order_note.empty() && read.order != "fresh") {
    fields.Refuse("order", "is \"" + read.order + "\" without a reason",
                  "say why in order_note");
  }
  for (const toml::table* unlike : fields.Tables("unlike", false)) {
    read.unlike.push_back(ReadUnlike(*unlike, file, problems));
  }
  for (const toml::table* inside : fields.Tables("inside", false)) {
    read.inside.push_back(ReadInside(*inside, file, problems));
  }
  fields.RefuseUnknown();
  return read;
}

using RowsByName = std::map<std::string, std::set<std::string>>;

void CheckMallocs(const Forms& forms, const CaseForm& form,
                  const std::string& name,
                  const std::set<std::string>& implementations,
                  std::vector<Problem>& problems) {
  for (const std::string& implementation : implementations) {
    if (!IsMalloc(implementation)) continue;
    if (form.Of(implementation).through == "pointer") continue;
    problems.push_back(
        ProblemIn(forms.file, form.line, "through",
                  "says that " + name + " does not call " + implementation +
                      " through a pointer, and every malloc peer is called so",
                  "add [[cases.unlike]] with rows = [\"mallocs\"], through = "
                  "\"pointer\" and how"));
    return;
  }
}

// Of the rows that a form tells apart, each must exist in one of its cases.
void CheckToldApart(const Forms& forms, const CaseForm& form,
                    const std::vector<UnlikeRows>& told_apart,
                    const std::string& field, const RowsByName& rows,
                    std::vector<Problem>& problems) {
  std::set<std::string> known;
  for (const std::string& name : form.names) {
    const auto found = rows.find(name);
    if (found == rows.end()) continue;
    known.insert(found->second.begin(), found->second.end());
  }
  for (const UnlikeRows& unlike : told_apart) {
    for (const std::string& row : unlike.rows) {
      if (row == kAllMallocs || known.count(row) != 0) continue;
      const std::string meant =
          Nearest(row, std::vector<std::string>(known.begin(), known.end()));
      problems.push_back(ProblemIn(forms.file, unlike.line, field,
                                   "name " + row + ", and no such row is there",
                                   meant.empty()
                                       ? "name the implementation as AddRow "
                                         "has it"
                                       : "did you mean " + meant + "?"));
    }
  }
}

}  // namespace

bool IsMalloc(std::string_view implementation) {
  return std::find(std::begin(kMallocs), std::end(kMallocs), implementation) !=
         std::end(kMallocs);
}

bool UnlikeRows::Covers(std::string_view implementation) const {
  return std::any_of(rows.begin(), rows.end(), [&](const std::string& row) {
    return row == implementation ||
           (row == kAllMallocs && IsMalloc(implementation));
  });
}

Form CaseForm::Of(std::string_view implementation) const {
  Form own = form;
  const auto take = [](const std::string& other, std::string& part) {
    if (!other.empty()) part = other;
  };
  for (const UnlikeRows& each : unlike) {
    if (!each.Covers(implementation)) continue;
    take(each.form.touches, own.touches);
    take(each.form.calls, own.calls);
    take(each.form.through, own.through);
    take(each.form.keeps, own.keeps);
  }
  return own;
}

const CaseForm* Forms::Find(std::string_view case_name) const {
  const std::string name = WithoutThreads(case_name);
  for (const CaseForm& form : cases) {
    if (std::find(form.names.begin(), form.names.end(), name) !=
        form.names.end()) {
      return &form;
    }
  }
  return nullptr;
}

Forms ReadForms(std::string_view text, const std::string& file) {
  Forms forms;
  forms.file = file;
  toml::table table;
  try {
    table = toml::parse(text, file);
  } catch (const toml::parse_error& error) {
    forms.problems.push_back(
        ProblemIn(file, static_cast<int>(error.source().begin.line), "",
                  "is no TOML: " + std::string(error.description()),
                  "correct that line"));
    return forms;
  }
  TomlFields fields(table, file, "", 1, forms.problems);
  std::set<std::string> seen;
  for (const toml::table* each : fields.Tables("cases", true)) {
    forms.cases.push_back(ReadCase(*each, file, forms.problems));
    const CaseForm& form = forms.cases.back();
    for (const std::string& name : form.names) {
      if (seen.insert(name).second) continue;
      forms.problems.push_back(ProblemIn(file, form.line, "names",
                                         "has " + name + " a second time",
                                         "give each case one form"));
    }
  }
  fields.RefuseUnknown();
  return forms;
}

std::vector<Problem> CheckForms(const Forms& forms,
                                const std::vector<std::string>& rows) {
  std::vector<Problem> problems = forms.problems;
  RowsByName by_name;
  for (const std::string& row : rows) {
    const auto parts = ParseRowName(row);
    if (!parts) continue;
    by_name[WithoutThreads(parts->case_name)].insert(parts->implementation);
  }
  for (const auto& [name, implementations] : by_name) {
    const CaseForm* const form = forms.Find(name);
    if (form == nullptr) {
      problems.push_back(
          ProblemIn(forms.file, 0, "cases", "have no form of " + name,
                    "say in [[cases]] what its rows touch, call and "
                    "keep, and in which order inputs come"));
      continue;
    }
    CheckMallocs(forms, *form, name, implementations, problems);
  }
  for (const CaseForm& form : forms.cases) {
    for (const std::string& name : form.names) {
      if (by_name.count(name) != 0) continue;
      problems.push_back(
          ProblemIn(forms.file, form.line, "names",
                    "has " + name + ", and the benchmark has no such case",
                    "take it out, or add its rows"));
    }
    CheckToldApart(forms, form, form.unlike, "unlike.rows", by_name, problems);
    CheckToldApart(forms, form, form.inside, "inside.rows", by_name, problems);
  }
  return problems;
}

}  // namespace workbook
