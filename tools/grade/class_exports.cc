// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/class_exports.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <cctype>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>

#include "tools/grade/exports.h"
#include "tools/grade/feedback.h"
#include "tools/grade/whole_io.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

// The first line of result.json.
std::string ResultsHead(const std::string& level) {
  return "{\"schema\": 1, \"level\": \"" + level + "\", \"results\": [";
}

// A file name of ours for a student's name: letters, digits, '-' and '_', and
// its place in the list, so that no two are alike.
std::string FileName(std::size_t index, const std::string& student) {
  std::string name = fmt::format("{:04}_", index + 1);
  for (const char c : student.substr(0, 60)) {
    name +=
        std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' ? c : '_';
  }
  return name;
}

}  // namespace

GrowingFile::GrowingFile(const fs::path& path)
    : path_(path), part_(path.string() + ".part") {
  file_ = open(part_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file_ < 0) ThrowErrno(part_.string());
}

GrowingFile::~GrowingFile() {
  close(file_);
  std::error_code ignored;
  fs::remove(part_, ignored);
}

void GrowingFile::Add(const std::string& text) {
  WriteAt(file_, text, bytes_, part_.string());
  bytes_ += static_cast<off_t>(text.size());
}

void GrowingFile::Finish() {
  if (fsync(file_) != 0) ThrowErrno(part_.string());
  fs::rename(part_, path_);
}

std::string ExportedLevel(const fs::path& out) {
  std::ifstream file(out / "result.json");
  std::string head;
  std::getline(file, head);
  return head == ResultsHead("core") ? "core" : "all";
}

ClassExports::ClassExports(const fs::path& out, const Plan& plan,
                           const MarkRules& rules)
    : out_(out),
      rules_(rules),
      results_(out / "result.json"),
      junit_(out / "junit.xml"),
      overview_(plan) {
  fs::create_directories(out / "gradescope");
  fs::create_directories(out / "feedback");
  results_.Add(ResultsHead(rules.level));
  junit_.Add(kJUnitHead);
}

void ClassExports::Add(const Result& result) {
  results_.Add((marks_.empty() ? "\n" : ",\n") + JsonText(result));
  junit_.Add(JUnitSuite(result));
  overview_.Add(result);
  const std::string name = FileName(marks_.size(), result.student);
  WriteFile(out_ / "gradescope" / (name + ".json"),
            GradescopeResults(result, rules_));
  WriteFile(out_ / "feedback" / (name + ".html"), FeedbackHtml(result, rules_));
  marks_.push_back({result.student, result.state != "infrastructure",
                    result.points, result.max_points});
}

void ClassExports::Finish() {
  results_.Add("\n]}\n");
  results_.Finish();
  junit_.Add(kJUnitEnd);
  junit_.Finish();
  // Last: it also syncs the folder, and with it the two names above.
  WriteFile(out_ / "class.html", overview_.Html());
}

}  // namespace workbook::grade
