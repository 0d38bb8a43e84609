// SPDX-License-Identifier: Apache-2.0

// A course of one exercise with two tasks, whose compiler, linker and tests are
// shell scripts: an object is a piece of a script, a program all its pieces.
#ifndef WORKBOOK_TOOLS_WORKBOOK_DIRECT_SAMPLE_PLACE_H_
#define WORKBOOK_TOOLS_WORKBOOK_DIRECT_SAMPLE_PLACE_H_

#include <optional>
#include <string>

#include "tools/process/scratch_folder.h"
#include "tools/workbook/direct/direct.h"

namespace workbook::direct {

inline constexpr char kOne[] = "//exercises/09_09:one_test";
inline constexpr char kTwo[] = "//exercises/09_09:two_test";
// What a source says to be green, and red.
inline constexpr char kGreen[] = "echo green > \"$XML_OUTPUT_FILE\"; exit 0\n";
inline constexpr char kRed[] = "echo red > \"$XML_OUTPUT_FILE\"; exit 1\n";

class SamplePlace {
 public:
  SamplePlace();

  const Place& place() const { return place_; }
  std::string PathOf(const std::string& file) const;  // below the root
  std::string Read(const std::string& file) const;
  void Write(const std::string& file, const std::string& text) const;

  // What Bazel would leave and say: everything is compiled, `one` and `two`
  // are the results.
  BuildEvents Bazel(const std::string& one, const std::string& two);
  // Both, and remembered.
  void BuildWithBazel(const std::string& one = "PASSED",
                      const std::string& two = "PASSED");
  Questions Answers();
  int times_asked() const { return times_asked_; }

  std::optional<BuildEvents> Test() const { return TestDirectly(place_); }

  // How often a program of the sample ran.
  int Runs(const std::string& program) const;

 private:
  std::string Actions() const;

  const ScratchFolder scratch_;
  Place place_;
  std::string execution_root_;
  int times_asked_ = 0;
};

}  // namespace workbook::direct

#endif  // WORKBOOK_TOOLS_WORKBOOK_DIRECT_SAMPLE_PLACE_H_
