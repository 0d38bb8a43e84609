// SPDX-License-Identifier: Apache-2.0

// The real binary on a copy of the sample course, with a Bazel that replays
// what a real one left (testdata/record.sh). For tests.
#ifndef WORKBOOK_TOOLS_WORKBOOK_SAMPLE_WORKBOOK_H_
#define WORKBOOK_TOOLS_WORKBOOK_SAMPLE_WORKBOOK_H_

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "tools/process/process.h"
#include "tools/process/scratch_folder.h"

namespace workbook::cli {

class SampleWorkbook {
 public:
  // REQUIRES: runs among the runfiles of a test of this package.
  SampleWorkbook();

  // ./workbook with these words, no terminal, at most twenty seconds.
  // A `check` is of all tasks.
  ProcessResult Run(std::vector<std::string> arguments) const;
  // The same, word for word.
  ProcessResult RunAsTyped(std::vector<std::string> arguments) const;

  // What makes any program of this binary's behave as Run has it.
  std::vector<std::pair<std::string, std::string>> Environment() const;

  // A file of the copy; "(no such file)" where there is none.
  std::string Read(const std::string& relative) const;
  void Write(const std::string& relative, const std::string& text) const;

  // From now on the test program of a task of 09_01 left this log.
  void ReplayLog(const std::string& test, const std::string& log);
  // The same for any file of testdata/recorded.
  void ReplayFile(const std::string& relative, const std::string& text);

  // A file of testdata/recorded, as it was recorded.
  std::string Recorded(const std::string& relative) const;

  // The file of testdata/golden, as it is written.
  std::string Golden(const std::string& name) const;

  const std::filesystem::path& root() const { return root_; }
  const std::filesystem::path& data() const { return data_; }
  std::filesystem::path program() const;

  void set_bazel(const std::string& path) { bazel_ = path; }
  // FAKE_BAZEL and FAKE_BENCH: how the stand-ins misbehave.
  void set_fake_bazel(const std::string& way) { fake_bazel_ = way; }
  void set_fake_bench(const std::string& way) { fake_bench_ = way; }

 private:
  // A copy of the recordings, to be changed.
  std::filesystem::path OwnRecordings();

  const ScratchFolder scratch_;
  const std::filesystem::path data_;
  const std::filesystem::path root_;
  std::string bazel_;
  std::string fake_bazel_;
  std::string fake_bench_;
  std::string recorded_;
};

// Adds failures unless the command ended with `exit_code`, and its message has
// `what`, where and next.
void ExpectProblem(const ProcessResult& result, int exit_code,
                   const std::string& what);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_SAMPLE_WORKBOOK_H_
