// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include "nlohmann/json.hpp"
#include "tools/workbook/direct/plan.h"

namespace workbook::direct {
namespace {

using Json = nlohmann::json;

std::string After(const Words& words, const std::string& flag) {
  const auto found = std::find(words.begin(), words.end(), flag);
  return found == words.end() || found + 1 == words.end() ? "" : found[1];
}

// "//exercises/01_02:pool_test" is bazel-out/k8-fastbuild/bin/exercises/...
std::string PathOfLabel(const std::string& label) {
  std::string path = "/" + label.substr(2);
  std::replace(path.begin(), path.end(), ':', '/');
  return path;
}

// A parameter file repeats what stands before it.
Words WithoutParameterFiles(const Words& words) {
  Words rest;
  for (const std::string& word : words) {
    if (!word.starts_with('@')) rest.push_back(word);
  }
  return rest;
}

// False: it links something whose sources are not known.
bool ReadLink(const Words& words, Test& test) {
  test.link = WithoutParameterFiles(words);
  test.output = After(words, "-o");
  test.runfiles = test.output + ".runfiles";
  for (const std::string& word : test.link) {
    if (!word.starts_with("bazel-out/") || word == test.output) continue;
    if (!word.ends_with(".o")) return false;
    test.objects.push_back(word);
  }
  return !test.objects.empty();
}

bool IsLearners(const std::string& file, const std::string& folder) {
  return file.starts_with(folder + "/") && !file.ends_with("_test.cc") &&
         file.find('/', folder.size() + 1) == std::string::npos;
}

}  // namespace

std::optional<Plan> PlanOfActions(std::string_view json,
                                  const std::string& folder,
                                  const Words& labels) {
  const Json document = Json::parse(json, nullptr, false);
  if (!document.is_object() || !document.contains("actions")) {
    return std::nullopt;
  }
  Plan plan;
  for (const Json& action : document["actions"]) {
    const Words words = action.value("arguments", Words{});
    const std::string output = After(words, "-o");
    const std::string file = After(words, "-c");
    if (IsLearners(file, folder)) {
      if (After(words, "-MF").empty()) return std::nullopt;
      Source& source = plan.sources[output];
      source.file = file;
      source.compile = words;
      source.object = output;
    }
    for (const std::string& label : labels) {
      if (!file.empty() || !output.ends_with(PathOfLabel(label))) continue;
      if (!ReadLink(words, plan.tests[label])) return std::nullopt;
    }
  }
  if (plan.tests.size() != labels.size()) return std::nullopt;
  return plan;
}

}  // namespace workbook::direct
