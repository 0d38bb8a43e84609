// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/progress.h"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <system_error>
#include <utility>

#include "fmt/format.h"
#include "tools/text/text_file.h"
#include "tools/workbook/file_lock.h"
#include "tools/workbook/write_file.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

// A name next to `path` that is not taken.
fs::path AsidePath(const fs::path& path) {
  for (int i = 1;; ++i) {
    fs::path aside = path.string() + fmt::format(".damaged-{}", i);
    std::error_code ignored;
    if (!fs::exists(aside, ignored)) return aside;
  }
}

// What a writer that was killed left behind; REQUIRES: the lock is held, so
// that nobody is writing.
void RemoveTemporaries(const fs::path& folder) {
  constexpr std::string_view kStart = "progress.";
  constexpr size_t kRandomLetters = 6;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.size() != kStart.size() + kRandomLetters ||
        !name.starts_with(kStart)) {
      continue;
    }
    const bool random = std::all_of(
        name.begin() + kStart.size(), name.end(),
        [](unsigned char letter) { return std::isalnum(letter) != 0; });
    if (random) fs::remove(entry.path(), ignored);
  }
}

// Gives the damaged bytes a second name, which takes no space, and puts what
// could be read of them in the place of the first.
std::optional<Problem> SetAside(const fs::path& path, const fs::path& aside,
                                const Progress& read) {
  std::error_code error;
  fs::create_hard_link(path, aside, error);
  if (error) fs::copy_file(path, aside, error);
  if (!error) return WriteTextFile(path, FormatProgress(read));
  std::error_code ignored;
  fs::remove(aside, ignored);
  return Problem{
      .what = "the progress file is damaged and cannot be kept aside: " +
              error.message(),
      .where = path.string(),
      .next = "Copy it, free some space (df -h), then try again."};
}

std::string TooNewNotice(const fs::path& path, int major) {
  return fmt::format(
      "{} was written by a newer Memory Workbook (version {}, this one knows "
      "{}).\n  It stays as it is, and nothing is remembered until then: "
      "./workbook update",
      path.string(), major, kProgressMajor);
}

}  // namespace

struct ProgressFile::Loaded {
  Progress progress{};
  std::string notice{};
  std::optional<Problem> keep{};  // the file must not be written: why
};

ProgressFile::ProgressFile(fs::path folder)
    : folder_(std::move(folder)), path_(folder_ / "progress") {}

ProgressFile::Loaded ProgressFile::LoadLocked() const {
  std::error_code error;
  const auto text = ReadTextFile(path_);
  if (!text) {
    if (!fs::exists(path_, error)) return {};
    return {.notice = path_.string() + " cannot be read; going on without it.",
            .keep = Problem{
                .what = "cannot read the progress file, so it stays as it is",
                .where = path_.string(),
                .next = "Give yourself the right to read it: chmod u+rw " +
                        path_.string()}};
  }
  ProgressText read = ParseProgress(*text);
  if (read.TooNew()) {
    return {.notice = TooNewNotice(path_, read.major),
            .keep = Problem{
                .what = "a newer Memory Workbook wrote the progress file",
                .where = path_.string(),
                .next = "./workbook update; or move the file away to start a "
                        "new one."}};
  }
  Loaded loaded{.progress = std::move(read.progress)};
  if (read.damaged_lines == 0) return loaded;
  const fs::path aside = AsidePath(path_);
  loaded.keep = SetAside(path_, aside, loaded.progress);
  loaded.notice =
      loaded.keep
          ? fmt::format("{} has {} damaged lines, which are left out.",
                        path_.string(), read.damaged_lines)
          : fmt::format(
                "{} had {} damaged lines. The rest is kept; the damaged file "
                "is now {}.",
                path_.string(), read.damaged_lines, aside.string());
  return loaded;
}

Progress ProgressFile::Load(std::string& notice) const {
  std::error_code ignored;
  if (!fs::exists(path_, ignored)) return {};
  const FileLock lock(folder_ / "progress.lock", FileLock::If::kWait);
  Loaded loaded = LoadLocked();
  if (!loaded.notice.empty()) notice = loaded.notice;
  return std::move(loaded.progress);
}

std::optional<Problem> ProgressFile::Update(
    const std::function<void(Progress&)>& change) const {
  std::error_code ignored;
  fs::create_directories(folder_, ignored);
  const FileLock lock(folder_ / "progress.lock", FileLock::If::kWait);
  RemoveTemporaries(folder_);
  Loaded loaded = LoadLocked();
  if (loaded.keep) return loaded.keep;
  const Progress before = loaded.progress;
  change(loaded.progress);
  if (loaded.progress == before && fs::exists(path_, ignored)) {
    return std::nullopt;
  }
  return WriteTextFile(path_, FormatProgress(loaded.progress));
}

}  // namespace workbook::cli
