// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/intake_words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "tools/grade/intake.h"

namespace workbook::grade {
namespace {

constexpr std::size_t kShownNames = 3;

bool EndsWithOneOf(const std::string& name,
                   std::initializer_list<std::string_view> endings) {
  return std::any_of(
      endings.begin(), endings.end(),
      [&name](std::string_view ending) { return name.ends_with(ending); });
}

std::string LowerCase(const std::string& text) {
  std::string lower;
  for (const char c : text) {
    lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return lower;
}

bool IsHeader(const std::string& lower) {
  return EndsWithOneOf(lower, {".h", ".hh", ".hpp", ".hxx"});
}

bool IsSource(const std::string& lower) {
  return EndsWithOneOf(lower, {".cc", ".cpp", ".cxx", ".c++"});
}

// "dynarray" of "Dyn_Array.h", in lower case.
std::string Letters(const std::string& lower) {
  std::string letters;
  for (const char c : lower.substr(0, lower.rfind('.'))) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) letters += c;
  }
  return letters;
}

bool StandsFor(const std::string& other, const std::string& wanted) {
  const std::string mine = LowerCase(other);
  if (IsHeader(mine) != IsHeader(wanted) ||
      IsSource(mine) != IsSource(wanted)) {
    return false;
  }
  const std::string letters = Letters(mine);
  return letters.starts_with(Letters(wanted)) &&
         !EndsWithOneOf(letters, {"test", "bench", "case"});
}

bool IsArchive(const std::string& name) {
  return EndsWithOneOf(LowerCase(name), {".zip", ".tar", ".tgz", ".gz", ".xz",
                                         ".bz2", ".7z", ".rar"});
}

template <typename Names>
std::string List(const Names& names, std::size_t most) {
  std::string list;
  std::size_t count = 0;
  for (const std::string& name : names) {
    if (count == most) return list + ", ...";
    list += (count++ == 0 ? "" : ", ") + Printable(name);
  }
  return list;
}

}  // namespace

std::string WhyNoText(const std::string& name, const std::string& bytes) {
  const bool is_marked =
      bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff");
  const auto zeros =
      static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\0'));
  if (zeros == 0 && !is_marked) return "";
  // Half of what is Latin in UTF-16 are zeros.
  const bool is_half_zeros =
      zeros * 5 > bytes.size() * 2 && zeros * 5 < bytes.size() * 3;
  if (is_marked || is_half_zeros) {
    return name +
           " was not read, because it is saved as UTF-16, which the compiler "
           "can't read. Fix: save it as UTF-8 (in Visual Studio Code, click "
           "UTF-16 in the status bar, then Save with Encoding), and hand in "
           "again.";
  }
  return name +
         " was not read, because it is not text. Fix: hand in the source file "
         "that you edited, not what a program made of it.";
}

std::vector<std::string> NotesOnNames(const std::set<std::string>& missing,
                                      const std::set<std::string>& others) {
  std::vector<std::string> notes;
  for (const std::string& wanted : missing) {
    for (const std::string& other : others) {
      if (!StandsFor(other, wanted)) continue;
      notes.push_back(Printable(other) +
                      " was not read, because the exercise's file is called " +
                      wanted + ". Fix: rename it, and hand in again.");
    }
  }
  return notes;
}

std::string WhyNothing(const std::vector<std::string>& wanted,
                       const std::set<std::string>& others) {
  const std::string files = List(wanted, wanted.size());
  if (others.empty()) {
    return "Your submission is empty. Fix: hand in the files that you edited. "
           "The exercise has " +
           files + ".";
  }
  const auto inner = std::find_if(others.begin(), others.end(), IsArchive);
  if (inner != others.end()) {
    return "Your submission holds another archive, " + Printable(*inner) +
           ", which is not opened. Fix: put the files that you edited into one "
           "archive, with no other inside. The exercise has " +
           files + ".";
  }
  return "None of the exercise's files is in your submission, only " +
         List(others, kShownNames) +
         ". Fix: hand in the files that you edited, under their own names. "
         "The exercise has " +
         files + ".";
}

}  // namespace workbook::grade
