// SPDX-License-Identifier: Apache-2.0

#include "tools/release/sample_release.h"

#include <algorithm>

#include "tools/process/process.h"

namespace workbook::release {

namespace fs = std::filesystem;

SampleRelease::SampleRelease() {
  course_.Write("WORKSPACE", "# a sample\n");
  course_.Write("exercises/way.toml", "way = [\"01_02\", \"01_01\"]\n");
  course_.Write("tools/release/contents.txt", kSampleContents);
  course_.Write("tools/release/copy/README.md", "# Copy\n@EXERCISES@\n");
  course_.Replace("solutions/01_01/counter.h",
                  "  int Next() { return ++last_; }\n",
                  "  int Next() {\n" + std::string(kSampleBody) + "  }\n");
  Git({"init", "-q"});
  Commit();
}

void SampleRelease::Git(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(),
                   {"git", "-c", "user.name=a", "-c", "user.email=a@b"});
  ProcessOptions options;
  options.working_directory = course_.root().string();
  const ProcessResult result = RunProcess(arguments, options);
  ASSERT_TRUE(result.ExitedWith(0)) << result.errors;
}

void SampleRelease::Commit() {
  Git({"add", "-A"});
  Git({"commit", "-q", "-m", "course"});
}

ReleaseResult SampleRelease::Run(const fs::path& out,
                                 std::vector<std::string> exercises) {
  said_.clear();
  return Release({course_.root(), out, std::move(exercises), false,
                  [this](const std::string& line) { said_ += line + "\n"; }});
}

void SampleRelease::ExpectProblem(const fs::path& out, const std::string& what,
                                  std::vector<std::string> exercises) {
  const ReleaseResult result = Run(out, std::move(exercises));
  ASSERT_EQ(result.problems.size(), 1u) << what;
  EXPECT_NE(result.problems[0].what.find(what), std::string::npos)
      << result.problems[0].what;
  EXPECT_NE(result.problems[0].where, "");
  EXPECT_NE(result.problems[0].next, "");
}

void SampleRelease::ExpectLeak(const std::string& file,
                               const std::string& what) {
  const ReleaseResult result = Run(out_);
  std::string all;
  for (const Finding& finding : result.findings) all += finding.Text() + "\n";
  const bool found = std::any_of(
      result.findings.begin(), result.findings.end(), [&](const Finding& f) {
        return f.file == file && f.what.find(what) != std::string::npos &&
               !f.fix.empty();
      });
  EXPECT_TRUE(found) << file << ": " << what << "\nin:\n" << all << said_;
  EXPECT_FALSE(fs::exists(out_));
  EXPECT_FALSE(fs::exists(out_.string() + ".partial"));
}

}  // namespace workbook::release
