// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/choice.h"

#include <algorithm>
#include <utility>

#include "tools/authoring/changed_files.h"
#include "tools/course/nearest.h"

namespace workbook {

bool Choice::Choose(Course& course) {
  if (options_.changed && !FindScope(course)) return false;
  TellUnknown(course);
  for (Exercise& exercise : course.exercises) {
    if (IsAsked(exercise.id)) exercises_.push_back(std::move(exercise));
  }
  return true;
}

bool Choice::FindScope(const Course& course) {
  const ChangedFiles changed =
      FilesChangedSince(options_.root, *options_.changed);
  if (changed.problem) {
    log_.Fail(changed.problem->Text());
    return false;
  }
  std::set<std::string> ids;
  for (const Exercise& exercise : course.exercises) ids.insert(exercise.id);
  scope_ = ScopeOf(options_.root, changed.files, ids, bazel_);
  if (scope_.problem) {
    log_.Fail(scope_.problem->Text());
    return false;
  }
  log_.Say("      files that differ from " + changed.base + ": " +
           std::to_string(changed.files.size()));
  for (const std::string& reason : scope_.reasons) {
    log_.Say("      verifies " + reason);
  }
  if (scope_.reasons.empty()) {
    log_.Say("      no target depends on them: only texts are checked");
  }
  return true;
}

void Choice::TellUnknown(Course& course) {
  std::vector<std::string> ids;
  for (const Exercise& exercise : course.exercises) ids.push_back(exercise.id);
  for (const std::string& id : options_.exercises) {
    if (course.Find(id) != nullptr) continue;
    const std::string meant = Nearest(id, ids, 1);
    log_.Fail("exercises/" + id + ": there is no exercise " + id +
              " that can be read. Fix: " +
              (meant.empty() ? "`./workbook list` shows the ids."
                             : "did you mean " + meant + "?"));
  }
}

bool Choice::IsAsked(const std::string& id) const {
  if (WholeCourse()) return true;
  if (WholeTree()) return scope_.exercises.contains(id);
  return std::find(options_.exercises.begin(), options_.exercises.end(), id) !=
         options_.exercises.end();
}

std::string Choice::Place(std::size_t index) const {
  return exercises_[index].id + ", " + std::to_string(index + 1) + " of " +
         std::to_string(exercises_.size());
}

bool Choice::Concerns(const Problem& problem) const {
  if (WholeTree()) return true;
  return std::any_of(options_.exercises.begin(), options_.exercises.end(),
                     [&](const std::string& id) {
                       return problem.where.starts_with("exercises/" + id);
                     });
}

}  // namespace workbook
