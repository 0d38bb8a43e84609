// SPDX-License-Identifier: Apache-2.0

#include "tools/release/release.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <system_error>

#include "tools/bazel_client/bazel.h"
#include "tools/course/course.h"
#include "tools/course/nearest.h"
#include "tools/release/copy.h"
#include "tools/release/dead_links.h"
#include "tools/release/secrets.h"
#include "tools/release/snapshot.h"
#include "tools/release/trial.h"
#include "tools/release/work_folder.h"
#include "tools/text/text_file.h"

namespace workbook::release {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::minutes kBuildTime{60};
constexpr std::size_t kListedChanges = 3;

ReleaseResult Failure(Problem problem) { return {{std::move(problem)}, {}}; }

struct Chosen {
  std::vector<const Exercise*> exercises;
  std::optional<Problem> problem;
};

Chosen Choose(const Course& course, const std::vector<std::string>& ids) {
  Chosen chosen;
  std::vector<std::string> known;
  for (const Exercise& exercise : course.exercises) {
    known.push_back(exercise.id);
  }
  for (const std::string& id : ids) {
    if (course.Find(id) != nullptr) continue;
    const std::string nearest = Nearest(id, known);
    chosen.problem = Problem{
        "the commit has no exercise " + id, "exercises/" + id,
        nearest.empty()
            ? "./workbook list shows them. A new one is committed first."
            : "Did you mean " + nearest + "? A new one is committed first.",
        kExitUsage};
    return chosen;
  }
  for (const Exercise& exercise : course.exercises) {
    if (ids.empty() ||
        std::find(ids.begin(), ids.end(), exercise.id) != ids.end()) {
      chosen.exercises.push_back(&exercise);
    }
  }
  return chosen;
}

void TellChanges(const Snapshot& snapshot, const ReleaseOptions& options) {
  options.print("commit " + snapshot.commit);
  if (snapshot.changed.empty()) return;
  std::string names;
  for (std::size_t i = 0; i < snapshot.changed.size(); ++i) {
    if (i == kListedChanges) {
      names += ", ...";
      break;
    }
    names += (i == 0 ? "" : ", ") + snapshot.changed[i];
  }
  options.print(fmt::format(
      "{} changed {} not used, the commit's form is: {}",
      snapshot.changed.size(),
      snapshot.changed.size() == 1 ? "file is" : "files are", names));
}

std::vector<Problem> Try(const WorkFolder& work,
                         const std::vector<const Exercise*>& exercises,
                         const ReleaseOptions& options) {
  // A build may leave things behind: not in what is handed out.
  const fs::path trial = work.Part("trial");
  fs::copy(work.Part("copy"), trial, fs::copy_options::recursive);
  BazelSettings settings;
  settings.startup = {"--output_base=" + work.Part("output_base").string(),
                      "--max_idle_secs=60"};
  settings.timeout = kBuildTime;
  settings.task = "building the copy";
  InstalledBazel bazel(trial, settings);
  return TryOut({trial, work.Part("scratch"), exercises, options.print}, bazel);
}

ReleaseResult MakeAndCheck(const WorkFolder& work, const Snapshot& snapshot,
                           const ReleaseOptions& options) {
  const Course course = LoadCourse(snapshot.root).course;
  const Chosen chosen = Choose(course, options.exercises);
  if (chosen.problem) return Failure(*chosen.problem);
  const fs::path folder = work.Part("copy");
  const CopyResult copy = WriteCopy(snapshot, chosen.exercises, folder);
  if (copy.problem) return Failure(*copy.problem);
  options.print(fmt::format("{} files of {} exercises written", copy.files,
                            chosen.exercises.size()));
  for (const std::string& mention : copy.mentions) {
    options.print("note: " + mention + " speaks of solutions/");
  }
  if (auto dead = DeadLinks(folder); !dead.empty()) {
    return {std::move(dead), {}};
  }
  SecretsResult secrets = LearnSecrets(snapshot, course.exercises);
  if (!secrets.problems.empty()) return {std::move(secrets.problems), {}};
  options.print(fmt::format("scanning for {} passages of solutions/",
                            secrets.secrets.passages.size()));
  std::vector<Finding> findings = Scan(folder, secrets.secrets);
  if (!findings.empty()) return {{}, std::move(findings)};
  if (options.build) return {Try(work, chosen.exercises, options), {}};
  options.print(
      "not built, as you asked: whether its stubs are red is not known");
  return {};
}

ReleaseResult ReleaseInto(const fs::path& out, const ReleaseOptions& options) {
  WorkFolder work(out);
  if (auto problem = work.Open()) return Failure(*problem);
  if (work.removed_leftovers()) {
    options.print("what an interrupted release left was removed");
  }
  const SnapshotResult taken =
      TakeSnapshot(options.root, work.Part("snapshot"));
  if (!taken.snapshot) return Failure(taken.problem);
  TellChanges(*taken.snapshot, options);
  ReleaseResult result = MakeAndCheck(work, *taken.snapshot, options);
  if (!result.Ok()) return result;
  if (auto problem = work.Publish("copy")) return Failure(*problem);
  return result;
}

}  // namespace

ReleaseResult Release(const ReleaseOptions& options) {
  try {
    fs::path out = fs::absolute(options.out).lexically_normal();
    if (!out.has_filename()) out = out.parent_path();
    if (auto problem = CheckOut(options.root, out)) return Failure(*problem);
    return ReleaseInto(out, options);
  } catch (const fs::filesystem_error& error) {
    return Failure({"the copy could not be written: " + error.code().message(),
                    error.path1().string(),
                    "df -h shows whether the disk is full; then start again."});
  }
}

}  // namespace workbook::release
