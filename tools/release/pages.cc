#include "tools/release/pages.h"

#include <fmt/format.h>

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

bool IsOfTheCourse(std::string_view target) {
  return !target.empty() && target.front() != '#' && target.front() != '/' &&
         target.find(':') == std::string_view::npos;
}

}  // namespace

std::string WithoutDeadLinks(
    std::string_view text, const fs::path& page,
    const std::function<bool(const fs::path&)>& is_there) {
  std::string kept;
  bool in_code = false;
  for (std::size_t at = 0; at < text.size();) {
    const bool line_begins = at == 0 || text[at - 1] == '\n';
    if (line_begins && text.substr(at).starts_with("```")) in_code = !in_code;
    const Link link = !in_code && text[at] == '[' ? LinkAt(text, at) : Link{};
    if (link.end != 0 && IsOfTheCourse(link.target)) {
      const fs::path file(link.target.substr(0, link.target.find('#')));
      if (!is_there((page.parent_path() / file).lexically_normal())) {
        kept += link.words;
        at = link.end;
        continue;
      }
    }
    kept += text[at++];
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
