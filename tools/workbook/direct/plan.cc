// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/direct/plan.h"

#include <algorithm>
#include <fstream>
#include <system_error>

#include "nlohmann/json.hpp"
#include "tools/text/text_file.h"

namespace workbook::direct {

namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

// Another form of the file has another number.
constexpr int kVersion = 1;

template <class T>
Json JsonOf(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

template <class T>
std::optional<T> OptionalOf(const Json& json) {
  if (json.is_null()) return std::nullopt;
  return json.get<T>();
}

}  // namespace

// NOLINTBEGIN(readability-identifier-naming): names that nlohmann calls.
void to_json(Json& json, const FileState& state) {
  json = Json::array({state.path, state.size_bytes, state.inode,
                      state.modified_ns, state.changed_ns});
}

void from_json(const Json& json, FileState& state) {
  json.at(0).get_to(state.path);
  json.at(1).get_to(state.size_bytes);
  json.at(2).get_to(state.inode);
  json.at(3).get_to(state.modified_ns);
  json.at(4).get_to(state.changed_ns);
}

void to_json(Json& json, const Source& source) {
  json = {{"file", source.file},
          {"compile", source.compile},
          {"object", source.object},
          {"built", source.built},
          {"state", JsonOf(source.state)},
          {"built_state", JsonOf(source.built_state)}};
}

void from_json(const Json& json, Source& source) {
  json.at("file").get_to(source.file);
  json.at("compile").get_to(source.compile);
  json.at("object").get_to(source.object);
  json.at("built").get_to(source.built);
  source.state = OptionalOf<FileState>(json.at("state"));
  source.built_state = OptionalOf<FileState>(json.at("built_state"));
}

void to_json(Json& json, const Test& test) {
  json = {{"link", test.link},
          {"output", test.output},
          {"objects", test.objects},
          {"runfiles", test.runfiles},
          {"timeout_seconds", test.timeout_seconds}};
  if (!test.result) return;
  json["result"] = {{"status", test.result->status},
                    {"log", test.result->log.string()},
                    {"xml", test.result->xml.string()},
                    {"duration_ms", test.result->duration_ms}};
}

void from_json(const Json& json, Test& test) {
  json.at("link").get_to(test.link);
  json.at("output").get_to(test.output);
  json.at("objects").get_to(test.objects);
  json.at("runfiles").get_to(test.runfiles);
  json.at("timeout_seconds").get_to(test.timeout_seconds);
  if (!json.contains("result")) return;
  const Json& result = json.at("result");
  test.result = BazelTest{.status = result.at("status").get<std::string>(),
                          .log = result.at("log").get<std::string>(),
                          .xml = result.at("xml").get<std::string>(),
                          .duration_ms = result.at("duration_ms").get<int>()};
}
// NOLINTEND(readability-identifier-naming)

bool IsOf(const Plan& plan, const Words& labels) {
  return plan.tests.size() == labels.size() &&
         std::all_of(labels.begin(), labels.end(),
                     [&plan](const std::string& label) {
                       return plan.tests.contains(label);
                     });
}

std::optional<Plan> ReadPlan(const fs::path& file) {
  const auto text = ReadTextFile(file);
  if (!text) return std::nullopt;
  try {
    const Json json = Json::parse(*text);
    if (json.at("version") != kVersion) return std::nullopt;
    Plan plan;
    json.at("execution_root").get_to(plan.execution_root);
    json.at("sources").get_to(plan.sources);
    json.at("tests").get_to(plan.tests);
    json.at("names").get_to(plan.names);
    json.at("build_files").get_to(plan.build_files);
    json.at("inputs").get_to(plan.inputs);
    return plan;
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

bool WritePlan(const Plan& plan, const fs::path& file) {
  const Json json = {
      {"version", kVersion},     {"execution_root", plan.execution_root},
      {"sources", plan.sources}, {"tests", plan.tests},
      {"names", plan.names},     {"build_files", plan.build_files},
      {"inputs", plan.inputs}};
  // Whole or not at all: whoever is killed here leaves the old one. Not
  // ReplaceTextFile, whose two syncs of the disk each save would wait for: what
  // a power failure takes of a plan makes the next check Bazel's, no more.
  const fs::path next = file.string() + ".new";
  std::ofstream out(next);
  out << json.dump() << '\n';
  out.close();
  std::error_code error;
  if (out) fs::rename(next, file, error);
  return out && !error;
}

}  // namespace workbook::direct
