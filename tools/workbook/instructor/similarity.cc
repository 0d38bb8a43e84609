// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <filesystem>

#include "fmt/format.h"
#include "tools/authoring/stub/stub.h"
#include "tools/grade/intake.h"
#include "tools/similarity/compare.h"
#include "tools/similarity/report.h"
#include "tools/workbook/instructor/actions.h"
#include "tools/workbook/write_file.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;
using similarity::Entry;

std::vector<std::string> FilesOf(const Exercise& exercise) {
  std::vector<std::string> files;
  for (const Task& task : exercise.tasks) {
    files.insert(files.end(), task.files.begin(), task.files.end());
  }
  return files;
}

// From the references, not from exercises/, which somebody may have edited:
// what stands there would then not count as copied.
std::optional<Problem> ReadStub(const Session& session,
                                const Exercise& exercise, Entry& stub) {
  stub.name = "stub";
  for (const std::string& file : FilesOf(exercise)) {
    const fs::path source = StubSource(session.root(), exercise, file);
    StubResult made = MakeStub(session.root(), exercise, file);
    if (!made.ok) {
      return Problem{.what = "the released stub cannot be made",
                     .where = source.string(),
                     .next = made.message};
    }
    stub.files.emplace_back(file, std::move(made.text));
  }
  return std::nullopt;
}

std::optional<Problem> ReadSubmissions(const SimilarityOptions& options,
                                       const std::vector<std::string>& wanted,
                                       std::vector<Entry>& entries) {
  std::vector<fs::path> paths;
  std::error_code error;
  for (fs::directory_iterator entry(options.submissions, error), end;
       !error && entry != end; entry.increment(error)) {
    if (!entry->path().filename().string().starts_with('.')) {
      paths.push_back(entry->path());
    }
  }
  std::sort(paths.begin(), paths.end());
  for (const fs::path& path : paths) {
    grade::Submission submission = grade::TakeIn(path, wanted);
    if (!submission.unreadable.empty()) {
      fmt::print(stderr, "similarity: {} is left out: {}\n", submission.student,
                 submission.unreadable);
      continue;
    }
    Entry entry{submission.student, {}};
    // In the order of the tasks, as the stub's.
    for (const std::string& file : wanted) {
      const auto found = submission.files.find(file);
      if (found == submission.files.end()) continue;
      entry.files.emplace_back(file, std::move(found->second));
    }
    entries.push_back(std::move(entry));
  }
  if (!error && entries.size() >= 2) return std::nullopt;
  return Problem{
      .what = error ? error.message() : "fewer than two submissions to compare",
      .where = options.submissions,
      .next = "Give the folder that holds a folder or an archive a student."};
}

int Tell(const std::vector<Entry>& entries, const similarity::Comparison& found,
         const SimilarityOptions& options) {
  const auto shown = static_cast<std::size_t>(std::max(0, options.shown));
  const fs::path out = options.out;
  const std::pair<const char*, std::string> files[] = {
      {"similarity.html", similarity::HtmlReport(entries, found, shown)},
      {"similarity.csv", similarity::CsvReport(entries, found)},
      {"similarity.json", similarity::JsonReport(entries, found)}};
  for (const auto& [name, text] : files) {
    if (const auto problem = WriteTextFile(out / name, text)) {
      return Report(*problem);
    }
  }
  for (std::size_t i = 0; i < std::min<std::size_t>(10, found.pairs.size());
       ++i) {
    const similarity::Pair& pair = found.pairs[i];
    fmt::print("{:3.0f} %  {:5} tokens  {}  {}\n", 100 * pair.share,
               pair.tokens, entries[pair.a].name, entries[pair.b].name);
  }
  fmt::print("{} submissions, {} pairs: {}\n", entries.size(),
             found.pairs.size(), (out / "similarity.html").string());
  return kExitOk;
}

}  // namespace

int RunSimilarity(Session& session, const SimilarityOptions& options) {
  const ChosenExercise chosen = Choose(session, options.exercise);
  if (chosen.exercise == nullptr) return Report(chosen.problem);
  Entry stub;
  if (const auto problem = ReadStub(session, *chosen.exercise, stub)) {
    return Report(*problem);
  }
  std::vector<Entry> entries;
  if (const auto problem =
          ReadSubmissions(options, FilesOf(*chosen.exercise), entries)) {
    return Report(*problem);
  }
  const similarity::Comparison found = similarity::Compare(entries, stub);
  if (!found.error.empty()) {
    return Report({.what = "the submissions could not be compared",
                   .where = options.submissions,
                   .next = found.error});
  }
  return Tell(entries, found, options);
}

}  // namespace workbook::cli
