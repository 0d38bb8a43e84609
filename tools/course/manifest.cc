// SPDX-License-Identifier: Apache-2.0

#include "tools/course/manifest.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <set>
#include <string_view>

#include "tools/course/toml_fields.h"

namespace workbook {
namespace {

constexpr int kMaxMinutes = 1000;

bool IsDigit(char letter) {
  return std::isdigit(static_cast<unsigned char>(letter)) != 0;
}

// "01_02".
bool IsId(std::string_view text) {
  return text.size() == 5 && IsDigit(text[0]) && IsDigit(text[1]) &&
         text[2] == '_' && IsDigit(text[3]) && IsDigit(text[4]);
}

bool IsLowerName(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return IsDigit(c) || c == '_' || (c >= 'a' && c <= 'z');
  });
}

// A source in the exercise's own folder: a grader copies exactly these names,
// so nothing that could be a path is let in.
bool IsSourceName(std::string_view name) {
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return false;
  const std::string_view ending = name.substr(dot);
  return IsLowerName(name.substr(0, dot)) &&
         (ending == ".h" || ending == ".cc");
}

// "pool/batch_lifo".
bool IsCaseName(std::string_view name) {
  const std::size_t slash = name.find('/');
  return slash != std::string_view::npos &&
         IsLowerName(name.substr(0, slash)) && slash + 1 < name.size();
}

void ReadIdentity(TomlFields& fields, const std::string& folder_name,
                  Exercise& exercise) {
  exercise.id = fields.String("id");
  if (!exercise.id.empty() && exercise.id != folder_name) {
    fields.Refuse("id",
                  "is \"" + exercise.id + "\" in the folder " + folder_name,
                  "give both the same name, NN_MM");
  } else if (!exercise.id.empty() && !IsId(exercise.id)) {
    fields.Refuse("id", "is \"" + exercise.id + "\"",
                  "write two digits, _, two digits, like 01_02, and name the "
                  "folder so");
  }
  exercise.title = fields.String("title");
  exercise.chapter = fields.String("chapter");
  if (!exercise.chapter.empty() &&
      (exercise.chapter.size() < 4 || !IsLowerName(exercise.chapter) ||
       exercise.chapter.substr(0, 3) != folder_name.substr(0, 3))) {
    fields.Refuse(
        "chapter",
        "is \"" + exercise.chapter +
            "\", which is not a chapter's folder of this exercise",
        "write it as " + folder_name.substr(0, 3) + "name, in small letters");
  }
}

void ReadScope(TomlFields& fields, Exercise& exercise) {
  const std::string kind = fields.String("kind");
  if (kind == "improve") {
    exercise.kind = Kind::kImprove;
  } else if (kind != "build" && !kind.empty()) {
    fields.Refuse("kind", "is \"" + kind + "\"",
                  "write \"build\" or \"improve\"");
  }
  exercise.prerequisites = fields.Strings("prerequisites");
}

void ReadSize(TomlFields& fields, Task& task, std::vector<Problem>& problems) {
  const std::string level = fields.String("level");
  if (level == "deep") {
    task.level = Level::kDeep;
  } else if (level != "core" && !level.empty()) {
    fields.Refuse("level", "is \"" + level + "\"",
                  "write \"core\" or \"deep\"");
  }
  const std::size_t before = problems.size();
  task.minutes = fields.Integer("minutes");
  if ((task.minutes < 1 || task.minutes > kMaxMinutes) &&
      problems.size() == before) {
    fields.Refuse("minutes", "is not between 1 and 1000",
                  "write the minutes that an engineer needs");
  }
}

void ReadTask(const toml::table& table, const std::string& file, int number,
              std::set<std::string>& seen, Exercise& exercise,
              std::vector<Problem>& problems) {
  Task task;
  task.number = number;
  task.line = static_cast<int>(table.source().begin.line);
  TomlFields fields(table, file, "tasks[" + std::to_string(number) + "].",
                    task.line, problems);
  task.title = fields.String("title");
  ReadSize(fields, task, problems);
  const std::size_t before = problems.size();
  task.files = fields.Strings("files");
  if (task.files.empty() && problems.size() == before) {
    fields.Refuse("files", "is empty",
                  "name the sources that the learner edits");
  }
  for (const std::string& name : task.files) {
    if (!IsSourceName(name)) {
      fields.Refuse("files", "holds \"" + name + "\"",
                    "name a .h or .cc file of the exercise's own folder, in "
                    "small letters, digits and _");
    } else if (!seen.insert(name).second) {
      fields.Refuse("files", "holds " + name + " a second time",
                    "give each file to one task");
    }
  }
  task.test = fields.String("test");
  if (!task.test.empty() && (!task.test.ends_with("_test") ||
                             task.test.size() < 6 || !IsLowerName(task.test))) {
    fields.Refuse("test", "is \"" + task.test + "\"",
                  "write the name of a test target, like pool_test");
  } else if (!task.test.empty() && !seen.insert(task.test).second) {
    fields.Refuse("test", "is " + task.test + ", as in an earlier task",
                  "give each task its own test");
  }
  fields.RefuseUnknown();
  exercise.tasks.push_back(std::move(task));
}

void ReadTarget(const toml::table& table, const std::string& file, int number,
                Exercise& exercise, std::vector<Problem>& problems) {
  RatioTarget target;
  target.line = static_cast<int>(table.source().begin.line);
  TomlFields fields(table, file, "targets[" + std::to_string(number) + "].",
                    target.line, problems);
  target.case_name = fields.String("case");
  if (!target.case_name.empty() && !IsCaseName(target.case_name)) {
    fields.Refuse("case", "is \"" + target.case_name + "\"",
                  "write a benchmark case, like pool/batch_lifo");
  }
  const bool twice = std::any_of(
      exercise.targets.begin(), exercise.targets.end(),
      [&](const auto& other) { return other.case_name == target.case_name; });
  if (twice) {
    fields.Refuse("case", "is " + target.case_name + " a second time",
                  "give each case one target");
  }
  const std::size_t before = problems.size();
  target.at_least = fields.Number("at_least");
  const bool usable = std::isfinite(target.at_least) && target.at_least > 0;
  if (!usable && problems.size() == before) {
    fields.Refuse("at_least", "is not above 0",
                  "write how many times as fast as the baseline it must be");
  }
  fields.RefuseUnknown();
  exercise.targets.push_back(target);
}

void SetPlaces(const std::string& folder_name, Exercise& exercise) {
  exercise.folder = std::filesystem::path("exercises") / folder_name;
  exercise.solution_folder = std::filesystem::path("solutions") / folder_name;
  exercise.manifest = exercise.folder / "exercise.toml";
  exercise.hints = exercise.folder / "hints.md";
  exercise.readme = exercise.folder / "README.md";
  exercise.page = std::filesystem::path("chapters") / exercise.chapter /
                  (exercise.id + ".md");
}

}  // namespace

ManifestResult ParseManifest(const std::string& text,
                             const std::string& folder_name) {
  const std::string file = "exercises/" + folder_name + "/exercise.toml";
  ManifestResult result;
  const auto table = ParseToml(
      text, file,
      "correct the line; strings are in double quotes, [[tasks]] heads a task",
      result.problems);
  if (!table) return result;
  Exercise exercise;
  std::vector<Problem>& problems = result.problems;
  TomlFields fields(*table, file, "", 1, problems);
  ReadIdentity(fields, folder_name, exercise);
  ReadScope(fields, exercise);
  std::set<std::string> seen;
  int number = 0;
  for (const toml::table* task : fields.Tables("tasks", true)) {
    ReadTask(*task, file, ++number, seen, exercise, problems);
  }
  if (problems.empty() && exercise.TasksOf(Level::kCore) == 0) {
    fields.Refuse("tasks", "has no task of level \"core\"",
                  "make what every learner does a core task: without one the "
                  "exercise would be solved before it begins");
  }
  number = 0;
  for (const toml::table* target : fields.Tables("targets", false)) {
    ReadTarget(*target, file, ++number, exercise, problems);
  }
  fields.RefuseUnknown();
  SetPlaces(folder_name, exercise);
  if (problems.empty()) result.exercise = std::move(exercise);
  return result;
}

}  // namespace workbook
