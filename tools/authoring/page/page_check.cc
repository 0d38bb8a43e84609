// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/page/page_check.h"

#include <algorithm>
#include <cstdlib>
#include <regex>
#include <set>

#include "tools/authoring/page/inclusion.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFigure = "<!-- figure:";
constexpr std::string_view kFigureEnd = "<!-- end -->";

bool IsElsewhere(const std::string& target) {
  return target.find("://") != target.npos || target.starts_with("mailto:");
}

// Whether the file has `anchor`: a heading, or "L12" for a line.
bool HasAnchor(const fs::path& file, const std::string& anchor) {
  const auto text = ReadTextFile(file);
  if (!text) return false;
  if (file.extension() == ".md") {
    return AnchorsOf(ReadMarkdown(*text)).count(anchor) != 0;
  }
  const auto lines = static_cast<int>(SplitLines(*text).size());
  const int line = anchor.starts_with('L') ? std::atoi(anchor.c_str() + 1) : 0;
  return line >= 1 && line <= lines;
}

std::string WithoutFigures(std::string text) {
  for (std::size_t at = text.find(kFigure); at != text.npos;
       at = text.find(kFigure, at)) {
    const std::size_t end = text.find(kFigureEnd, at);
    if (end == text.npos) break;
    text.erase(at, end + kFigureEnd.size() - at);
    // So that "<figure> ns" keeps no digit in front of its unit.
    text.insert(at, "_");
  }
  return text;
}

// Whether the table in front of a line was included: its comment is above it.
bool IsIncludedTable(const std::vector<MarkdownLine>& lines, std::size_t i) {
  while (i > 0 && lines[i].text.starts_with('|')) --i;
  return lines[i].kind == LineKind::kComment &&
         TrimSpace(lines[i].text).starts_with("<!-- table:");
}

// `name` is what fills the page: the exercise, or the file.
void CheckInclusions(const fs::path& root, const std::string& name,
                     const std::string& file, const std::string& text,
                     Check& check) {
  const FilledPage filled = FillPage(root, file, text);
  check.problems.insert(check.problems.end(), filled.problems.begin(),
                        filled.problems.end());
  for (const int line : filled.changed) {
    check.problems.push_back(
        ProblemIn(file, line, "", "differs from what its comment includes",
                  "run `bazel run //tools/authoring:pages -- " + name +
                      "`; edit the source, never the page"));
  }
}

// What holds in each page of the book.
void CheckText(const fs::path& root, const std::string& name,
               const fs::path& page, const std::string& text, Check& check) {
  const std::vector<MarkdownLine> lines = ReadMarkdown(text);
  CheckLinks(root, page, lines, check);
  CheckTimes(page.string(), lines, check);
  CheckInclusions(root, name, page.string(), text, check);
}

// `first` is another page of the same task; "" where there is none.
void CheckTaskPage(const fs::path& root, const Exercise& exercise,
                   const TaskPage& own, const std::string& first,
                   Check& check) {
  const std::string file = own.file.string();
  const auto tasks = static_cast<int>(exercise.tasks.size());
  if (own.task > tasks) {
    check.problems.push_back(ProblemIn(
        file, 0, "",
        "is the page of task " + std::to_string(own.task) + ", and " +
            exercise.id + " has " + std::to_string(tasks) + " tasks",
        "rename it: behind " + exercise.id + "_ stands the task's number"));
  } else if (!first.empty()) {
    check.problems.push_back(
        ProblemIn(file, 0, "",
                  "is a second page of task " + std::to_string(own.task) +
                      ", beside " + first,
                  "make it one page: the command leads a learner to one"));
  } else if (const auto text = ReadTextFile(root / own.file)) {
    CheckTaskTemplate(exercise,
                      exercise.tasks[static_cast<std::size_t>(own.task - 1)],
                      {own.file, ReadMarkdown(*text)}, check);
    CheckText(root, exercise.id, own.file, *text, check);
  }
}

// The pages in chapters/ and its folders that are not of `exercises`.
std::vector<fs::path> CoursePages(const fs::path& root,
                                  const std::vector<Exercise>& exercises) {
  std::set<fs::path> pages;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(root / "chapters", error), end;
       !error && entry != end; entry.increment(error)) {
    if (entry->path().extension() == ".md") {
      pages.insert(entry->path().lexically_relative(root));
    }
  }
  for (const Exercise& exercise : exercises) {
    for (const fs::path& page : exercise.Pages(root)) pages.erase(page);
  }
  return {pages.begin(), pages.end()};
}

// A page "NN_MM..." is of an exercise.
void CheckHasExercise(const fs::path& page,
                      const std::vector<Exercise>& exercises, Check& check) {
  static const std::regex of_exercise(R"((\d\d_\d\d)(?:_.*)?\.md)");
  std::smatch match;
  const std::string name = page.filename().string();
  if (!std::regex_match(name, match, of_exercise)) return;
  const auto is_its = [&match](const Exercise& exercise) {
    return exercise.id == match[1];
  };
  if (std::any_of(exercises.begin(), exercises.end(), is_its)) return;
  check.problems.push_back(
      ProblemIn(page.string(), 0, "",
                "is a page of " + match[1].str() + ", which is no exercise",
                "add exercises/" + match[1].str() + ", or rename the page"));
}

// Each row of a table leads to a place of a page, not to its beginning.
void CheckTopics(const std::string& file, const std::string& text,
                 Check& check) {
  static const std::regex place(R"(\]\([^)#]+\.md#[^)]+\))");
  int number = 0;
  int row = 0;  // of the table: the first is its head, the second a rule
  for (const std::string_view line : SplitLines(text)) {
    ++number;
    row = line.starts_with('|') ? row + 1 : 0;
    if (row <= 2 || std::regex_search(std::string(line), place)) continue;
    check.problems.push_back(ProblemIn(
        file, number, "", "names a topic, and no place that has it",
        "link the heading: [03_01](03_everyday/03_01.md#key-points)"));
  }
}

}  // namespace

void CheckLinks(const fs::path& root, const fs::path& file,
                const std::vector<MarkdownLine>& lines, Check& check) {
  for (const MarkdownLink& link : LinksOf(lines)) {
    if (IsElsewhere(link.target)) continue;
    const std::size_t hash = link.target.find('#');
    const std::string path = link.target.substr(0, hash);
    const fs::path target =
        path.empty() ? file : (file.parent_path() / path).lexically_normal();
    std::error_code ignored;
    const bool leaves =
        target.string().starts_with("..") || path.starts_with('/');
    if (leaves || !fs::exists(root / target, ignored)) {
      check.problems.push_back(
          ProblemIn(file.string(), link.line, "",
                    "links to " + link.target + ", which is not there",
                    "correct the path; it begins in the folder of this page"));
    } else if (hash != link.target.npos &&
               !HasAnchor(root / target, link.target.substr(hash + 1))) {
      check.problems.push_back(ProblemIn(
          file.string(), link.line, "",
          "links to " + link.target + ", and " + target.string() +
              " has no such heading",
          "write the heading in small letters, with - for blanks and without "
          "other signs"));
    }
  }
}

void CheckTimes(const std::string& file, const std::vector<MarkdownLine>& lines,
                Check& check) {
  static const std::regex time_pattern(
      "[0-9] ?(?:ns|us|µs|ms|nanoseconds|microseconds|milliseconds)"
      "(?![A-Za-z0-9_])");
  std::size_t begin = 0;
  while (begin < lines.size()) {
    std::size_t end = begin;
    std::string paragraph;
    std::size_t time_line = lines.size();
    for (; end < lines.size() && lines[end].kind == LineKind::kProse &&
           !TrimSpace(lines[end].text).empty();
         ++end) {
      paragraph += lines[end].text + "\n";
      const std::string text = WithoutFigures(lines[end].text);
      if (std::regex_search(text, time_pattern) &&
          !IsIncludedTable(lines, end)) {
        time_line = std::min(time_line, end);
      }
    }
    if (time_line < lines.size() &&
        paragraph.find("](http") == paragraph.npos) {
      check.problems.push_back(ProblemIn(
          file, static_cast<int>(time_line) + 1, "",
          "has a time that was typed",
          "include it with `<!-- figure: "
          "docs/benchmarks/NN_MM.json#CASE/ROW#FIELD -->1<!-- end -->`, or "
          "link to where it was published"));
    }
    begin = std::max(end, begin + 1);
  }
}

Check CheckPage(const fs::path& root, const Exercise& exercise) {
  Check check{exercise.id + " page", {}, {}};
  const auto text = ReadTextFile(root / exercise.page);
  if (!text) return check;
  const std::vector<TaskPage> own = exercise.TaskPages(root);
  CheckTemplate(exercise, ReadMarkdown(*text), own, check);
  CheckText(root, exercise.id, exercise.page, *text, check);
  for (std::size_t i = 0; i < own.size(); ++i) {
    const std::string before = i == 0 ? "" : own[i - 1].file.string();
    const bool is_second = i > 0 && own[i - 1].task == own[i].task;
    CheckTaskPage(root, exercise, own[i], is_second ? before : "", check);
  }
  const auto readme = ReadTextFile(root / exercise.readme);
  if (readme) CheckLinks(root, exercise.readme, ReadMarkdown(*readme), check);
  return check;
}

Check CheckCoursePages(const fs::path& root,
                       const std::vector<Exercise>& exercises) {
  Check check{"course pages", {}, {}};
  // A missing page is told already; each link to it would tell it again.
  for (const Exercise& exercise : exercises) {
    if (!fs::exists(root / exercise.page)) return check;
  }
  for (const fs::path& page : CoursePages(root, exercises)) {
    const std::string file = page.string();
    const std::string text = ReadTextFile(root / page).value_or("");
    CheckText(root, file, page, text, check);
    CheckHasExercise(page, exercises, check);
    if (page.filename() == "topics.md") CheckTopics(file, text, check);
  }
  return check;
}

}  // namespace workbook
