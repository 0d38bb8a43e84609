#include "tools/grade/class_exports.h"

#include <fmt/core.h>

#include <cctype>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <system_error>

#include "tools/grade/exports.h"
#include "tools/grade/feedback.h"
#include "tools/text/text_file.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

void Write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  if (const std::error_code error = ReplaceTextFile(path, text)) {
    throw std::system_error(error, path.string());
  }
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
    : path_(path),
      part_(path.string() + ".part"),
      stream_(part_, std::ios::binary | std::ios::trunc) {
  if (!stream_) {
    throw std::system_error(errno, std::generic_category(), part_.string());
  }
}

GrowingFile::~GrowingFile() {
  std::error_code ignored;
  fs::remove(part_, ignored);
}

void GrowingFile::Add(const std::string& text) {
  errno = 0;
  if (!(stream_ << text)) {
    throw std::system_error(errno == 0 ? EIO : errno, std::generic_category(),
                            part_.string());
  }
}

void GrowingFile::Finish() {
  errno = 0;
  stream_.close();
  if (!stream_) {
    throw std::system_error(errno == 0 ? EIO : errno, std::generic_category(),
                            part_.string());
  }
  fs::rename(part_, path_);
}

ClassExports::ClassExports(const fs::path& out, const Plan& plan,
                           const MarkRules& rules)
    : out_(out),
      rules_(rules),
      results_(out / "result.json"),
      junit_(out / "junit.xml"),
      overview_(plan) {
  results_.Add("{\"schema\": 1, \"results\": [");
  junit_.Add(kJUnitHead);
}

void ClassExports::Add(const Result& result) {
  results_.Add((marks_.empty() ? "\n" : ",\n") +
               nlohmann::json(result).dump(
                   -1, ' ', true, nlohmann::json::error_handler_t::replace));
  junit_.Add(JUnitSuite(result));
  overview_.Add(result);
  const std::string name = FileName(marks_.size(), result.student);
  Write(out_ / "gradescope" / (name + ".json"),
        GradescopeResults(result, rules_));
  Write(out_ / "feedback" / (name + ".html"), FeedbackHtml(result, rules_));
  marks_.push_back({result.student, result.state != "infrastructure",
                    result.points, result.max_points});
}

void ClassExports::Finish() {
  results_.Add("\n]}\n");
  results_.Finish();
  junit_.Add(kJUnitEnd);
  junit_.Finish();
  Write(out_ / "class.html", overview_.Html());
}

}  // namespace workbook::grade
