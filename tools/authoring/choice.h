// SPDX-License-Identifier: Apache-2.0

// What of the course a run of the gate is about.
#ifndef WORKBOOK_TOOLS_AUTHORING_CHOICE_H_
#define WORKBOOK_TOOLS_AUTHORING_CHOICE_H_

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "tools/authoring/gate.h"
#include "tools/authoring/gate_log.h"
#include "tools/authoring/scope.h"
#include "tools/bazel_client/bazel.h"
#include "tools/course/course.h"

namespace workbook {

// Thread safety: one thread.
class Choice {
 public:
  // REQUIRES: all three outlive this.
  Choice(const VerifyOptions& options, Bazel& bazel, GateLog& log)
      : options_(options), bazel_(bazel), log_(log) {}

  // Takes of `course` the exercises that the options name, or that a change
  // can have broken, and says why.
  // On failure: false, where that cannot be known, which is told.
  bool Choose(Course& course);

  // Whether no exercise was named: what is cheap is done for all of the tree.
  bool WholeTree() const { return options_.exercises.empty(); }

  // Whether what is not cheap is, too.
  bool WholeCourse() const {
    return WholeTree() && (!options_.changed || scope_.everything);
  }

  // Whether some of the tools' own tests are part of it.
  bool TestsTools() const {
    return WholeCourse() || !scope_.tool_tests.empty();
  }

  // Whether there is something to do.
  bool Empty() const { return exercises_.empty() && !options_.changed; }

  const std::vector<Exercise>& exercises() const { return exercises_; }
  const std::set<std::string>& tool_tests() const { return scope_.tool_tests; }

  // "02_02, 3 of 7": what is left of the exercises.
  std::string Place(std::size_t index) const;

  // Whether a problem of a manifest is one of an exercise that was asked for.
  bool Concerns(const Problem& problem) const;

 private:
  bool FindScope(const Course& course);
  void TellUnknown(Course& course);
  bool IsAsked(const std::string& id) const;

  const VerifyOptions& options_;
  Bazel& bazel_;
  GateLog& log_;
  Scope scope_;
  std::vector<Exercise> exercises_;
};

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_CHOICE_H_
