// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/trusted.h"

#include <algorithm>
#include <array>
#include <sstream>
#include <vector>

#include "tools/bazel_client/bazel.h"
#include "tools/text/text_file.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

constexpr std::array kJudgeMain{"tools/grade/_objs/judge_main/judge_main.o",
                                "tools/grade/_objs/judge_main/canary_turn.o",
                                "tools/grade/_objs/judge_main/observed.o"};

void CopyTo(const fs::path& from, const fs::path& to) {
  fs::create_directories(to.parent_path());
  fs::copy_file(from, to, fs::copy_options::overwrite_existing);
  fs::permissions(to, fs::perms(0644));
}

BazelRun RunBazel(const fs::path& root,
                  const std::vector<std::string>& arguments) {
  BazelSettings settings;
  settings.task = "Building what the tests link";
  return InstalledBazel(root, settings).Execute(arguments);
}

void AddOnce(std::vector<std::string>& all, const std::string& one) {
  if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
}

// "tools/probe/_objs/probe/x.o" is of //tools/probe:probe, and
// "external/googletest/_objs/gtest/x.o" of @googletest//:gtest.
std::string LabelOf(const std::string& object) {
  const std::size_t objs = object.find("/_objs/");
  if (objs == std::string::npos) return "";
  std::string package = object.substr(0, objs);
  const std::string rest = object.substr(objs + 7);
  const std::string name = rest.substr(0, rest.find('/'));
  std::string repository;
  if (package.starts_with("external/")) {
    package.erase(0, 9);
    const std::size_t end = std::min(package.find('/'), package.size());
    const std::string folder = package.substr(0, end);
    // A module's folder has a canonical name, which labels write with "@@".
    const bool is_module = folder.find_first_of("~+") != std::string::npos;
    repository = (is_module ? "@@" : "@") + folder;
    package.erase(0, std::min(end + 1, package.size()));
  }
  return repository + "//" + package + ":" + name;
}

// "bazel-out/k8-opt/bin/tools/..." without its first three folders.
std::string BelowBin(const std::string& word) {
  const std::size_t bin = word.find("/bin/");
  return bin == std::string::npos ? "" : word.substr(bin + 5);
}

bool IsForTests(const std::string& object) {
  return !object.starts_with("solutions/") &&
         object.find("/_objs/gtest_main/") == std::string::npos;
}

void ReadWord(const std::string& word, TestCommands& commands) {
  if (word.starts_with("bazel-out/") && word.ends_with(".o") &&
      !word.ends_with(".pic.o")) {
    const std::string object = BelowBin(word);
    if (!IsForTests(object)) return;
    AddOnce(commands.objects, object);
    AddOnce(commands.labels, LabelOf(object));
  } else if (word.starts_with("-std=") || word.starts_with("-O") ||
             word == "-DNDEBUG" || word.starts_with("-DWORKBOOK_")) {
    AddOnce(commands.compile_flags, word);
  } else if (word == "-fuse-ld=gold" || word == "-Wl,--gc-sections" ||
             word == "-pthread" ||
             (word.starts_with("-l") && word != "-lstdc++" && word != "-lm")) {
    AddOnce(commands.link_flags, word);
  }
}

// The output group holds position-independent objects where the toolchain has
// them; the others are there only if somebody happened to build them.
fs::path Built(const fs::path& object) {
  fs::path independent = object;
  independent.replace_extension(".pic.o");
  return fs::exists(independent) ? independent : object;
}

void CopyHeaders(const fs::path& root, const fs::path& folder,
                 const fs::path& to) {
  if (!fs::is_directory(root / folder)) return;
  for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
    if (entry.is_regular_file() && entry.path().extension() == ".h") {
      CopyTo(entry.path(), to / fs::relative(entry.path(), root));
    }
  }
}

// A description is about a header of its task.
void FindCases(const fs::path& folder, const fs::path& to, PlannedTask& task) {
  for (const std::string& file : task.files) {
    if (!file.ends_with(".h")) continue;
    const PlannedCase planned{.name = fs::path(file).stem().string()};
    if (!fs::exists(folder / planned.Source())) continue;
    task.cases.push_back(planned);
    CopyTo(folder / planned.Source(), to / planned.Source());
  }
}

void CopySources(const fs::path& root, const Exercise& exercise, Plan& plan) {
  const fs::path include = plan.trusted / "include";
  for (const char* folder :
       {"tools/bench", "tools/exercise", "tools/probe", "tools/process",
        "tools/support/history", "tools/trace"}) {
    CopyHeaders(root, folder, include);
  }
  for (const char* header : kTestHeaders) {
    CopyTo(root / header, include / header);
  }
  // Of the exercise's own folder, only what lies in its subfolders: no learner
  // writes there, and its top holds the stubs.
  for (const auto& entry : fs::directory_iterator(root / exercise.folder)) {
    if (!entry.is_directory()) continue;
    CopyHeaders(root, fs::relative(entry.path(), root), include);
  }
  for (const Task& task : exercise.tasks) {
    PlannedTask& planned = plan.tasks.emplace_back();
    planned.test_sources = exercise.TestSources(root, task);
    for (const std::string& name : planned.test_sources) {
      CopyTo(root / exercise.folder / name, plan.trusted / "tests" / name);
    }
    planned.number = task.number;
    planned.title = task.title;
    planned.stem = task.Stem();
    planned.files = task.files;
    FindCases(root / exercise.folder / "cases", plan.trusted / "tests",
              planned);
  }
  plan.hidden_sources = exercise.HiddenTests(root);
  for (const std::string& name : plan.hidden_sources) {
    CopyTo(root / exercise.solution_folder / name,
           plan.trusted / "tests" / name);
  }
  const fs::path data = exercise.folder / "testdata";
  fs::create_directories(plan.trusted / "run");
  if (fs::exists(root / data)) {
    fs::create_directories((plan.trusted / "run" / data).parent_path());
    fs::copy(root / data, plan.trusted / "run" / data,
             fs::copy_options::recursive);
  }
}

std::string AskForCommands(const fs::path& root, const Exercise& exercise,
                           bool has_hidden, TestCommands& commands) {
  const std::string label = "//solutions/" + exercise.id + ":";
  std::string linked;
  std::string compiled;
  for (const Task& task : exercise.tasks) {
    linked += (linked.empty() ? "" : " + ") + label + task.test;
    compiled += " + " + label + task.test + "_object";
  }
  if (has_hidden) linked += " + " + label + "hidden_test";
  const BazelRun actions = RunBazel(
      root, {"aquery", "-c", "opt", "--output=text",
             "mnemonic(\"CppLink|CppCompile\", " + linked + compiled + ")"});
  if (!actions.ExitedWith(0)) {
    return "Bazel does not say how tests are built: " + actions.errors;
  }
  commands = ReadTestCommands(actions.output);
  if (commands.objects.empty()) {
    return "Bazel links these tests from no objects: is ld.gold (package "
           "binutils) installed?";
  }
  return "";
}

std::string Build(const fs::path& root, std::vector<std::string> words) {
  std::vector<std::string> build{"build",
                                 "-c",
                                 "opt",
                                 "--symlink_prefix=/",
                                 "--color=no",
                                 "--curses=no",
                                 "--show_progress_rate_limit=1"};
  build.insert(build.end(), words.begin(), words.end());
  const BazelRun built = RunBazel(root, build);
  if (built.trouble && !built.trouble->results_stand) {
    return built.trouble->Paragraph();
  }
  if (!built.ExitedWith(0) && !built.trouble) {
    return "what the tests link does not build: " + built.errors;
  }
  return "";
}

fs::path BinFolder(const fs::path& root) {
  const BazelRun info = RunBazel(root, {"info", "-c", "opt", "bazel-bin"});
  return std::string(TrimSpace(info.output));
}

// Builds the libraries, and copies their objects to `to`.
std::string BuildObjects(const fs::path& root, const TestCommands& commands,
                         const fs::path& to, std::vector<std::string>& names) {
  std::vector<std::string> words{"--output_groups=compilation_outputs"};
  words.insert(words.end(), commands.labels.begin(), commands.labels.end());
  if (std::string problem = Build(root, words); !problem.empty()) {
    return problem;
  }
  const fs::path bin = BinFolder(root);
  for (const std::string& object : commands.objects) {
    std::string name = object;
    std::replace(name.begin(), name.end(), '/', '.');
    CopyTo(Built(bin / object), to / name);
    names.push_back(name);
  }
  return "";
}

// What asks for each description, and what a program that answers links.
std::string CollectCases(const fs::path& root, const Exercise& exercise,
                         Plan& plan) {
  const std::string label = "//solutions/" + exercise.id + ":";
  std::vector<std::string> askers;
  for (const PlannedTask& task : plan.tasks) {
    for (const PlannedCase& planned : task.cases) {
      askers.push_back(label + planned.name + "_asker");
    }
  }
  if (askers.empty()) return "";
  const BazelRun actions =
      RunBazel(root, {"aquery", "-c", "opt", "--output=text",
                      "mnemonic(\"CppLink\", " + label + "answering)"});
  if (!actions.ExitedWith(0)) {
    return "Bazel does not say what answers link: " + actions.errors;
  }
  TestCommands commands = ReadTestCommands(actions.output);
  // What answers has a malloc of its own; a task may link the probe's.
  std::erase_if(commands.objects, [](const std::string& object) {
    return object.find("tools/probe/_objs/probe/") != std::string::npos;
  });
  std::string problem =
      BuildObjects(root, commands, plan.trusted / "answering", plan.answering);
  if (problem.empty()) problem = Build(root, askers);
  if (!problem.empty()) return problem;
  for (const std::string& flag : commands.link_flags) {
    AddOnce(plan.link_flags, flag);
  }
  const fs::path bin = BinFolder(root) / "solutions" / exercise.id;
  for (const PlannedTask& task : plan.tasks) {
    for (const PlannedCase& planned : task.cases) {
      const fs::path to = plan.trusted / "askers" / planned.name;
      CopyTo(bin / (planned.name + "_asker"), to);
      fs::permissions(to, fs::perms(0755));
    }
  }
  return "";
}

}  // namespace

TestCommands ReadTestCommands(const std::string& actions) {
  TestCommands commands;
  std::istringstream words(actions);
  std::string word;
  while (words >> word) {
    while (!word.empty() && (word.front() == '\'' || word.front() == '(')) {
      word.erase(0, 1);
    }
    while (!word.empty() && (word.back() == '\'' || word.back() == ')')) {
      word.pop_back();
    }
    ReadWord(word, commands);
  }
  return commands;
}

std::string CollectTrusted(const fs::path& root, const Exercise& exercise,
                           Plan& plan) {
  CopySources(root, exercise, plan);
  TestCommands commands;
  std::string problem =
      AskForCommands(root, exercise, !plan.hidden_sources.empty(), commands);
  if (!problem.empty()) return problem;
  commands.objects.insert(commands.objects.end(), kJudgeMain.begin(),
                          kJudgeMain.end());
  commands.labels.emplace_back("//tools/grade:judge_main");
  problem =
      BuildObjects(root, commands, plan.trusted / "objects", plan.objects);
  if (!problem.empty()) return problem;
  plan.compile_flags.insert(plan.compile_flags.end(),
                            commands.compile_flags.begin(),
                            commands.compile_flags.end());
  plan.link_flags = commands.link_flags;
  return CollectCases(root, exercise, plan);
}

}  // namespace workbook::grade
