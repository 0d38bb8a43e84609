// SPDX-License-Identifier: Apache-2.0

#include <memory>

#include "fmt/format.h"
#include "fmt/ranges.h"
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
  bool all = false;
};

constexpr const char* kEditors =
    "VS Code: install the extension clangd and open this folder; tasks and\n"
    "  launches are in .vscode.\n"
    "CLion: File, Open, compile_commands.json, Open as Project.\n"
    "Neovim: vim.lsp.enable('clangd') in a config that has clangd, from\n"
    "  nvim-lspconfig for example.\n";

// Where GoogleTest's headers are: the distribution's, or where Bazel put the
// registry's module.
std::vector<std::string> GoogleTestFolders(const fs::path& root) {
  fs::path sources = "/usr/src/googletest";
  std::error_code none;
  if (!fs::is_directory(sources, none)) {
    const fs::path external =
        root / ("bazel-" + root.filename().string()) / "external";
    for (const auto& entry : fs::directory_iterator(external, none)) {
      if (entry.path().filename().string().starts_with("googletest")) {
        sources = entry.path();
      }
    }
  }
  return {sources / "googletest/include", sources / "googlemock/include"};
}

// What clangd needs to read a file as the build does. The build's own
// optimisation and warnings stay with the build.
Json Command(const fs::path& root, const std::vector<std::string>& includes,
             const fs::path& folder, const std::string& file) {
  Json arguments = {"g++",     "-std=c++20", "-Wall",
                    "-Wextra", "-I.",        "-Iexercises"};
  for (const std::string& include : includes) {
    arguments.push_back("-isystem");
    arguments.push_back(include);
  }
  arguments.push_back("-c");
  arguments.push_back((folder / file).string());
  return {{"directory", root.string()},
          {"file", (folder / file).string()},
          {"arguments", arguments}};
}

void AddExercise(const Session& session,
                 const std::vector<std::string>& includes,
                 const Exercise& exercise, Json& commands) {
  const auto add = [&](const std::string& file) {
    std::error_code ignored;
    if (fs::exists(session.root() / exercise.folder / file, ignored)) {
      commands.push_back(
          Command(session.root(), includes, exercise.folder, file));
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
  if (options.all) {
    ids.clear();
    for (const Exercise& exercise : session.course().exercises) {
      ids.push_back(exercise.id);
    }
  }
  if (ids.empty()) ids.emplace_back();
  std::vector<const Exercise*> chosen;
  Json commands = Json::array();
  const std::vector<std::string> includes = GoogleTestFolders(session.root());
  for (std::string& id : ids) {
    const ChosenExercise found = Choose(session, id);
    if (found.exercise == nullptr) return Report(found.problem);
    id = found.exercise->id;
    chosen.push_back(found.exercise);
    AddExercise(session, includes, *found.exercise, commands);
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
  fmt::print("clangd now reads {} files of {}.\n{}", commands.size(),
             fmt::join(ids, ", "), kEditors);
  return kExitOk;
}

}  // namespace

void RegisterIde(CommandLine& line) {
  const auto options = std::make_shared<IdeOptions>();
  line.Add("ide", "clangd's database and VS Code files for some exercises",
           [options](Session& s) { return RunIde(s, *options); })
      .Option("exercises", options->exercises, "NN_MM ...")
      .Flag("--all", options->all, "every exercise")
      .Examples({"ide", "ide 01_02 02_02", "ide --all"});
}

}  // namespace workbook::cli
