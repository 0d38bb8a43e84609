// SPDX-License-Identifier: Apache-2.0

// What every judgement about one task starts from.
#ifndef WORKBOOK_TOOLS_WORKBOOK_EVIDENCE_H_
#define WORKBOOK_TOOLS_WORKBOOK_EVIDENCE_H_

#include <filesystem>
#include <string>

#include "tools/bazel_client/build_events.h"
#include "tools/course/course.h"

namespace workbook::cli {

// Views: they outlive it.
struct Evidence {
  const std::filesystem::path& root;
  const Exercise& exercise;
  const BuildEvents& events;

  // "exercises/01_02/"
  std::string Folder() const { return exercise.folder.string() + "/"; }
};

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_EVIDENCE_H_
