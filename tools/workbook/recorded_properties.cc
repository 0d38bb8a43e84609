// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/recorded_properties.h"

#include <system_error>

#include "nlohmann/json.hpp"
#include "tools/text/text_file.h"
#include "tools/workbook/file_lock.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr int kSchema = 1;

fs::path FileOf(const fs::path& state_folder, const std::string& exercise) {
  return state_folder / "recorded" / (exercise + ".json");
}

}  // namespace

RecordedProperties LoadRecorded(const fs::path& state_folder,
                                const std::string& exercise) {
  RecordedProperties recorded;
  const auto text = ReadTextFile(FileOf(state_folder, exercise));
  const Json json =
      Json::parse(text.value_or(""), nullptr, /*allow_exceptions=*/false);
  if (!json.is_object() || json.value("schema", Json()) != Json(kSchema)) {
    return recorded;
  }
  const Json values = json.value("recorded", Json::object());
  for (const auto& [name, value] : values.items()) {
    if (value.is_string()) recorded[name] = value.get<std::string>();
  }
  return recorded;
}

std::optional<Problem> KeepRecorded(const fs::path& state_folder,
                                    const std::string& exercise,
                                    const RecordedProperties& recorded) {
  if (recorded.empty()) return std::nullopt;
  const fs::path file = FileOf(state_folder, exercise);
  std::error_code ignored;
  fs::create_directories(file.parent_path(), ignored);
  const FileLock lock(file.parent_path() / "lock", FileLock::If::kWait);
  const RecordedProperties before = LoadRecorded(state_folder, exercise);
  RecordedProperties all = recorded;
  all.insert(before.begin(), before.end());
  if (all == before) return std::nullopt;
  const Json json = {{"schema", kSchema}, {"recorded", all}};
  return WriteTextFile(
      file, json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace workbook::cli
