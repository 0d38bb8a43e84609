// SPDX-License-Identifier: Apache-2.0

#include "tools/release/name_check.h"

#include <algorithm>
#include <cctype>

namespace workbook::release {
namespace {

// Parts of a name that only the course's own side has.
constexpr std::string_view kSecretParts[] = {"solution", "mutant", "hidden_",
                                             "notes.md"};
// Whole names, of git and of what a build leaves.
constexpr std::string_view kForeignNames[] = {".git",        ".workbook",
                                              "packed-refs", "bazel-bin",
                                              "bazel-out",   "bazel-testlogs"};
constexpr std::string_view kForeignEndings[] = {
    ".patch", ".diff", ".orig", ".rej", ".bundle", ".pack",
    ".idx",   ".o",    ".a",    ".so",  ".swp",    "~"};

struct Magic {
  std::string_view bytes;
  std::string_view name;
};
constexpr Magic kGit[] = {{"# v2 git bundle", "a bundle of git"},
                          {"# v3 git bundle", "a bundle of git"},
                          {{"PACK\0\0\0", 7}, "a pack of git's objects"},
                          {"\377tOc", "the index of a pack of git's objects"}};
constexpr Magic kCompiled[] = {
    {"\177ELF", "a compiled object (ELF)"},
    {"!<arch>\n", "a library of compiled objects (ar)"},
    {"!<thin>\n", "a library of compiled objects (ar)"},
    {"BC\300\336", "a compiled object (LLVM bitcode)"},
    {"gpch", "a precompiled header (gcc)"},
    {"CPCH", "a precompiled header (clang)"}};
constexpr std::string_view kObjectTypes[] = {"blob ", "tree ", "commit ",
                                             "tag "};

bool IsLooseObject(std::string_view bytes) {
  for (const std::string_view type : kObjectTypes) {
    if (!bytes.starts_with(type)) continue;
    std::size_t at = type.size();
    while (at < bytes.size() && std::isdigit(bytes[at]) != 0) ++at;
    return at > type.size() && at < bytes.size() && bytes[at] == '\0';
  }
  return false;
}

}  // namespace

std::optional<std::string> ForbiddenName(std::string_view path) {
  std::string name(path);
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  for (const std::string_view part : kSecretParts) {
    if (name.find(part) != std::string::npos) {
      return "is named after what learners do not get (" + std::string(part) +
             ")";
    }
  }
  for (const std::string_view ending : kForeignEndings) {
    if (name.ends_with(ending)) {
      return "has a name that no source has (" + std::string(ending) + ")";
    }
  }
  const std::string between = "/" + name + "/";
  for (const std::string_view foreign : kForeignNames) {
    for (const char before : {'/', '!'}) {
      if (between.find(before + std::string(foreign) + "/") !=
          std::string::npos) {
        return "belongs to git or to a build (" + std::string(foreign) + ")";
      }
    }
  }
  return std::nullopt;
}

std::optional<std::string> GitData(std::string_view bytes) {
  for (const Magic& magic : kGit) {
    if (bytes.starts_with(magic.bytes)) return std::string(magic.name);
  }
  if (IsLooseObject(bytes)) return "an object of git";
  return std::nullopt;
}

std::optional<std::string> CompiledFile(std::string_view bytes) {
  for (const Magic& magic : kCompiled) {
    if (bytes.starts_with(magic.bytes)) return std::string(magic.name);
  }
  return std::nullopt;
}

}  // namespace workbook::release
