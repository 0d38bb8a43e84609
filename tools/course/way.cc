// SPDX-License-Identifier: Apache-2.0

#include "tools/course/way.h"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "tools/course/toml_fields.h"

namespace workbook {
namespace {

// "03_01"
bool IsId(std::string_view id) {
  const auto is_digit = [](char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
  };
  return id.size() == 5 && id[2] == '_' &&
         std::count_if(id.begin(), id.end(), is_digit) == 4;
}

void ReadStep(const toml::node& step, WayResult& result) {
  const int line = static_cast<int>(step.source().begin.line);
  const std::string id = step.value<std::string>().value_or("");
  if (!step.is_string() || !IsId(id)) {
    result.problems.push_back(
        ProblemIn(kWayFile, line, "way",
                  step.is_string() ? "holds \"" + id + "\", which is not an id"
                                   : "holds a value that is not a string",
                  "write the id of an exercise in quotes, like \"03_01\""));
  } else if (std::find(result.ids.begin(), result.ids.end(), id) !=
             result.ids.end()) {
    result.problems.push_back(ProblemIn(kWayFile, line, "way",
                                        "names " + id + " a second time",
                                        "keep the place where it belongs"));
  } else {
    result.ids.push_back(id);
  }
}

}  // namespace

WayResult ParseWay(const std::string& text) {
  WayResult result;
  const auto table = ParseToml(
      text, kWayFile,
      "correct the line; ids are in double quotes, with a comma after each",
      result.problems);
  if (!table) return result;
  const toml::node* const way = table->get("way");
  if (way == nullptr || !way->is_array()) {
    const int line =
        way == nullptr ? 1 : static_cast<int>(way->source().begin.line);
    result.problems.push_back(ProblemIn(
        kWayFile, line, "way",
        way == nullptr ? "is missing" : "is not an array of ids",
        "write the ids in their order: way = [\"03_01\", \"03_06\"]"));
  } else {
    for (const toml::node& step : *way->as_array()) ReadStep(step, result);
  }
  for (const auto& [key, node] : *table) {
    if (key.str() == "way") continue;
    result.problems.push_back(
        ProblemIn(kWayFile, static_cast<int>(key.source().begin.line),
                  std::string(key.str()), "is not a field that belongs here",
                  "remove it; the only field is `way`"));
  }
  return result;
}

void SortByWay(const std::vector<std::string>& ids,
               std::vector<Exercise>& exercises) {
  const auto place = [&ids](const Exercise& exercise) {
    return std::find(ids.begin(), ids.end(), exercise.id) - ids.begin();
  };
  std::stable_sort(exercises.begin(), exercises.end(),
                   [&place](const Exercise& a, const Exercise& b) {
                     return place(a) < place(b);
                   });
}

}  // namespace workbook
