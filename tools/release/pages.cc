// SPDX-License-Identifier: Apache-2.0

#include "tools/release/pages.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace workbook::release {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kTablePlace = "@EXERCISES@\n";

struct Link {
  std::size_t end = 0;  // behind its ")"; 0 where there is none
  std::string_view words;
  std::string_view target;
};

// The inline link whose "[" is text[at].
Link LinkAt(std::string_view text, std::size_t at) {
  const std::size_t middle = text.find_first_of("[]", at + 1);
  if (middle == std::string_view::npos ||
      !text.substr(middle).starts_with("](")) {
    return {};
  }
  const std::size_t end = text.find_first_of(") \n", middle);
  if (end == std::string_view::npos || text[end] != ')') return {};
  return {end + 1, text.substr(at + 1, middle - at - 1),
          text.substr(middle + 2, end - middle - 2)};
}

// Where the comment at text[at] ends that includes something; 0 where it is
// none. One that is alone on its line ends behind that line.
std::size_t InclusionEnd(std::string_view text, std::size_t at) {
  constexpr std::string_view kEnd = "-->";
  constexpr std::array<std::string_view, 4> kBegins = {
      "<!-- code: ", "<!-- table: ", "<!-- figure: ", "<!-- end -->"};
  const std::string_view rest = text.substr(at);
  const bool is_one = std::any_of(
      kBegins.begin(), kBegins.end(),
      [&](std::string_view begin) { return rest.starts_with(begin); });
  const std::size_t end = rest.find(kEnd);
  if (!is_one || end == std::string_view::npos) return 0;
  const std::size_t behind = at + end + kEnd.size();
  const bool is_alone = (at == 0 || text[at - 1] == '\n') &&
                        behind < text.size() && text[behind] == '\n';
  return is_alone ? behind + 1 : behind;
}

// Which part of a page is code: blocks, and what stands between backticks.
class Code {
 public:
  // Looks at text[at], which comes after those before.
  void Meet(std::string_view text, std::size_t at) {
    if (at == 0 || text[at - 1] == '\n') {
      in_span_ = false;
      const std::string_view rest = text.substr(at);
      if (IsFence(rest.substr(0, rest.find('\n')))) in_block_ = !in_block_;
    }
    if (text[at] == '`') in_span_ = !in_span_;
  }

  bool IsHere() const { return in_block_ || in_span_; }

 private:
  bool in_block_ = false;
  bool in_span_ = false;
};

bool IsOfTheCourse(std::string_view target) {
  return !target.empty() && target.front() != '#' && target.front() != '/' &&
         target.find(':') == std::string_view::npos;
}

}  // namespace

bool IsFence(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(" 0123456789.-*");
  return begin != std::string_view::npos &&
         line.substr(begin).starts_with("```");
}

std::string WithoutDeadLinks(
    std::string_view text, const fs::path& page,
    const std::function<bool(const fs::path&)>& is_there) {
  std::string kept;
  Code code;
  for (std::size_t at = 0; at < text.size();) {
    code.Meet(text, at);
    const Link link =
        !code.IsHere() && text[at] == '[' ? LinkAt(text, at) : Link{};
    if (link.end != 0 && IsOfTheCourse(link.target)) {
      const fs::path file(link.target.substr(0, link.target.find('#')));
      if (!is_there((page.parent_path() / file).lexically_normal())) {
        // Of a picture nothing is left: its words stand for what is to be seen.
        if (kept.ends_with('!')) {
          kept.pop_back();
        } else {
          kept += link.words;
        }
        at = link.end;
        continue;
      }
    }
    kept += text[at++];
  }
  return kept;
}

std::string WithoutInclusions(std::string_view text) {
  std::string kept;
  Code code;
  for (std::size_t at = 0; at < text.size();) {
    code.Meet(text, at);
    const std::size_t end =
        !code.IsHere() && text[at] == '<' ? InclusionEnd(text, at) : 0;
    if (end != 0) {
      at = end;
    } else {
      kept += text[at++];
    }
  }
  return kept;
}

std::string WithExercises(std::string text,
                          const std::vector<const Exercise*>& exercises) {
  const std::size_t at = text.find(kTablePlace);
  if (at == std::string::npos) return text;
  std::string rows;
  for (const Exercise* exercise : exercises) {
    rows +=
        fmt::format("| [{}]({}) | [{}]({}) | {} | {} | {} |\n", exercise->id,
                    exercise->readme.generic_string(), exercise->title,
                    exercise->page.generic_string(), exercise->CoreMinutes(),
                    exercise->DeepMinutes(), exercise->tasks.size());
  }
  return text.replace(at, kTablePlace.size(), rows);
}

}  // namespace workbook::release
