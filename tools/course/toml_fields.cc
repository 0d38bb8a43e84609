// SPDX-License-Identifier: Apache-2.0

#include "tools/course/toml_fields.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "tools/course/nearest.h"

namespace workbook {
namespace {

int Line(const toml::node& node) {
  return static_cast<int>(node.source().begin.line);
}

std::string TypeName(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table:
      return "a table";
    case toml::node_type::array:
      return "an array";
    case toml::node_type::string:
      return "a string";
    case toml::node_type::integer:
      return "an integer";
    case toml::node_type::floating_point:
      return "a number";
    case toml::node_type::boolean:
      return "a boolean";
    default:
      return "a date or time";
  }
}

}  // namespace

std::optional<toml::table> ParseToml(std::string_view text,
                                     const std::string& file,
                                     const std::string& fix,
                                     std::vector<Problem>& problems) {
  try {
    return toml::parse(text, file);
  } catch (const toml::parse_error& error) {
    problems.push_back(
        ProblemIn(file, static_cast<int>(error.source().begin.line), "",
                  "is not TOML: " + std::string(error.description()), fix));
    return std::nullopt;
  }
}

TomlFields::TomlFields(const toml::table& table, std::string file,
                       std::string prefix, int line,
                       std::vector<Problem>& problems)
    : table_(table),
      file_(std::move(file)),
      prefix_(std::move(prefix)),
      line_(line),
      problems_(problems) {}

int TomlFields::LineOf(std::string_view name) const {
  const toml::node* node = table_.get(name);
  return node != nullptr ? Line(*node) : line_;
}

void TomlFields::Refuse(std::string_view name, std::string what,
                        std::string fix) {
  problems_.push_back(ProblemIn(file_, LineOf(name),
                                prefix_ + std::string(name), std::move(what),
                                std::move(fix)));
}

void TomlFields::RefuseType(std::string_view name, std::string_view wanted) {
  Refuse(name,
         "is " + TypeName(*table_.get(name)) + ", and must be " +
             std::string(wanted),
         "write it as " + std::string(wanted));
}

const toml::node* TomlFields::Get(std::string_view name, bool required,
                                  std::string_view example) {
  known_.emplace_back(name);
  const toml::node* node = table_.get(name);
  if (node == nullptr && required) {
    Refuse(name, "is missing",
           "add a line like `" + std::string(example) + "`");
  }
  return node;
}

std::string TomlFields::String(std::string_view name) {
  const toml::node* node = Get(name, true, std::string(name) + " = \"...\"");
  if (node == nullptr) return {};
  if (!node->is_string()) {
    RefuseType(name, "a string");
    return {};
  }
  std::string value = node->as_string()->get();
  if (value.empty()) Refuse(name, "is empty", "write a value");
  return value;
}

int TomlFields::Integer(std::string_view name) {
  const toml::node* node = Get(name, true, std::string(name) + " = 60");
  if (node == nullptr) return 0;
  if (!node->is_integer()) {
    RefuseType(name, "an integer");
    return 0;
  }
  // Outside of int it is out of every range that a caller checks.
  return static_cast<int>(std::clamp<std::int64_t>(
      node->as_integer()->get(), std::numeric_limits<int>::min(),
      std::numeric_limits<int>::max()));
}

double TomlFields::Number(std::string_view name) {
  const toml::node* node = Get(name, true, std::string(name) + " = 2.0");
  if (node == nullptr) return 0;
  if (!node->is_number()) {
    RefuseType(name, "a number");
    return 0;
  }
  return node->value<double>().value_or(0);
}

std::vector<std::string> TomlFields::Strings(std::string_view name) {
  const toml::node* node = Get(name, true, std::string(name) + " = [\"...\"]");
  if (node == nullptr) return {};
  if (!node->is_array()) {
    RefuseType(name, "an array of strings");
    return {};
  }
  std::vector<std::string> values;
  for (const toml::node& element : *node->as_array()) {
    if (!element.is_string() || element.as_string()->get().empty()) {
      Refuse(name, "holds " + TypeName(element) + " that is no text",
             "write it as an array of strings, none of them empty");
      return {};
    }
    values.push_back(element.as_string()->get());
  }
  return values;
}

std::vector<const toml::table*> TomlFields::Tables(std::string_view name,
                                                   bool required) {
  const toml::node* node = Get(name, required, "[[" + std::string(name) + "]]");
  if (node == nullptr) return {};
  const toml::array* array = node->as_array();
  const bool tables =
      array != nullptr &&
      std::all_of(array->begin(), array->end(),
                  [](const toml::node& element) { return element.is_table(); });
  if (!tables) {
    RefuseType(name,
               "a list of tables, each headed [[" + std::string(name) + "]]");
    return {};
  }
  std::vector<const toml::table*> found;
  for (const toml::node& element : *array) found.push_back(element.as_table());
  if (found.empty() && required) {
    Refuse(name, "is empty", "add a [[" + std::string(name) + "]]");
  }
  return found;
}

void TomlFields::RefuseUnknown() {
  for (const auto& [key, node] : table_) {
    const std::string name(key.str());
    if (std::find(known_.begin(), known_.end(), name) != known_.end()) continue;
    const std::string meant = Nearest(name, known_);
    problems_.push_back(
        ProblemIn(file_, static_cast<int>(key.source().begin.line),
                  prefix_ + name, "is not a field that belongs here",
                  meant.empty() ? "remove it; exercise.h and predictions.h in "
                                  "tools/course/ list the fields"
                                : "did you mean `" + meant + "`?"));
  }
}

}  // namespace workbook
