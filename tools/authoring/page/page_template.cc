// SPDX-License-Identifier: Apache-2.0

// The parts that a page has, in their order.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "tools/authoring/page/page_check.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

using Lines = std::vector<MarkdownLine>;

constexpr int kMaxHookWords = 80;
constexpr int kMinPageWords = 1200;
constexpr int kMaxPageWords = 2500;
constexpr int kMinSectionWords = 300;
constexpr int kMaxSectionWords = 700;
constexpr int kMaxTaskPageWords = 1200;

// What begins a paragraph, and what to write there.
struct Part {
  std::string_view begin;
  std::string_view fix;
};

constexpr std::array<Part, 3> kFront = {{
    {"**You will be able to**", "three to five things, each with a verb"},
    {"**You need**", "what to know and to have, with links"},
    {"**Words**", "at most six terms, a line each"},
}};

constexpr std::array<Part, 8> kOfTask = {{
    {"**Why.**", "the wasteful code, at most 15 lines, and what it costs"},
    {"**Idea.**", "the mechanism, then its cost, at most 150 words"},
    {"**Picture.**", "a drawing of the mechanism"},
    {"**Worked example.**", "one run with small numbers, by hand"},
    {"**Invariants**", "a numbered list, each with the test that holds it"},
    {"**Predict.**", "a question that the coming test answers"},
    {"**Do it.**", "files, command, minutes, what green proves and what not"},
    {"**Traps.**", "mistake, symptom and fix, from the mutants"},
}};

constexpr std::string_view kQuestions = "## Check yourself";

constexpr std::array<Part, 6> kBehind = {{
    {"## What it costs", "rows that a command wrote, and how to read them"},
    {"## Key points", "five sentences"},
    {"## Expected outcomes", "boxes to tick: what the learner can do now"},
    {kQuestions, "three scenarios, criteria folded in <details>"},
    {"## In Go", "80 words, with the version"},
    {"## Going deeper", "the deep tasks, reading and talks"},
}};

class TemplateCheck {
 public:
  TemplateCheck(const Exercise& exercise, const fs::path& file,
                const Lines& lines, Check& check)
      : exercise_(exercise),
        file_(file.string()),
        lines_(lines),
        check_(check) {}

  void RunWithout(const std::vector<TaskPage>& own) {
    const std::size_t first = NextSection(0);
    CheckFront(first);
    std::size_t behind = first;
    for (const Task& task : exercise_.tasks) {
      const auto page = std::find_if(
          own.begin(), own.end(),
          [&task](const TaskPage& one) { return one.task == task.number; });
      if (page == own.end()) {
        CheckTask(task, behind);
      } else {
        CheckIsElsewhere(task, page->file);
      }
    }
    for (const Part& part : kBehind) CheckSection(part, behind);
    CheckWords(deep_words_ == 0 ? "the page"
                                : "the page without the sections of deep tasks",
               1, CountWords(lines_, 0, lines_.size()) - deep_words_,
               kMinPageWords, kMaxPageWords);
  }

  void RunOnPageOf(const Task& task) {
    std::size_t behind = 0;
    CheckTask(task, behind);
    CheckFold(Find(kQuestions, 0, lines_.size()));
    CheckLinkTo(exercise_.page, 0, "the exercise's page");
    CheckWords("the page of a task", 1, CountWords(lines_, 0, lines_.size()),
               kMinSectionWords, kMaxTaskPageWords);
  }

 private:
  void Refuse(std::size_t line, const std::string& what,
              const std::string& fix) {
    check_.problems.push_back(
        ProblemIn(file_, static_cast<int>(line) + 1, "", what, fix));
  }

  // The index of the next line "## ..." from `from` on, or the end.
  std::size_t NextSection(std::size_t from) const {
    while (from < lines_.size() && !(lines_[from].kind == LineKind::kHeading &&
                                     lines_[from].text.starts_with("## "))) {
      ++from;
    }
    return from;
  }

  std::size_t Find(std::string_view begin, std::size_t from,
                   std::size_t to) const {
    while (from < to && !(lines_[from].text.starts_with(begin) &&
                          (lines_[from].kind == LineKind::kProse ||
                           lines_[from].kind == LineKind::kHeading))) {
      ++from;
    }
    return from;
  }

  // Tells of each part that is not there in lines [begin, end).
  template <typename Parts>
  void CheckParts(const Parts& parts, const std::string& where,
                  std::size_t begin, std::size_t end) {
    for (const Part& part : parts) {
      if (Find(part.begin, begin, end) < end) continue;
      Refuse(
          begin, fmt::format("has no paragraph `{}` {}", part.begin, where),
          fmt::format("begin a paragraph with `{}`: {}", part.begin, part.fix));
    }
  }

  void CheckWords(const std::string& where, int line, int words, int least,
                  int most) {
    if (words >= least && words <= most) return;
    Refuse(static_cast<std::size_t>(line - 1),
           fmt::format("has {} words in {}, and may have {} to {}", words,
                       where, least, most),
           words < least ? "say more: an example, a picture in words, a trap"
                         : "say less, or give a second idea a page of its own");
  }

  void CheckFront(std::size_t end) {
    CheckParts(kFront, "in front of the first section", 0, end);
    std::size_t begin = 0;
    while (begin < end && lines_[begin].kind != LineKind::kHeading) ++begin;
    std::size_t aims = Find(kFront[0].begin, 0, end);
    if (begin == end) return;  // no title: another check says so
    const int words = CountWords(lines_, begin + 1, aims);
    if (words == 0) {
      Refuse(begin, "has no hook below its title",
             "begin with a piece of code and a measured surprise, at most 80 "
             "words");
    } else if (words > kMaxHookWords) {
      Refuse(begin,
             fmt::format("has {} words in its hook, and may have {}", words,
                         kMaxHookWords),
             "keep the code and the surprise; the rest belongs to a section");
    }
  }

  static std::string HeadingOf(const Task& task) {
    return fmt::format("## {}. ", task.number);
  }

  // The pages of an exercise are in one folder.
  void CheckLinkTo(const fs::path& page, std::size_t line,
                   const std::string& what) {
    const std::string name = page.filename().string();
    for (const MarkdownLink& link : LinksOf(lines_)) {
      if (link.target.substr(0, link.target.find('#')) == name) return;
    }
    Refuse(line, fmt::format("has no link to {}, {}", name, what),
           fmt::format("write `[...]({})`", name));
  }

  // The section of `task` stands in `page`, and only there.
  void CheckIsElsewhere(const Task& task, const fs::path& page) {
    const std::string heading = HeadingOf(task);
    const std::size_t begin = Find(heading, 0, lines_.size());
    if (begin < lines_.size()) {
      Refuse(begin,
             fmt::format("has a section `{}`, and so has {}", heading,
                         page.string()),
             "keep one: a task has a page of its own, or a section here");
    }
    CheckLinkTo(page, 0, fmt::format("the page of task {}", task.number));
  }

  void CheckTask(const Task& task, std::size_t& from) {
    const std::string heading = HeadingOf(task);
    const std::size_t begin = Find(heading, from, lines_.size());
    if (begin == lines_.size()) {
      Refuse(from,
             fmt::format("has no section `{}` for task {}, in order", heading,
                         task.number),
             fmt::format("write `{}{}` and its parts", heading, task.title));
      return;
    }
    from = NextSection(begin + 1);
    const std::string where =
        fmt::format("in the section of task {}", task.number);
    CheckParts(kOfTask, where, begin, from);
    const int words = CountWords(lines_, begin, from);
    if (task.level == Level::kDeep) deep_words_ += words;
    CheckWords("the section of task " + std::to_string(task.number),
               static_cast<int>(begin) + 1, words, kMinSectionWords,
               kMaxSectionWords);
  }

  void CheckSection(const Part& part, std::size_t& from) {
    const std::size_t begin = Find(part.begin, from, lines_.size());
    if (begin == lines_.size()) {
      Refuse(from == 0 ? 0 : from - 1,
             fmt::format("has no section `{}` behind the tasks, in order",
                         part.begin),
             fmt::format("write `{}`: {}", part.begin, part.fix));
      return;
    }
    from = NextSection(begin + 1);
    if (part.begin == kQuestions) CheckFold(begin);
  }

  // Answers to the questions below line `begin`, if that is one, are folded.
  void CheckFold(std::size_t begin) {
    if (begin == lines_.size()) return;
    const std::size_t end = NextSection(begin + 1);
    if (Find("<details", begin, end) < end) return;
    Refuse(begin, fmt::format("has no <details> below `{}`", kQuestions),
           "fold each answer: `<details><summary>question</summary>`, answer, "
           "`</details>`");
  }

  const Exercise& exercise_;
  const std::string file_;
  const Lines& lines_;
  Check& check_;
  // Deep tasks have minutes of their own, and so has reading about them.
  int deep_words_ = 0;
};

}  // namespace

void CheckTemplate(const Exercise& exercise, const Lines& lines,
                   const std::vector<TaskPage>& own, Check& check) {
  TemplateCheck(exercise, exercise.page, lines, check).RunWithout(own);
}

void CheckTaskTemplate(const Exercise& exercise, const Task& task,
                       const PageLines& page, Check& check) {
  TemplateCheck(exercise, page.file, page.lines, check).RunOnPageOf(task);
}

}  // namespace workbook
