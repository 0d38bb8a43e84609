// SPDX-License-Identifier: Apache-2.0

#include "tools/release/secrets.h"

#include <algorithm>
#include <cctype>
#include <sstream>

#include "tools/authoring/stub/stub.h"
#include "tools/sha256/sha256.h"
#include "tools/text/text_file.h"

namespace workbook::release {
namespace {

namespace fs = std::filesystem;

// Shorter identifiers are everybody's.
constexpr std::size_t kWordBytes = 8;

// The same few bytes may be in any two files.
constexpr std::size_t kWholeFileBytes = 64;

// The stub's form of every file that a learner edits, by its name under
// solutions/.
using Stubs = std::map<std::string, std::string>;

Stubs MakeStubs(const Snapshot& snapshot,
                const std::vector<Exercise>& exercises, SecretsResult& result) {
  Stubs stubs;
  for (const Exercise& exercise : exercises) {
    for (const Task& task : exercise.tasks) {
      for (const std::string& file : task.files) {
        const fs::path source = exercise.solution_folder / file;
        const StubResult stub = MakeStub(snapshot.root, exercise, file);
        if (stub.ok) {
          stubs[source.generic_string()] = stub.text;
          result.secrets.stubs.insert(
              (exercise.folder / file).generic_string());
        } else {
          result.problems.push_back(
              {"a stub cannot be made: " + stub.message, source.string(),
               "./workbook verify " + exercise.id + " shows more."});
        }
      }
    }
  }
  return stubs;
}

// What a compiler would see of a reference, or the text as it is.
std::string Secret(const fs::path& path, bool has_stub,
                   const std::string& text) {
  if (!has_stub) return text;
  const StubResult reference = CleanReference(path);
  return reference.ok ? reference.text : text;
}

bool IsCode(const fs::path& path) {
  return path.extension() == ".h" || path.extension() == ".cc";
}

void Learn(const Snapshot& snapshot, const std::string& file,
           const Stubs& stubs, Secrets& secrets) {
  const fs::path path = snapshot.root / file;
  const std::string text = ReadTextFile(path).value_or("");
  const auto stub = stubs.find(file);
  const bool has_stub = stub != stubs.end();
  if (text.size() >= kWholeFileBytes && !(has_stub && stub->second == text)) {
    secrets.files[Sha256(text)] = file;
  }
  // Both folders' BUILD files are calls of the same macros.
  if (path.filename().string().starts_with("BUILD")) return;
  const std::string secret = Secret(path, has_stub, text);
  secrets.passages.Add(file, secret);
  if (path.extension() == ".patch") {
    secrets.mutants[path.stem().string()] = file;
  }
  if (IsCode(path)) secrets.shapes.Add(file, secret);
  if (!has_stub) return;
  for (const std::string& word :
       Identifiers(WithoutComments(secret), kWordBytes)) {
    secrets.words.insert({word, file});
  }
}

void ReadReviewed(const Snapshot& snapshot, Secrets& secrets) {
  const std::string text =
      ReadTextFile(snapshot.root / kReviewedFile).value_or("");
  for (const std::string_view line : SplitLines(text)) {
    std::istringstream words{std::string(line.substr(0, line.find('#')))};
    std::string file;
    std::size_t tokens = 0;
    if (words >> file >> tokens) secrets.reviewed[file] = tokens;
  }
}

}  // namespace

std::set<std::string> Identifiers(std::string_view text, std::size_t least) {
  std::set<std::string> found;
  std::string word;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    const char c = at < text.size() ? text[at] : ' ';
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_') {
      word += c;
      continue;
    }
    if (word.size() >= least && std::isdigit(word.front()) == 0) {
      found.insert(word);
    }
    word.clear();
  }
  return found;
}

SecretsResult LearnSecrets(const Snapshot& snapshot,
                           const std::vector<Exercise>& exercises) {
  SecretsResult result;
  const Stubs stubs = MakeStubs(snapshot, exercises, result);
  for (const std::string& file : snapshot.files) {
    if (file.starts_with("solutions/")) {
      Learn(snapshot, file, stubs, result.secrets);
    }
  }
  for (const auto& [file, text] : stubs) {
    result.secrets.passages.Remove(text);
    result.secrets.shapes.Remove(text);
    for (const std::string& word : Identifiers(text, kWordBytes)) {
      result.secrets.words.erase(word);
    }
  }
  ReadReviewed(snapshot, result.secrets);
  return result;
}

}  // namespace workbook::release
