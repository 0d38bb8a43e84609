// SPDX-License-Identifier: Apache-2.0

#include "tools/release/scan.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "tools/release/name_check.h"
#include "tools/release/unpack.h"
#include "tools/sha256/sha256.h"
#include "tools/text/text_file.h"

namespace workbook::release {
namespace {

namespace fs = std::filesystem;

// A word or two of a reference may be in any program.
constexpr std::size_t kWordsThatTell = 3;

// What to do about a passage that is no stub's.
std::string SayOtherwise() {
  return "say it in other words; or, if a learner may read it, list the file "
         "in " +
         std::string(kReviewedFile);
}

bool IsBinary(std::string_view bytes) {
  return bytes.find('\0') != std::string_view::npos;
}

class Scanner {
 public:
  Scanner(const Secrets& secrets, const ScanLimits& limits)
      : secrets_(secrets), limits_(limits) {}

  void LookAtEntry(const fs::path& folder, const fs::directory_entry& entry) {
    const std::string file =
        entry.path().lexically_relative(folder).generic_string();
    LookAtName(file);
    if (entry.is_symlink()) {
      Tell(file, 0, "a symbolic link",
           "a copy holds files only: put the file itself there");
    } else if (entry.is_regular_file()) {
      const auto bytes = ReadTextFile(entry.path());
      if (!bytes) {
        Tell(file, 0, "cannot be read, so it was not looked at",
             "make it readable (ls -l shows its rights)");
        return;
      }
      unpacked_bytes_ = 0;
      LookAtBytes(file, *bytes, 0);
    } else if (!entry.is_directory()) {
      Tell(file, 0, "neither a file nor a folder", "remove it");
    }
  }

  std::vector<Finding> Findings() {
    std::stable_sort(
        findings_.begin(), findings_.end(),
        [](const Finding& a, const Finding& b) { return a.file < b.file; });
    return std::move(findings_);
  }

 private:
  void Tell(const std::string& file, int line, const std::string& what,
            const std::string& fix) {
    findings_.push_back({file, line, what, fix});
  }

  void LookAtName(const std::string& name) {
    if (const auto what = ForbiddenName(name)) {
      Tell(name, 0, *what,
           "take it out of the course's released part, or out of "
           "tools/release/contents.txt");
    }
  }

  void LookAtBytes(const std::string& name, const std::string& bytes,
                   int depth) {
    if (LookForWholeFile(name, bytes)) return;
    if (const auto git = GitData(bytes)) {
      Tell(name, 0, "holds " + *git, "remove it: history holds solutions");
    }
    if (const auto compiled = CompiledFile(bytes)) {
      Tell(name, 0,
           "is " + *compiled + ": nobody can see what it was made from" +
               WordsIn(bytes),
           "remove it: a copy is built by its reader");
    } else if (IsBinary(bytes) && !WordsIn(bytes).empty()) {
      Tell(name, 0, "is binary" + WordsIn(bytes),
           "remove it, or make it anew without the reference");
    }
    if (!LookForPassages(name, bytes)) LookForShapes(name, bytes);
    LookForMutants(name, bytes);
    LookInside(name, bytes, depth);
  }

  bool LookForWholeFile(const std::string& name, const std::string& bytes) {
    const auto known = secrets_.files.find(Sha256(bytes));
    if (known == secrets_.files.end()) return false;
    Tell(name, 1, "is " + known->second + ", byte for byte", "remove it");
    return true;
  }

  // The longest passage that somebody has allowed there.
  std::size_t Reviewed(const std::string& name) const {
    const auto reviewed = secrets_.reviewed.find(name);
    return reviewed != secrets_.reviewed.end() ? reviewed->second : 0;
  }

  bool LookForPassages(const std::string& name, const std::string& bytes) {
    std::vector<Passage> found = secrets_.passages.Find(bytes);
    if (found.empty() && IsBinary(bytes)) {
      // UTF-16's characters without their zero bytes.
      std::string narrow;
      std::copy_if(bytes.begin(), bytes.end(), std::back_inserter(narrow),
                   [](char c) { return c != '\0'; });
      found = secrets_.passages.Find(narrow);
    }
    if (found.empty()) return false;
    std::size_t sum = 0;
    for (const Passage& passage : found) sum += passage.tokens;
    const Passage& longest = found.front();
    const std::size_t most = Reviewed(name);
    const bool in_stub = secrets_.stubs.contains(name);
    if (!in_stub && longest.tokens < std::max(kPassageTokens, most + 1) &&
        sum < std::max(kSumTokens, most + 1)) {
      return false;
    }
    std::string what = fmt::format("holds {} tokens in a row of {}",
                                   longest.tokens, longest.source);
    if (found.size() > 1) {
      what += fmt::format(", and {} in {} more passages", sum - longest.tokens,
                          found.size() - 1);
    }
    Tell(name, longest.line, what,
         in_stub ? "mark that part of the reference // [reference], or name it "
                   "so that "
                   "it is private"
                 : SayOtherwise());
    return true;
  }

  void LookForShapes(const std::string& name, const std::string& bytes) {
    const std::vector<Passage> found = secrets_.shapes.Find(bytes);
    if (found.empty() || found.front().tokens < kShapeTokens ||
        found.front().tokens <= Reviewed(name)) {
      return;
    }
    Tell(name, found.front().line,
         fmt::format("holds {} tokens in a row of {}, with other names",
                     found.front().tokens, found.front().source),
         SayOtherwise());
  }

  void LookForMutants(const std::string& name, const std::string& bytes) {
    for (const auto& [mutant, file] : secrets_.mutants) {
      const std::size_t at = bytes.find(mutant);
      if (at == std::string::npos) continue;
      const auto begin = bytes.begin();
      const auto line =
          1 + std::count(begin, begin + static_cast<std::ptrdiff_t>(at), '\n');
      Tell(name, static_cast<int>(line), "names the mutant " + file,
           "say what goes wrong, not which mutant does it");
    }
  }

  // ", and says A, B and C of solutions/x": or nothing.
  std::string WordsIn(const std::string& bytes) const {
    std::vector<std::string> found;
    std::string source;
    for (const auto& [word, file] : secrets_.words) {
      if (bytes.find(word) == std::string::npos) continue;
      found.push_back(word);
      source = file;
      if (found.size() == kWordsThatTell) {
        return ", and it has the words " + found[0] + ", " + found[1] +
               " and " + found[2] + ", which only " + source + " has";
      }
    }
    return {};
  }

  void LookInside(const std::string& name, const std::string& bytes,
                  int depth) {
    if (!MayUnpack(bytes)) return;
    if (depth == limits_.depth) {
      Tell(name, 0, "is an archive too deep in others to be looked into",
           "remove it, or pack it less often");
      return;
    }
    const std::string why =
        Unpack(bytes, limits_.unpacked_bytes - unpacked_bytes_,
               [&](const std::string& inner, const std::string& content) {
                 unpacked_bytes_ += content.size();
                 const std::string whole = name + "!" + inner;
                 if (!inner.empty()) LookAtName(whole);
                 LookAtBytes(whole, content, depth + 1);
               });
    if (!why.empty()) {
      Tell(name, 0, "cannot be looked into: " + why,
           "remove it: what was not seen is not released");
    }
  }

  const Secrets& secrets_;
  const ScanLimits limits_;
  std::size_t unpacked_bytes_ = 0;
  std::vector<Finding> findings_;
};

}  // namespace

std::string Finding::Text() const {
  return file + (line > 0 ? ":" + std::to_string(line) : "") + ": " + what +
         ". Fix: " + fix + ".";
}

std::vector<Finding> Scan(const fs::path& folder, const Secrets& secrets,
                          const ScanLimits& limits) {
  Scanner scanner(secrets, limits);
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    scanner.LookAtEntry(folder, entry);
  }
  return scanner.Findings();
}

}  // namespace workbook::release
