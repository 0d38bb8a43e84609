// SPDX-License-Identifier: Apache-2.0

#include "tools/book/layout.h"

#include <nlohmann/json.hpp>

#ifdef WORKBOOK_HAS_MUSTACHE
#include <kainjow/mustache.hpp>
#endif

namespace workbook::book {

#ifdef WORKBOOK_HAS_MUSTACHE
namespace {

namespace ms = kainjow::mustache;

ms::data DataOf(const nlohmann::json& json) {
  if (json.is_boolean()) return ms::data(json.get<bool>());
  if (json.is_string()) return ms::data(json.get<std::string>());
  if (json.is_array()) {
    ms::data list{ms::data::type::list};
    for (const nlohmann::json& one : json) list.push_back(DataOf(one));
    return list;
  }
  ms::data object{ms::data::type::object};
  for (const auto& [name, value] : json.items()) {
    object.set(name, DataOf(value));
  }
  return object;
}

}  // namespace

std::string FillIn(const std::string& layout, const nlohmann::json& data) {
  ms::mustache filled(layout);
  return filled.render(DataOf(data));
}

bool CanFillIn() { return true; }
#else
std::string FillIn(const std::string&, const nlohmann::json&) { return ""; }

bool CanFillIn() { return false; }
#endif

}  // namespace workbook::book
