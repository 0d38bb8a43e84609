// SPDX-License-Identifier: Apache-2.0

#include "exercises/03_04/given/recorded_workloads.h"

#include <toml++/toml.h>

#include <optional>
#include <stdexcept>
#include <string_view>

namespace workbook {
namespace {

// Reads fields of one table, and refuses one that is not there.
class Fields {
 public:
  Fields(const toml::table& table, const std::string& path)
      : table_(table), path_(path) {}

  double Number(std::string_view field) const {
    return Value<double>(field, "a number");
  }
  std::string Text(std::string_view field) const {
    return Value<std::string>(field, "a text");
  }

 private:
  template <class T>
  T Value(std::string_view field, const std::string& kind) const {
    const std::optional<T> value = table_[field].value<T>();
    if (value.has_value()) return *value;
    throw std::runtime_error(path_ + ": " + std::string(field) + " is not " +
                             kind +
                             ". Fix: write the file anew, bazel run "
                             "//exercises/03_04/given:record_workloads");
  }

  const toml::table& table_;
  const std::string& path_;
};

Machine ReadMachine(const Fields& fields) {
  return {.cache_bytes = fields.Number("cache_bytes"),
          .line_bytes = fields.Number("line_bytes"),
          .line_miss_ns = fields.Number("line_miss_ns"),
          .bytes_per_core = fields.Number("bytes_per_core")};
}

Workload ReadWorkload(const Fields& fields) {
  return {.name = fields.Text("name"),
          .source = fields.Text("source"),
          .uses_per_second = fields.Number("uses_per_second"),
          .make_ns = fields.Number("make_ns"),
          .pooled_ns = fields.Number("pooled_ns"),
          .error_ns = fields.Number("error_ns"),
          .locked_ns = fields.Number("locked_ns"),
          .touched_bytes = fields.Number("touched_bytes"),
          .bytes_between_uses = fields.Number("bytes_between_uses"),
          .object_bytes = fields.Number("object_bytes"),
          .idle_objects = fields.Number("idle_objects"),
          .busy_objects = fields.Number("busy_objects"),
          .resources_per_object = fields.Number("resources_per_object"),
          .resources_available = fields.Number("resources_available")};
}

toml::table Parse(const std::string& path) {
  try {
    return toml::parse_file(path);
  } catch (const toml::parse_error& error) {
    throw std::runtime_error(
        path + " can't be read: " + std::string(error.description()) +
        ". Fix: start the program by Bazel, or at the course's root");
  }
}

}  // namespace

const Workload& RecordedWorkloads::Named(const std::string& name) const {
  for (const Workload& workload : workloads) {
    if (workload.name == name) return workload;
  }
  throw std::out_of_range("there is no recorded workload " + name);
}

RecordedWorkloads ReadWorkloads(const std::string& path) {
  const toml::table file = Parse(path);
  const toml::table* const machine = file["machine"].as_table();
  const toml::array* const rows = file["workloads"].as_array();
  if (machine == nullptr || rows == nullptr) {
    throw std::runtime_error(path +
                             ": has no [machine] or no [[workloads]]. Fix: "
                             "bring the file back from the course");
  }
  RecordedWorkloads recorded;
  recorded.machine = ReadMachine(Fields(*machine, path));
  for (const toml::node& row : *rows) {
    const toml::table* const table = row.as_table();
    if (table == nullptr) continue;
    recorded.workloads.push_back(ReadWorkload(Fields(*table, path)));
  }
  return recorded;
}

}  // namespace workbook
