#include "tools/grade/prepare.h"

#include <set>
#include <sstream>

#include "tools/bazel_client/bazel.h"
#include "tools/process/process.h"
#include "tools/text/text_file.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

void CopyTo(const fs::path& from, const fs::path& to) {
  fs::create_directories(to.parent_path());
  fs::copy_file(from, to, fs::copy_options::overwrite_existing);
  fs::permissions(to, fs::perms(0644));
}

ProcessResult RunBazel(const fs::path& root,
                       const std::vector<std::string>& arguments) {
  std::vector<std::string> command{FindBazel()};
  command.insert(command.end(), arguments.begin(), arguments.end());
  ProcessOptions options;
  options.working_directory = root.string();
  options.output_limit_bytes = std::size_t{16} << 20;
  return RunProcess(command, options);
}

// The words of an aquery's command lines that choose the language, the
// libraries and the optimisation; paths and warnings are ours to choose.
void ReadFlags(const std::string& actions, Plan& plan) {
  std::istringstream words(actions);
  std::string word;
  std::set<std::string> seen;
  while (words >> word) {
    while (!word.empty() && (word.front() == '\'' || word.front() == '(')) {
      word.erase(0, 1);
    }
    while (!word.empty() && (word.back() == '\'' || word.back() == ')')) {
      word.pop_back();
    }
    if (!word.starts_with('-') || !seen.insert(word).second) continue;
    if (word.starts_with("-std=") || word.starts_with("-O") ||
        word == "-DNDEBUG" || word.starts_with("-DWORKBOOK_")) {
      plan.compile_flags.push_back(word);
    } else if ((word.starts_with("-l") || word == "-pthread") &&
               word != "-lstdc++" && word != "-lm") {
      plan.link_flags.push_back(word);
    }
  }
}

std::string CopyObjects(const fs::path& bin, Plan& plan) {
  for (const char* folder :
       {"tools/grade/_objs/judge_main", "tools/probe/_objs/probe",
        "tools/probe/_objs/counters", "tools/exercise/_objs/runtime",
        "external/googletest/_objs/gtest"}) {
    std::size_t found = 0;
    for (const std::string& name : FileNames(bin / folder, ".o")) {
      if (name.ends_with(".pic.o")) continue;
      CopyTo(bin / folder / name, plan.trusted / "objects" / name);
      plan.objects.push_back(name);
      ++found;
    }
    if (found == 0) return "no object in " + (bin / folder).string();
  }
  return "";
}

void CopySources(const fs::path& root, const Exercise& exercise, Plan& plan) {
  for (const char* folder : {"tools/exercise", "tools/probe"}) {
    for (const std::string& name : FileNames(root / folder, ".h")) {
      CopyTo(root / folder / name, plan.trusted / "include" / folder / name);
    }
  }
  for (const Task& task : exercise.tasks) {
    const std::string name = task.test + ".cc";
    CopyTo(root / exercise.folder / name, plan.trusted / "tests" / name);
    PlannedTask& planned = plan.tasks.emplace_back();
    planned.number = task.number;
    planned.title = task.title;
    planned.stem = task.Stem();
    planned.files = task.files;
  }
  const fs::path hidden = root / exercise.solution_folder / "hidden_test.cc";
  plan.has_hidden = fs::exists(hidden);
  if (plan.has_hidden) {
    CopyTo(hidden, plan.trusted / "tests" / "hidden_test.cc");
  }
  const fs::path data = exercise.folder / "testdata";
  fs::create_directories(plan.trusted / "run");
  if (fs::exists(root / data)) {
    fs::create_directories((plan.trusted / "run" / data).parent_path());
    fs::copy(root / data, plan.trusted / "run" / data,
             fs::copy_options::recursive);
  }
}

std::string BuildTrusted(const fs::path& root, const Exercise& exercise,
                         Plan& plan) {
  const ProcessResult built =
      RunBazel(root, {"build", "-c", "opt", "--symlink_prefix=/",
                      "//tools/grade:trusted_objects"});
  if (!built.ExitedWith(0)) {
    return "the trusted objects do not build: " + built.errors;
  }
  const ProcessResult bin = RunBazel(root, {"info", "-c", "opt", "bazel-bin"});
  const std::string problem =
      CopyObjects(std::string(TrimSpace(bin.output)), plan);
  if (!problem.empty()) return problem;
  const std::string label = "//solutions/" + exercise.id + ":";
  std::string targets = label + exercise.tasks[0].test;
  for (const Task& task : exercise.tasks) targets += " + " + label + task.test;
  const ProcessResult actions =
      RunBazel(root, {"aquery", "-c", "opt", "--output=text",
                      "mnemonic(\"CppLink\", " + targets + ") + " +
                          "mnemonic(\"CppCompile\", " + label +
                          exercise.tasks[0].test + "_object)"});
  if (!actions.ExitedWith(0)) {
    return "Bazel does not say how tests are compiled: " + actions.errors;
  }
  ReadFlags(actions.output, plan);
  return "";
}

}  // namespace

PrepareResult Prepare(const fs::path& root, const Exercise& exercise,
                      const fs::path& folder, const JudgeOptions& options) {
  PrepareResult result;
  Plan& plan = result.plan;
  plan.exercise = exercise.id;
  plan.trusted = folder;
  plan.toolchain = RunProcess({"g++", "--version"}).output;
  plan.compile_flags = {"-isystem", "/usr/src/googletest/googletest/include"};
  plan.compile_limits.cpu_seconds = 60;
  plan.compile_limits.wall = std::chrono::minutes(3);
  try {
    CopySources(root, exercise, plan);
    result.error = BuildTrusted(root, exercise, plan);
  } catch (const fs::filesystem_error& error) {
    result.error = error.what();
  }
  if (!result.error.empty()) return result;
  std::map<std::string, std::string> files;
  for (const Task& task : exercise.tasks) {
    for (const std::string& name : task.files) {
      const fs::path path = root / exercise.solution_folder / name;
      const auto text = ReadTextFile(path);
      if (!text) {
        result.error = path.string() + " can't be read";
        return result;
      }
      files[name] = *text;
    }
  }
  result.error = ListTests(plan, files, options);
  if (result.error.empty()) result.error = Calibrate(plan, files, options);
  return result;
}

}  // namespace workbook::grade
