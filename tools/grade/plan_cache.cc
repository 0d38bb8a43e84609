// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/plan_cache.h"

#include <nlohmann/json.hpp>
#include <sstream>
#include <system_error>
#include <vector>

#include "tools/process/process.h"
#include "tools/sha256/sha256.h"
#include "tools/text/text_file.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// Raised when Calibrate or the way that tests are run changes.
constexpr int kSchema = 3;

std::string Processor() {
  std::istringstream lines(ReadTextFile("/proc/cpuinfo").value_or(""));
  std::string line;
  std::string found;
  while (std::getline(lines, line) && !line.empty()) {
    if (line.starts_with("model name") || line.starts_with("flags")) {
      found += line + '\n';
    }
  }
  return found;
}

std::string Libraries() {
  std::string found;
  for (const char* path : {"/usr/lib/x86_64-linux-gnu/libc.so.6",
                           "/usr/lib/x86_64-linux-gnu/libstdc++.so.6"}) {
    found += Sha256(ReadTextFile(path).value_or(""));
  }
  return found;
}

}  // namespace

std::string CalibrationKey(
    const Plan& plan, const std::map<std::string, std::string>& reference) {
  json inputs{kSchema, plan.Fingerprint(),
              RunProcess({"valgrind", "--version"}).output, Processor(),
              Libraries()};
  for (const auto& [name, bytes] : reference) {
    inputs.push_back({name, Sha256(bytes)});
  }
  return Sha256(inputs.dump());
}

bool ReadCalibration(const fs::path& file, const std::string& key, Plan& plan) {
  const auto text = ReadTextFile(file);
  if (!text) return false;
  try {
    const json kept = json::parse(*text);
    if (kept.at("key") != key) return false;
    plan.tasks = kept.at("tasks").get<std::vector<PlannedTask>>();
    plan.hidden_flags = kept.at("hidden_flags").get<std::vector<std::string>>();
    plan.hidden_calls = kept.at("hidden_calls").get<std::vector<std::string>>();
    return true;
  } catch (const json::exception&) {
    return false;
  }
}

void KeepCalibration(const fs::path& file, const std::string& key,
                     const Plan& plan) {
  std::error_code ignored;
  fs::create_directories(file.parent_path(), ignored);
  const json kept{{"key", key},
                  {"tasks", plan.tasks},
                  {"hidden_flags", plan.hidden_flags},
                  {"hidden_calls", plan.hidden_calls}};
  [[maybe_unused]] const std::error_code error =
      ReplaceTextFile(file, kept.dump(1) + "\n");
}

}  // namespace workbook::grade
