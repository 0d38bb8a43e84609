// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/sample_course.h"

#include <stdexcept>

#include "tools/authoring/target_check.h"
#include "tools/course/manifest.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

constexpr char kSample[] = "tools/authoring/testdata/course";

}  // namespace

SampleCourse::SampleCourse() {
  // File by file: in a sandbox the data are symbolic links.
  for (const auto& entry : fs::recursive_directory_iterator(kSample)) {
    if (fs::is_directory(entry.status())) continue;
    Write(entry.path().lexically_relative(kSample).string(),
          ReadTextFile(entry.path()).value());
  }
}

Exercise SampleCourse::exercise() const {
  return ParseManifest(Read("exercises/01_01/exercise.toml"), "01_01")
      .exercise.value();
}

std::string SampleCourse::Read(const std::string& file) const {
  return ReadTextFile(root() / file).value();
}

void SampleCourse::Write(const std::string& file, const std::string& text) {
  fs::create_directories((root() / file).parent_path());
  if (const auto error = ReplaceTextFile(root() / file, text)) {
    throw std::runtime_error(file + ": " + error.message());
  }
}

void SampleCourse::Remove(const std::string& file) {
  if (!fs::remove(root() / file)) throw std::runtime_error("no " + file);
}

void SampleCourse::Replace(const std::string& file, const std::string& from,
                           const std::string& to) {
  std::string text = Read(file);
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error("no `" + from + "`");
  Write(file, text.replace(at, from.size(), to));
}

FakeBazel::FakeBazel(const SampleCourse& course) {
  const Exercise exercise = course.exercise();
  for (const std::string& label : ExpectedTargets(course.root(), exercise)) {
    rules.insert(label);
    if (!label.ends_with(":bench")) tests.insert(label);
  }
  for (const Task& task : exercise.tasks) {
    references.insert(exercise.ReferenceTestLabel(task));
  }
  threaded = {"//exercises/01_01:pair_test", "//solutions/01_01:pair_test"};
  rows = {"counter/next/baseline:memory", "counter/next/reference:Counter",
          "counter/next/peer:int"};
}

BazelRun FakeBazel::BuildOrTest(const std::string& command,
                                const std::vector<std::string>& arguments) {
  std::string line = command;
  for (const std::string& argument : arguments) line += " " + argument;
  commands.push_back(line);
  for (const auto& [part, run] : run_for) {
    if (line.find(part) != std::string::npos) return run;
  }
  BazelRun run;
  run.exit_code = 0;
  if (command == "test") {
    for (const std::string& label : tests) {
      if (label.starts_with("//solutions/")) {
        run.events.targets[label].test = BazelTest{.status = "PASSED"};
      }
    }
  }
  return run;
}

BazelRun FakeBazel::Run(const std::string& label,
                        const std::vector<std::string>& flags,
                        const std::vector<std::string>& arguments) {
  std::string line = "run";
  for (const std::string& flag : flags) line += " " + flag;
  line += " " + label;
  for (const std::string& argument : arguments) line += " " + argument;
  commands.push_back(line);
  for (const auto& [part, run] : run_for) {
    if (line.find(part) != std::string::npos) return run;
  }
  BazelRun run;
  run.exit_code = 0;
  for (const std::string& row : rows) run.output += row + "\n";
  return run;
}

std::optional<std::vector<std::string>> FakeBazel::Query(
    const std::string& expression, std::string& error) {
  if (!query_error.empty()) {
    error = query_error;
    return std::nullopt;
  }
  const std::set<std::string>& answer =
      expression.find("reference") != std::string::npos ? references
      : expression.find("threads") != std::string::npos ? threaded
      : expression.find("race") != std::string::npos    ? races
      : expression.starts_with("tests(")                ? tests
                                                        : rules;
  return std::vector<std::string>(answer.begin(), answer.end());
}

}  // namespace workbook
