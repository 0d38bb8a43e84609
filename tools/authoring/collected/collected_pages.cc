// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/collected/collected_pages.h"

#include <algorithm>
#include <set>
#include <utility>

#include "tools/authoring/collected/page_parts.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

constexpr char kCommand[] = "bazel run //tools/authoring/collected:collect";
constexpr char kWritten[] =
    "Written by `bazel run //tools/authoring/collected:collect`.\n";

struct Page {
  const Exercise* exercise;
  fs::path file;
  std::string text;

  // "03_everyday/03_01.md"
  std::string Target() const {
    return file.lexically_relative("chapters").string();
  }
};

std::vector<Page> ReadPages(const fs::path& root,
                            const std::vector<Exercise>& exercises) {
  std::vector<Page> pages;
  for (const Exercise& exercise : exercises) {
    for (const fs::path& file : exercise.Pages(root)) {
      pages.push_back(
          {&exercise, file, ReadTextFile(root / file).value_or("")});
    }
  }
  return pages;
}

std::string Glossary(const std::vector<Page>& pages) {
  std::set<std::pair<std::string, std::string>> rows;  // by the word
  for (const Page& page : pages) {
    for (const Word& word : WordsOf(page.text)) {
      rows.emplace(Lower(word.name),
                   "| " + word.name + " | " +
                       WithLinksFromChapters(word.meaning, page.file) + " | [" +
                       page.exercise->id + "](" + page.Target() + ") |\n");
    }
  }
  std::string text =
      "# Glossary\n\nThe words of the course, each with the page that explains "
      "and uses it.\n" +
      std::string(kWritten) + "\n| word | meaning | page |\n|---|---|---|\n";
  for (const auto& row : rows) text += row.second;
  return text;
}

// A section for each exercise of which `part` makes anything.
template <class Part>
std::string ByExercise(const std::vector<Page>& pages, Part part) {
  std::string text;
  const Exercise* last = nullptr;
  for (const Page& page : pages) {
    const std::string made = part(page);
    if (made.empty()) continue;
    if (std::exchange(last, page.exercise) != page.exercise) {
      text += "\n## " + page.exercise->id + " " + page.exercise->title + "\n";
    }
    text += made;
  }
  return text;
}

std::string Interview(const std::vector<Page>& pages) {
  return "# Interview questions\n\nWhat an interviewer asks about memory, and "
         "what a good answer has. Answer first, then unfold.\n" +
         std::string(kWritten) + ByExercise(pages, [](const Page& page) {
           std::string text;
           for (const std::string& question : InterviewQuestionsOf(page.text)) {
             text += "\n" + WithLinksFromChapters(question, page.file);
           }
           return text.empty() ? text
                               : text + "\n[The page](" + page.Target() +
                                     ") teaches it.\n";
         });
}

// A link to the page with all tables of an exercise, where it has one.
std::string AllCosts(const fs::path& root, const Page& page) {
  const std::string& id = page.exercise->id;
  const fs::path all = page.file.parent_path() / (id + "_costs.md");
  if (page.file != page.exercise->page || !fs::exists(root / all)) return "";
  return "\n[All tables of " + id + "](" +
         all.lexically_relative("chapters").string() + ").\n";
}

std::string Costs(const fs::path& root, const std::vector<Page>& pages) {
  return "# What things cost\n\nThe measured tables of all pages. Times are "
         "those of one machine; the column `x baseline` is the ratio to\nthe "
         "baseline of the same run. `./workbook bench NN_MM` measures yours. "
         "Tables of an exercise answer some of its\npredictions: predict "
         "first.\n" +
         std::string(kWritten) + ByExercise(pages, [&root](const Page& page) {
           std::string text = AllCosts(root, page);
           for (const CostTable& table : CostTablesOf(page.text)) {
             text += "\n**" + table.name + "**, of [this page](" +
                     page.Target() + "#what-it-costs):\n\n" + table.text;
           }
           return text;
         });
}

std::string FirstSentence(const std::string& text) {
  const std::size_t end = text.find(". ");
  return end == std::string::npos ? text : text.substr(0, end + 1);
}

std::string Way(const std::vector<Exercise>& exercises,
                const std::vector<Page>& pages) {
  std::string text =
      "| exercise | core, minutes | deep, minutes | you need |\n"
      "|---|---:|---:|---|\n";
  for (const Exercise& exercise : exercises) {
    const auto page = std::find_if(
        pages.begin(), pages.end(),
        [&](const Page& each) { return each.file == exercise.page; });
    text +=
        "| [" + exercise.id + "](" + page->Target() + ") " + exercise.title +
        " | " + std::to_string(exercise.CoreMinutes()) + " | " +
        std::to_string(exercise.DeepMinutes()) + " | " +
        WithLinksFromChapters(
            FirstSentence(ParagraphOf(page->text, "You need")), page->file) +
        " |\n";
  }
  return text;
}

// `text` with `inner` between its marks; as it is where it has none.
std::string WithWay(std::string text, const std::string& inner) {
  constexpr std::string_view kBegin = "<!-- way -->\n";
  const std::size_t begin = text.find(kBegin);
  const std::size_t end = text.find("<!-- end -->", begin);
  if (begin == std::string::npos || end == std::string::npos) return text;
  const std::size_t from = begin + kBegin.size();
  return text.replace(from, end - from, inner);
}

}  // namespace

std::vector<CollectedPage> CollectPages(
    const fs::path& root, const std::vector<Exercise>& exercises) {
  const std::vector<Page> pages = ReadPages(root, exercises);
  std::vector<CollectedPage> collected = {
      {"chapters/glossary.md", Glossary(pages)},
      {"chapters/interview.md", Interview(pages)},
      {"chapters/costs.md", Costs(root, pages)},
  };
  const fs::path start = "chapters/start.md";
  if (const auto text = ReadTextFile(root / start)) {
    collected.push_back({start, WithWay(*text, Way(exercises, pages))});
  }
  return collected;
}

Check CheckCollectedPages(const fs::path& root,
                          const std::vector<Exercise>& exercises) {
  Check check{"collected pages", {}, {}};
  for (const Exercise& exercise : exercises) {
    if (!fs::exists(root / exercise.page)) return check;
  }
  for (const CollectedPage& page : CollectPages(root, exercises)) {
    if (ReadTextFile(root / page.file) == page.text) continue;
    check.problems.push_back(ProblemIn(page.file.string(), 0, "",
                                       "is not what the pages say", kCommand));
  }
  return check;
}

}  // namespace workbook
