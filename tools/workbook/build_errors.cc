// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/build_errors.h"

#include <system_error>
#include <utility>

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
  return state_folder / "build_errors" / (exercise + ".json");
}

std::optional<Problem> Write(const fs::path& file, const BuildErrors& errors) {
  if (errors.empty()) {
    std::error_code error;
    fs::remove(file, error);
    return error ? std::optional(WriteProblem(file, error)) : std::nullopt;
  }
  Json tasks = Json::array();
  for (const auto& [task, error] : errors) {
    tasks.push_back({{"task", task},
                     {"place", error.place},
                     {"message", error.message},
                     {"told", error.told}});
  }
  const Json json = {{"schema", kSchema}, {"errors", tasks}};
  return WriteTextFile(
      file, json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

struct Meaning {
  std::string_view words;  // of gcc, clang or the linker
  std::string_view meaning;
};

// The first that fits counts: what is more special stands first.
constexpr Meaning kMeanings[] = {
    {"is declared, but nowhere defined",
     "The header promises the function, and no .cc file has it with the same "
     "name, class and parameters."},
    {"undefined reference",
     "The header promises the function, and no .cc file has it with the same "
     "name, class and parameters."},
    {"no declaration matches",
     "The definition differs from the header: compare parameters, const and "
     "noexcept."},
    {"discards qualifiers",
     "A const object is to be changed, or a function that changes nothing "
     "lacks its const."},
    {"read-only",
     "A const object is to be changed: take a copy, or another "
     "variable."},
    {"use of deleted function",
     "A type that can't be copied is copied: move it, or pass it by "
     "reference."},
    {"deleted",
     "A type that can't be copied is copied: move it, or pass it by "
     "reference."},
    {"incomplete type",
     "The compiler has seen the type's name and not its definition: include "
     "its header."},
    {"not declared",
     "The name is misspelt, lacks its namespace, or its header "
     "is not included."},
    {"undeclared",
     "The name is misspelt, lacks its namespace, or its header "
     "is not included."},
    {"is not a member of",
     "The name is misspelt, or its header is not "
     "included."},
    {"has no member",
     "The type has no member of that name: compare with its "
     "header, and ask whether it is a pointer (->)."},
    {"no member named",
     "The type has no member of that name: compare with its "
     "header, and ask whether it is a pointer (->)."},
    {"does not name a type",
     "The type's header is not included, or something "
     "in the line above is not closed."},
    {"no match for",
     "The two sides have types that do not go together: is one "
     "of them a pointer, an optional or an iterator?"},
    {"no matching function",
     "The arguments do not fit any declaration: compare "
     "their number and types with the header."},
    {"too few arguments",
     "The call lacks an argument: compare it with the "
     "declaration."},
    {"too many arguments",
     "The call has an argument too many: compare it with "
     "the declaration."},
    {"invalid conversion",
     "A value has another type than its place: often a "
     "missing * or &, or a missing cast."},
    {"cannot convert",
     "A value has another type than its place: often a "
     "missing * or &, or a missing cast."},
    {"could not convert",
     "A value has another type than its place: often a "
     "missing * or &, or a missing cast."},
    {"narrowing",
     "The value may not fit the smaller type: cast it where you "
     "know that it does."},
    {"redefinition",
     "The same name is defined twice, in a header or in two "
     "files."},
    {"is private",
     "A member is used from outside of its class: take the "
     "public function."},
    {"no return statement",
     "A path through the function ends without a "
     "return."},
    {"expected",
     "Something is not closed: look for a missing ; ) or } in this "
     "line and the one above."},
};

}  // namespace

BuildErrors LoadBuildErrors(const fs::path& state_folder,
                            const std::string& exercise) {
  BuildErrors errors;
  const auto text = ReadTextFile(FileOf(state_folder, exercise));
  const Json json =
      Json::parse(text.value_or(""), nullptr, /*allow_exceptions=*/false);
  if (!json.is_object() || json.value("schema", Json()) != Json(kSchema)) {
    return errors;
  }
  try {
    for (const Json& each : json.at("errors")) {
      errors[each.at("task").get<int>()] = {.place = each.at("place"),
                                            .message = each.at("message"),
                                            .told = each.at("told")};
    }
  } catch (const Json::exception&) {
    errors.clear();
  }
  return errors;
}

std::optional<Problem> KeepBuildErrors(const fs::path& state_folder,
                                       const ExerciseReport& report) {
  const BuildErrors before = LoadBuildErrors(state_folder, report.id);
  BuildErrors errors = before;
  for (const TaskReport& task : report.tasks) {
    if (IsUntested(task)) continue;
    const auto old = before.find(task.number);
    errors.erase(task.number);
    if (task.state != TaskState::kDoesNotBuild) continue;
    BuildError error{.place = Place(task), .message = task.sentence};
    // The same message, though its line has moved.
    error.told = old != before.end() && old->second.told &&
                 old->second.message == error.message;
    errors[task.number] = std::move(error);
  }
  if (errors == before) return std::nullopt;
  return Write(FileOf(state_folder, report.id), errors);
}

std::optional<Problem> MarkBuildErrorTold(const fs::path& state_folder,
                                          const std::string& exercise,
                                          int task) {
  BuildErrors errors = LoadBuildErrors(state_folder, exercise);
  const auto found = errors.find(task);
  if (found == errors.end() || found->second.told) return std::nullopt;
  found->second.told = true;
  return Write(FileOf(state_folder, exercise), errors);
}

std::string MeaningOfBuildError(const BuildError& error) {
  if (error.place.find("_test.cc") != std::string::npos) {
    return "The test uses what your header declares: bring back the name, "
           "parameters and result that the header came with.";
  }
  for (const Meaning& each : kMeanings) {
    if (error.message.find(each.words) != std::string::npos) {
      return std::string(each.meaning);
    }
  }
  return "Read the line with the message beside it. If it says nothing to you, "
         "take out what you wrote last, until it compiles again.";
}

}  // namespace workbook::cli
