// SPDX-License-Identifier: Apache-2.0

#include <memory>

#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "tools/text/text_file.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/write_file.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

// Tells our files from the learner's own when they are written again.
constexpr const char* kMark = "generatedBy";
constexpr const char* kOurs = "./workbook ide";

struct IdeOptions {
  std::vector<std::string> exercises;  // none is the current one
};

// What clangd needs to read a file as the build does. The build's own
// optimisation and warnings stay with the build.
Json Command(const fs::path& root, const fs::path& folder,
             const std::string& file) {
  return {{"directory", root.string()},
          {"file", (folder / file).string()},
          {"arguments",
           {"g++", "-std=c++20", "-Wall", "-Wextra", "-I.", "-Iexercises",
            "-isystem", "/usr/src/googletest/googletest/include", "-c",
            (folder / file).string()}}};
}

void AddExercise(const Session& session, const Exercise& exercise,
                 Json& commands) {
  const auto add = [&](const std::string& file) {
    std::error_code ignored;
    if (fs::exists(session.root() / exercise.folder / file, ignored)) {
      commands.push_back(Command(session.root(), exercise.folder, file));
    }
  };
  for (const Task& task : exercise.tasks) {
    for (const std::string& file : task.files) {
      if (file.ends_with(".cc")) add(file);
    }
    for (const std::string& source :
         exercise.TestSources(session.root(), task)) {
      add(source);
    }
    add(task.Stem() + "_bench.cc");
  }
}

Json TasksFile(const std::vector<const Exercise*>& chosen) {
  Json tasks = Json::array();
  for (const Exercise* exercise : chosen) {
    for (const char* verb : {"check", "hint", "bench"}) {
      tasks.push_back(
          {{"label", fmt::format("{} {}", verb, exercise->id)},
           {"type", "shell"},
           {"command", fmt::format("./workbook {} {}", verb, exercise->id)},
           {"problemMatcher", Json::array({"$gcc"})}});
    }
  }
  return {{kMark, kOurs}, {"version", "2.0.0"}, {"tasks", tasks}};
}

Json LaunchFile(const std::vector<const Exercise*>& chosen) {
  Json configurations = Json::array();
  for (const Exercise* exercise : chosen) {
    for (const Task& task : exercise->tasks) {
      configurations.push_back(
          {{"name", fmt::format("{} task {}", exercise->id, task.number)},
           {"type", "cppdbg"},
           {"request", "launch"},
           {"program", fmt::format("${{workspaceFolder}}/bazel-bin/{}/{}",
                                   exercise->folder.string(), task.test)},
           {"cwd", "${workspaceFolder}"},
           {"MIMode", "gdb"}});
    }
  }
  return {
      {kMark, kOurs}, {"version", "0.2.0"}, {"configurations", configurations}};
}

// A file that we did not write is the learner's own, and stays.
std::optional<Problem> WriteOwn(const fs::path& path, const Json& json) {
  const auto before = ReadTextFile(path);
  const bool theirs = before && before->find(kOurs) == std::string::npos;
  const fs::path target =
      theirs ? path.parent_path() / ("workbook." + path.filename().string())
             : path;
  fmt::print("  {}\n", target.string());
  return WriteTextFile(target, json.dump(2) + "\n");
}

int RunIde(Session& session, const IdeOptions& options) {
  std::vector<std::string> ids = options.exercises;
  if (ids.empty()) ids.emplace_back();
  std::vector<const Exercise*> chosen;
  Json commands = Json::array();
  for (const std::string& id : ids) {
    const ChosenExercise found = Choose(session, id);
    if (found.exercise == nullptr) return Report(found.problem);
    chosen.push_back(found.exercise);
    AddExercise(session, *found.exercise, commands);
  }
  // A database for clangd is a product like an object file: written anew.
  const fs::path database = session.root() / "compile_commands.json";
  if (auto problem = WriteTextFile(database, commands.dump(2) + "\n")) {
    return Report(*problem);
  }
  fmt::print("  {}\n", database.string());
  const fs::path folder = session.root() / ".vscode";
  for (const auto& [name, json] :
       {std::pair{"tasks.json", TasksFile(chosen)},
        std::pair{"launch.json", LaunchFile(chosen)}}) {
    if (auto problem = WriteOwn(folder / name, json)) return Report(*problem);
  }
  fmt::print("clangd now reads {} files, and no other exercise's stubs.\n",
             commands.size());
  return kExitOk;
}

}  // namespace

void RegisterIde(CommandLine& line) {
  const auto options = std::make_shared<IdeOptions>();
  line.Add("ide", "clangd's database and VS Code files for some exercises",
           [options](Session& s) { return RunIde(s, *options); })
      .Option("exercises", options->exercises, "NN_MM ...")
      .Examples({"ide", "ide 01_02 02_02"});
}

}  // namespace workbook::cli
