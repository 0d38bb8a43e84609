// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/lay_out/lay_out.h"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <system_error>
#include <utility>

#include "tools/authoring/generate.h"
#include "tools/authoring/page/inclusion.h"
#include "tools/course/course.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEnding = ".in";
constexpr std::size_t kMaxComponent = 30;

bool IsDigit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

bool IsLowerName(std::string_view text) {
  return !text.empty() && text.front() >= 'a' && text.front() <= 'z' &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return IsDigit(c) || c == '_' || (c >= 'a' && c <= 'z');
         });
}

bool IsId(std::string_view text) {
  return text.size() == 5 && IsDigit(text[0]) && IsDigit(text[1]) &&
         text[2] == '_' && IsDigit(text[3]) && IsDigit(text[4]);
}

std::string Replaced(std::string text, std::string_view from,
                     std::string_view to) {
  for (std::size_t at = text.find(from); at != text.npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

class Layout {
 public:
  Layout(fs::path root, fs::path templates, const NewExercise& exercise)
      : root_(std::move(root)),
        templates_(std::move(templates)),
        exercise_(exercise) {}

  LayOutReport Run() {
    CheckArguments();
    if (report_.refused.empty()) CheckFolders();
    if (report_.refused.empty()) WriteTemplates();
    if (report_.refused.empty()) GenerateParts();
    return std::move(report_);
  }

 private:
  void Refuse(const std::string& message) {
    report_.refused.push_back(message);
  }

  void CheckArguments() {
    const std::string& id = exercise_.id;
    if (!IsId(id)) {
      Refuse("the id is `" + id +
             "`. Fix: write two digits, _, two digits, like 03_09.");
      return;
    }
    if (exercise_.title.empty() ||
        exercise_.title.find_first_of("\"\\\n|") != std::string::npos) {
      Refuse("the title is `" + exercise_.title +
             "`. Fix: write a few words without quotes, \\ and |.");
    }
    if (!IsLowerName(exercise_.component) ||
        exercise_.component.size() > kMaxComponent ||
        exercise_.component.ends_with("_test") ||
        exercise_.component.ends_with("_bench")) {
      Refuse("the component is `" + exercise_.component +
             "`. Fix: write a name like growth_policy: small letters, digits "
             "and _, at most 30 signs, without _test or _bench at its end.");
    }
    CheckChapter(id.substr(0, 3));
  }

  void CheckChapter(const std::string& number) {
    const std::string& chapter = exercise_.chapter;
    if (!chapter.starts_with(number) || !IsLowerName(chapter.substr(3))) {
      Refuse("the chapter is `" + chapter + "`. Fix: write " + number +
             "NAME in small letters: the two digits are those of the id.");
      return;
    }
    std::error_code error;
    for (const auto& entry :
         fs::directory_iterator(root_ / "chapters", error)) {
      const std::string name = entry.path().filename().string();
      if (!entry.is_directory() || !name.starts_with(number)) continue;
      if (name == chapter) return;
      Refuse("chapters/" + name + ": is the chapter " + number.substr(0, 2) +
             ", and not " + chapter + ". Fix: write " + name + ".");
      return;
    }
  }

  void CheckFolders() {
    for (const std::string folder : {"exercises/", "solutions/"}) {
      std::error_code ignored;
      if (!fs::exists(root_ / folder / exercise_.id, ignored)) continue;
      Refuse(folder + exercise_.id +
             ": is there already. Fix: choose another id, or remove the "
             "folder if it holds nothing that is needed.");
      return;
    }
    if (!fs::is_directory(templates_)) {
      Refuse(templates_.string() +
             ": is not there. Fix: start in a whole checkout, with bazel run "
             "//tools/authoring:new_exercise.");
    }
  }

  std::string Filled(std::string text) const {
    std::string guard = exercise_.id + "_" + exercise_.component;
    std::transform(guard.begin(), guard.end(), guard.begin(), [](char c) {
      return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    });
    text = Replaced(std::move(text), "@ID@", exercise_.id);
    text = Replaced(std::move(text), "@TITLE@", exercise_.title);
    text = Replaced(std::move(text), "@CHAPTER@", exercise_.chapter);
    text = Replaced(std::move(text), "@STEM@", exercise_.component);
    text =
        Replaced(std::move(text), "@NAME@", FunctionName(exercise_.component));
    return Replaced(std::move(text), "@GUARD@", guard);
  }

  // "exercises/ID/STEM_test.cc.in" is exercises/03_09/growth_policy_test.cc.
  std::string PathOf(const fs::path& file) const {
    std::string path = file.lexically_relative(templates_).string();
    path.resize(path.size() - kEnding.size());
    path = Replaced(std::move(path), "/ID/", "/" + exercise_.id + "/");
    path = Replaced(std::move(path), "/ID.", "/" + exercise_.id + ".");
    path = Replaced(std::move(path), "CHAPTER", exercise_.chapter);
    return Replaced(std::move(path), "STEM", exercise_.component);
  }

  void WriteTemplates() {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(templates_)) {
      // In a sandbox they are symbolic links.
      if (!fs::is_directory(entry.status()) &&
          entry.path().string().ends_with(kEnding)) {
        files.push_back(entry.path());
      }
    }
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) {
      WriteFile(PathOf(file), Filled(ReadTextFile(file).value_or("")));
    }
  }

  void WriteFile(const std::string& path, const std::string& text) {
    std::error_code error;
    if (fs::exists(root_ / path, error)) {
      report_.kept.push_back(path);
      return;
    }
    fs::create_directories((root_ / path).parent_path(), error);
    if (!error) error = ReplaceTextFile(root_ / path, text);
    if (error) {
      Refuse(path + ": can't be written: " + error.message() +
             ". Fix: make its folder writable.");
    } else {
      report_.written.push_back(path);
    }
  }

  // The stubs, and the code in the page.
  void GenerateParts() {
    const CourseResult loaded = LoadCourse(root_);
    const Exercise* const exercise = loaded.course.Find(exercise_.id);
    if (exercise == nullptr) {
      for (const Problem& problem : loaded.problems) Refuse(problem.Text());
      return;
    }
    const GenerateReport stubs = Generate(root_, *exercise, /*force=*/false);
    report_.written.insert(report_.written.end(), stubs.written.begin(),
                           stubs.written.end());
    report_.refused.insert(report_.refused.end(), stubs.refused.begin(),
                           stubs.refused.end());
    const std::string page = exercise->page.string();
    if (std::find(report_.kept.begin(), report_.kept.end(), page) !=
        report_.kept.end()) {
      return;
    }
    const FilledPage filled =
        FillPage(root_, page, ReadTextFile(root_ / page).value_or(""));
    for (const Problem& problem : filled.problems) Refuse(problem.Text());
    if (const auto error = ReplaceTextFile(root_ / page, filled.text)) {
      Refuse(page + ": can't be written: " + error.message() +
             ". Fix: make its folder writable.");
    }
  }

  const fs::path root_;
  const fs::path templates_;
  const NewExercise& exercise_;
  LayOutReport report_;
};

}  // namespace

std::string FunctionName(const std::string& component) {
  std::string name;
  bool is_first = true;
  for (const char c : component) {
    if (c == '_') {
      is_first = true;
      continue;
    }
    name += is_first
                ? static_cast<char>(std::toupper(static_cast<unsigned char>(c)))
                : c;
    is_first = false;
  }
  return name;
}

LayOutReport LayOut(const fs::path& root, const fs::path& templates,
                    const NewExercise& exercise) {
  return Layout(root, templates, exercise).Run();
}

}  // namespace workbook
