// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/scope.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace workbook {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kIdLength = 5;  // "01_02"

// What a reason is about: "03_06", "tests of tools".
using Causes = std::map<std::string, std::vector<std::string>>;

bool DecidesHowAllIsBuilt(const std::string& file) {
  const std::string name = fs::path(file).filename();
  return name.ends_with(".bzl") || file.starts_with("third_party/") ||
         file == ".bazelrc" || file == ".bazelignore" || file == "WORKSPACE" ||
         file == "MODULE.bazel";
}

bool IsBuildFile(const fs::path& file) {
  return file.filename() == "BUILD.bazel" || file.filename() == "BUILD";
}

// The exercise that a file is of, by its place; or "".
std::string OwnerOf(const std::string& file, const std::set<std::string>& ids) {
  for (const std::string_view folder :
       {"exercises/", "solutions/", "docs/benchmarks/"}) {
    if (!file.starts_with(folder)) continue;
    const std::string id = file.substr(folder.size(), kIdLength);
    return ids.contains(id) ? id : "";
  }
  if (!file.starts_with("chapters/")) return "";
  const std::string id =
      fs::path(file).filename().string().substr(0, kIdLength);
  return ids.contains(id) ? id : "";
}

// "//a/b:c/d.h" is the file a/b/c/d.h.
std::string FileOf(std::string label) {
  label.erase(0, 2);
  const std::size_t colon = label.find(':');
  if (colon == 0) return label.substr(1);
  if (colon != label.npos) label[colon] = '/';
  return label;
}

// The package that a file is in, or was: "//a/b:all".
std::string TargetsAround(const fs::path& root, const std::string& file) {
  fs::path folder = fs::path(file).parent_path();
  while (!folder.empty() && !fs::exists(root / folder / "BUILD.bazel")) {
    folder = folder.parent_path();
  }
  return "//" + folder.string() + ":all";
}

std::string ReasonText(const std::string& what,
                       const std::vector<std::string>& files) {
  std::string text = what + ": " + files.front();
  if (files.size() > 1) {
    text += " and " + std::to_string(files.size() - 1) + " more";
  }
  return text;
}

class ScopeFinder {
 public:
  ScopeFinder(const fs::path& root, const std::vector<std::string>& files,
              const std::set<std::string>& ids, Bazel& bazel)
      : root_(root), files_(files), ids_(ids), bazel_(bazel) {}

  Scope Find() {
    for (const std::string& file : files_) {
      const std::string owner = OwnerOf(file, ids_);
      if (!owner.empty()) {
        scope_.exercises.insert(owner);
        causes_[owner].push_back(file);
      } else if (DecidesHowAllIsBuilt(file)) {
        scope_.everything = true;
        causes_["everything"].push_back(file);
      }
    }
    if (!scope_.everything) AskWhatDepends();
    for (const auto& [what, files] : causes_) {
      if (scope_.everything && what != "everything") continue;
      scope_.reasons.push_back(ReasonText(what, files));
    }
    return scope_;
  }

 private:
  std::optional<std::vector<std::string>> Ask(const std::string& expression) {
    std::string error;
    auto lines = bazel_.Query(expression, error);
    if (!lines) {
      scope_.problem = {
          .what = "`bazel query '" + expression + "'` failed: " + error,
          .where = root_.string(),
          .next =
              "correct the BUILD file that it names; "
              "./workbook verify needs no such answer"};
    }
    return lines;
  }

  void AskWhatDepends() {
    const auto sources = Ask("kind(\"source file\", //...:*)");
    if (!sources) return;
    std::map<std::string, std::string> label_of;
    for (const std::string& label : *sources) label_of[FileOf(label)] = label;
    std::map<std::string, std::string> asked;  // target to file
    for (const std::string& file : files_) {
      const auto known = label_of.find(file);
      if (IsBuildFile(file) || !fs::exists(root_ / file)) {
        asked.emplace(TargetsAround(root_, file), file);
      } else if (known != label_of.end()) {
        asked.emplace(known->second, file);
      }
    }
    if (asked.empty()) return;
    const auto tests =
        Ask("tests(//...) except attr(tags, '\\bmanual\\b', tests(//...))");
    if (!tests) return;
    AskWhatDependsOn(asked,
                     std::set<std::string>(tests->begin(), tests->end()));
  }

  void AskWhatDependsOn(const std::map<std::string, std::string>& asked,
                        const std::set<std::string>& tests) {
    std::string targets;
    std::vector<std::string> files;
    for (const auto& [target, file] : asked) {
      targets += " " + target;
      // Their own exercise is no news.
      if (OwnerOf(file, ids_).empty()) files.push_back(file);
    }
    const auto rules = Ask("kind(rule, rdeps(//..., set(" + targets + " )))");
    if (!rules) return;
    for (const std::string& label : *rules) Depends(label, tests);
    if (files.empty()) files.push_back(asked.begin()->second);
    for (const std::string& id : scope_.exercises) {
      if (causes_[id].empty()) causes_[id] = files;
    }
    if (scope_.tool_tests.empty()) return;
    causes_["tests of tools, " + std::to_string(scope_.tool_tests.size())] =
        files;
  }

  void Depends(const std::string& label, const std::set<std::string>& tests) {
    const std::string owner = OwnerOf(FileOf(label), ids_);
    if (!owner.empty()) {
      scope_.exercises.insert(owner);
    } else if (tests.contains(label)) {
      scope_.tool_tests.insert(label);
    }
  }

  const fs::path& root_;
  const std::vector<std::string>& files_;
  const std::set<std::string>& ids_;
  Bazel& bazel_;
  Scope scope_;
  Causes causes_;
};

}  // namespace

Scope ScopeOf(const fs::path& root, const std::vector<std::string>& files,
              const std::set<std::string>& ids, Bazel& bazel) {
  return ScopeFinder(root, files, ids, bazel).Find();
}

}  // namespace workbook
