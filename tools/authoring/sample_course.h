// SPDX-License-Identifier: Apache-2.0

// A copy of testdata/course that a test may break, and a Bazel that answers as
// the installed one does over the whole sample.
#ifndef WORKBOOK_TOOLS_AUTHORING_SAMPLE_COURSE_H_
#define WORKBOOK_TOOLS_AUTHORING_SAMPLE_COURSE_H_

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tools/bazel_client/bazel.h"
#include "tools/course/exercise.h"
#include "tools/process/scratch_folder.h"

namespace workbook {

class SampleCourse {
 public:
  SampleCourse();

  const std::filesystem::path& root() const { return folder_.path(); }

  // The exercise 01_01, as its manifest says.
  Exercise exercise() const;

  std::string Read(const std::string& file) const;
  void Write(const std::string& file, const std::string& text);
  void Remove(const std::string& file);

  // Replaces `from`, which must be there.
  void Replace(const std::string& file, const std::string& from,
               const std::string& to);

 private:
  ScratchFolder folder_;
};

// Everything is built and green until a test says otherwise.
class FakeBazel : public Bazel {
 public:
  explicit FakeBazel(const SampleCourse& course);

  BazelRun BuildOrTest(const std::string& command,
                       const std::vector<std::string>& arguments) override;
  BazelRun Run(const std::string& label, const std::vector<std::string>& flags,
               const std::vector<std::string>& arguments) override;
  std::optional<std::vector<std::string>> Query(const std::string& expression,
                                                std::string& error) override;

  // What it is asked for, as one line each: "test --config=asan -- //x".
  std::vector<std::string> commands;

  // What it answers.
  std::set<std::string> rules;
  std::set<std::string> tests;
  std::set<std::string> references;
  std::set<std::string> threaded;
  std::set<std::string> races;
  std::vector<std::string> rows;
  std::string query_error;                  // not empty: queries fail
  std::map<std::string, BazelRun> run_for;  // by a part of the command
};

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_SAMPLE_COURSE_H_
