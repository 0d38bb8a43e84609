// SPDX-License-Identifier: Apache-2.0

#include "tools/book/pages.h"

#include <algorithm>
#include <cctype>
#include <iterator>

#include "tools/text/text_file.h"

namespace workbook::book {
namespace {

namespace fs = std::filesystem;

// Behind the chapters, in this order; others follow by name.
constexpr const char* kLast[] = {"measuring.md",  "tools.md",    "costs.md",
                                 "topics.md",     "glossary.md", "interview.md",
                                 "instructors.md"};

// "03_01" of "03_01.md" and "01_02_4_buffer_pool.md"; "" else.
std::string ExerciseOf(const std::string& name) {
  const auto is_digit = [&name](std::size_t i) {
    return i < name.size() &&
           std::isdigit(static_cast<unsigned char>(name[i])) != 0;
  };
  const bool has = is_digit(0) && is_digit(1) && name.size() > 5 &&
                   name[2] == '_' && is_digit(3) && is_digit(4) &&
                   (name[5] == '.' || name[5] == '_');
  return has ? name.substr(0, 5) : "";
}

std::string WithEnding(std::string path, std::string_view ending) {
  path.erase(path.rfind('.'));
  if (path.ends_with("README")) path.replace(path.size() - 6, 6, "index");
  return path.append(ending);
}

std::string TitleOf(const std::string& text) {
  for (const std::string_view line : SplitLines(text)) {
    if (line.starts_with("# ")) return std::string(line.substr(2));
  }
  return "";
}

Page ReadPage(const fs::path& chapters, const std::string& source) {
  Page page;
  page.source = source;
  page.address =
      source == "start.md" ? "index.html" : WithEnding(source, ".html");
  page.exercise = ExerciseOf(fs::path(source).filename().string());
  page.title = TitleOf(ReadTextFile(chapters / source).value_or(""));
  return page;
}

// "01_02_10_x" behind "01_02_9_y", and a README before all.
std::pair<int, std::string> SortKey(const std::string& name) {
  if (name == "README.md") return {-1, ""};
  const std::string exercise = ExerciseOf(name);
  if (exercise.empty()) return {1'000'000, name};
  const int number =
      std::stoi(exercise.substr(0, 2)) * 100 + std::stoi(exercise.substr(3, 2));
  const std::string rest = name.substr(6);
  const bool is_numbered =
      name[5] == '_' && !rest.empty() &&
      std::isdigit(static_cast<unsigned char>(rest[0])) != 0;
  return {number * 1000 + (is_numbered      ? 1 + std::stoi(rest)
                           : name[5] == '_' ? 900
                                            : 0),
          rest};
}

Part ReadChapter(const fs::path& chapters, const std::string& folder) {
  Part part;
  std::vector<std::string> names = FileNames(chapters / folder, ".md");
  std::sort(names.begin(), names.end(), [](const auto& a, const auto& b) {
    return SortKey(a) < SortKey(b);
  });
  for (const std::string& name : names) {
    // What only other pages include has no heading of its own.
    Page page = ReadPage(chapters, folder + "/" + name);
    if (!page.title.empty()) part.pages.push_back(std::move(page));
  }
  if (!part.pages.empty()) part.title = part.pages.front().title;
  return part;
}

}  // namespace

std::vector<Part> FindPages(const fs::path& root) {
  const fs::path chapters = root / "chapters";
  std::error_code none;
  if (!fs::is_directory(chapters, none)) return {};
  std::vector<std::string> beside = FileNames(chapters, ".md");
  std::vector<Part> parts(1);
  if (std::erase(beside, "start.md") > 0) {
    parts[0].pages.push_back(ReadPage(chapters, "start.md"));
  }
  std::vector<std::string> folders;
  for (const auto& entry : fs::directory_iterator(chapters)) {
    const std::string name = entry.path().filename().string();
    if (fs::exists(entry.path() / "README.md")) folders.push_back(name);
  }
  std::sort(folders.begin(), folders.end());
  for (const std::string& folder : folders) {
    parts.push_back(ReadChapter(chapters, folder));
  }
  const auto place = [](const std::string& name) {
    return std::find(std::begin(kLast), std::end(kLast), name);
  };
  std::stable_sort(
      beside.begin(), beside.end(),
      [&](const auto& a, const auto& b) { return place(a) < place(b); });
  parts.emplace_back();
  for (const std::string& name : beside) {
    parts.back().pages.push_back(ReadPage(chapters, name));
  }
  return parts;
}

std::vector<Page> InOrder(const std::vector<Part>& parts) {
  std::vector<Page> pages;
  for (const Part& part : parts) {
    pages.insert(pages.end(), part.pages.begin(), part.pages.end());
  }
  return pages;
}

std::string LinkFrom(const std::string& source, std::string_view to) {
  const bool is_elsewhere = to.find("://") != std::string_view::npos ||
                            to.starts_with("mailto:") || to.starts_with('#');
  if (is_elsewhere) return std::string(to);
  const std::size_t hash = std::min(to.find('#'), to.size());
  const fs::path path(to.substr(0, hash));
  const fs::path target =
      (fs::path(source).parent_path() / path).lexically_normal();
  if (target.empty() || *target.begin() == "..") return "";
  if (path.extension() == ".svg" || path.extension() == ".png") {
    return std::string(to);
  }
  if (path.extension() != ".md") return "";
  const std::string address = target == "start.md"
                                  ? "index.html"
                                  : WithEnding(target.string(), ".html");
  const fs::path relative =
      fs::path(address).lexically_relative(fs::path(source).parent_path());
  const std::string found = relative.empty() ? address : relative.string();
  return found + std::string(to.substr(hash));
}

}  // namespace workbook::book
