// SPDX-License-Identifier: Apache-2.0

// named_test PATCH OUT SOURCE...: writes into OUT the one SOURCE of a test that
// declares all the tests that the mutant PATCH names, without the other tests.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tools/authoring/mutant_patch.h"
#include "tools/authoring/named_tests.h"
#include "tools/authoring/test_names.h"
#include "tools/text/text_file.h"

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() < 3) {
    fmt::print(stderr, "usage: named_test PATCH OUT SOURCE...\n");
    return 2;
  }
  const std::string& patch_path = arguments[0];
  const workbook::MutantPatchResult read =
      workbook::ReadMutantPatch(patch_path);
  if (!read.ok) {
    fmt::print(stderr, "{}\n", read.message);
    return 1;
  }
  const std::vector<std::string>& names = read.patch.caught_by;
  const auto declares_all = [&names](const std::string& source) {
    const auto tests =
        workbook::DeclaredTests(workbook::ReadTextFile(source).value_or(""));
    return std::all_of(names.begin(), names.end(), [&](const auto& name) {
      return workbook::IsDeclared(tests, name);
    });
  };
  const auto source =
      std::find_if(arguments.begin() + 2, arguments.end(), declares_all);
  if (source == arguments.end()) {
    fmt::print(stderr,
               "{}:2: no source of the test declares {}. Fix: name tests of "
               "one source as `Caught by: Suite.Test`.\n",
               patch_path, fmt::join(names, " and "));
    return 1;
  }
  const std::string text = workbook::OnlyNamedTests(
      *source, workbook::ReadTextFile(*source).value_or(""), names);
  if (const auto error = workbook::ReplaceTextFile(arguments[1], text)) {
    fmt::print(stderr,
               "{}: can't be written: {}. Fix: make room on the disk.\n",
               arguments[1], error.message());
    return 1;
  }
  return 0;
}
