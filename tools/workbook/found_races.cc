// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/found_races.h"

#include <system_error>

#include "nlohmann/json.hpp"
#include "tools/text/text_file.h"
#include "tools/workbook/report_view.h"
#include "tools/workbook/write_file.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr int kSchema = 1;

fs::path FileOf(const fs::path& state_folder, const std::string& exercise) {
  return state_folder / "races" / (exercise + ".json");
}

bool IsRace(const TaskReport& task) {
  return task.state == TaskState::kCrashed &&
         task.sentence.find("(ThreadSanitizer)") != std::string::npos;
}

}  // namespace

FoundRaces LoadFoundRaces(const fs::path& state_folder,
                          const std::string& exercise) {
  FoundRaces races;
  const auto text = ReadTextFile(FileOf(state_folder, exercise));
  const Json json =
      Json::parse(text.value_or(""), nullptr, /*allow_exceptions=*/false);
  if (!json.is_object() || json.value("schema", Json()) != Json(kSchema)) {
    return races;
  }
  try {
    for (const Json& each : json.at("races")) {
      races[each.at("task").get<int>()] = {.place = each.at("place"),
                                           .sentence = each.at("sentence")};
    }
  } catch (const Json::exception&) {
    races.clear();
  }
  return races;
}

std::optional<Problem> KeepFoundRaces(const fs::path& state_folder,
                                      const ExerciseReport& report) {
  const FoundRaces before = LoadFoundRaces(state_folder, report.id);
  FoundRaces races = before;
  for (const TaskReport& task : report.tasks) {
    if (task.Green()) races.erase(task.number);
    if (IsRace(task)) races[task.number] = {Place(task), task.sentence};
  }
  if (races == before) return std::nullopt;
  const fs::path file = FileOf(state_folder, report.id);
  if (races.empty()) {
    std::error_code error;
    fs::remove(file, error);
    return error ? std::optional(WriteProblem(file, error)) : std::nullopt;
  }
  Json tasks = Json::array();
  for (const auto& [task, race] : races) {
    tasks.push_back(
        {{"task", task}, {"place", race.place}, {"sentence", race.sentence}});
  }
  const Json json = {{"schema", kSchema}, {"races", tasks}};
  return WriteTextFile(
      file, json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace workbook::cli
