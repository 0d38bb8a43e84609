// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/prepare.h"

#include <fmt/core.h>

#include <map>

#include "tools/authoring/stub/stub.h"
#include "tools/grade/calibrate.h"
#include "tools/grade/plan_cache.h"
#include "tools/grade/trusted.h"
#include "tools/process/process.h"
#include "tools/sha256/sha256.h"
#include "tools/text/text_file.h"

namespace workbook::grade {

namespace fs = std::filesystem;

namespace {

constexpr char kGoogleTest[] = "/usr/src/googletest/googletest/include";

// The objects of the reference's tests, for the next run: compiling them is
// most of what it costs to get ready. A run that can't keep them has lost only
// time.
void KeepObjects(const JudgeOptions& options) {
  std::error_code error;
  fs::create_directories(options.kept_objects, error);
  for (const auto& entry :
       fs::directory_iterator(options.kept_objects, error)) {
    if (!fs::exists(options.object_cache / entry.path().filename())) {
      fs::remove(entry.path(), error);
    }
  }
  for (const auto& entry :
       fs::directory_iterator(options.object_cache, error)) {
    const fs::path kept = options.kept_objects / entry.path().filename();
    // The names that a test links are asked for anew in each run.
    const bool is_kept =
        kept.extension() == ".o" || kept.extension() == ".looks";
    if (!is_kept || fs::exists(kept)) continue;
    const fs::path fresh = kept.string() + ".new";
    fs::copy_file(entry.path(), fresh, fs::copy_options::overwrite_existing,
                  error);
    if (!error) fs::rename(fresh, kept, error);
  }
}

// From the reference, not from exercises/, where somebody may have solved it.
std::string WriteStub(const fs::path& root, const Exercise& exercise,
                      const std::string& name, const fs::path& stub) {
  const StubResult made = MakeStub(root, exercise, name);
  if (!made.ok) return made.message;
  fs::create_directories(stub.parent_path());
  const std::error_code error = ReplaceTextFile(stub, made.text);
  if (error) return stub.string() + ": " + error.message();
  return "";
}

}  // namespace

PrepareResult Prepare(const fs::path& root, const Exercise& exercise,
                      const fs::path& folder,
                      const std::vector<JudgeOptions>& workers) {
  const JudgeOptions& options = workers.front();
  PrepareResult result;
  Plan& plan = result.plan;
  plan.exercise = exercise.id;
  plan.trusted = folder;
  plan.toolchain = RunProcess({"g++", "--version"}).output;
  plan.compile_flags = {"-isystem", kGoogleTest};
  plan.compile_limits.cpu_seconds = 60;
  plan.compile_limits.wall = std::chrono::minutes(3);
  try {
    result.error = CollectTrusted(root, exercise, plan);
  } catch (const fs::filesystem_error& error) {
    result.error = error.what();
  }
  if (!result.error.empty()) return result;
  plan.include_hash =
      Sha256(FolderHash(folder / "include") + FolderHash(kGoogleTest));
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
      result.error = WriteStub(root, exercise, name, folder / "stubs" / name);
      if (!result.error.empty()) return result;
    }
  }
  if (options.kept_objects.empty()) {
    result.error = Calibrate(plan, files, workers);
    return result;
  }
  const fs::path kept = options.kept_objects.string() + ".json";
  const std::string key = CalibrationKey(plan, files);
  if (ReadCalibration(kept, key, plan)) return result;
  fmt::print(stderr, "grade: the reference is new here, and is graded first\n");
  result.error =
      Calibrate(plan, files, workers, [](std::size_t done, std::size_t all) {
        fmt::print(stderr, "grade: the reference: {} of {} parts\n", done, all);
      });
  KeepObjects(options);
  if (result.error.empty()) KeepCalibration(kept, key, plan);
  return result;
}

}  // namespace workbook::grade
