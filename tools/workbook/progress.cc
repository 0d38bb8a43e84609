#include "tools/workbook/progress.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <system_error>
#include <vector>

#include "fmt/format.h"
#include "tools/text/text_file.h"
#include "tools/workbook/write_file.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHeader = "memory-workbook progress 1";

std::vector<std::string> Words(std::string_view line) {
  std::vector<std::string> words;
  while (!(line = TrimSpace(line)).empty()) {
    const size_t end = std::min(line.find_first_of(" \t"), line.size());
    words.emplace_back(line.substr(0, end));
    line.remove_prefix(end);
  }
  return words;
}

bool ReadNumber(const std::string& word, int& number) {
  const char* end = word.data() + word.size();
  const auto result = std::from_chars(word.data(), end, number);
  return result.ec == std::errc() && result.ptr == end && number >= 0;
}

bool ReadLine(const std::vector<std::string>& words, Progress& progress) {
  const std::string& kind = words[0];
  if (kind == "current" && words.size() == 2) {
    progress.current = words[1];
    return true;
  }
  if (kind == "solved" && words.size() == 3) {
    progress.solved[words[1]] = words[2];
    return true;
  }
  int task = 0;
  if (words.size() < 4 || !ReadNumber(words[2], task)) return false;
  if (kind == "hint" && words.size() == 4) {
    int level = 0;
    if (!ReadNumber(words[3], level)) return false;
    progress.hints[{words[1], task}] = level;
    return true;
  }
  if (kind != "task" || words.size() != 6) return false;
  if (words[3] != "green" && words[3] != "red") return false;
  TaskProgress record{.green = words[3] == "green"};
  if (!ReadNumber(words[4], record.passed)) return false;
  if (!ReadNumber(words[5], record.total)) return false;
  progress.tasks[{words[1], task}] = record;
  return true;
}

// Held by whoever changes the file; given back when the object dies, or the
// process.
class FileLock {
 public:
  explicit FileLock(const fs::path& path)
      : descriptor_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
    while (descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX) != 0 &&
           errno == EINTR) {
    }
  }
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

 private:
  int descriptor_;
};

// A name next to `path` that is not taken.
fs::path AsidePath(const fs::path& path) {
  for (int i = 1;; ++i) {
    fs::path aside = path.string() + fmt::format(".damaged-{}", i);
    std::error_code ignored;
    if (!fs::exists(aside, ignored)) return aside;
  }
}

// Moves the damaged file aside and writes what could be read of it.
std::string SetAside(const fs::path& path, const ProgressText& read) {
  const fs::path aside = AsidePath(path);
  std::error_code error;
  fs::copy_file(path, aside, error);
  if (error || WriteTextFile(path, FormatProgress(read.progress))) {
    return fmt::format("{} has {} damaged lines, which are left out.",
                       path.string(), read.damaged_lines);
  }
  return fmt::format(
      "{} had {} damaged lines. The rest is kept; the damaged file is now {}.",
      path.string(), read.damaged_lines, aside.string());
}

}  // namespace

int Progress::GreenTasks(const std::string& exercise) const {
  return static_cast<int>(
      std::count_if(tasks.begin(), tasks.end(), [&exercise](const auto& entry) {
        return entry.first.first == exercise && entry.second.green;
      }));
}

ProgressText ParseProgress(std::string_view text) {
  ProgressText result;
  bool header = false;
  for (const std::string_view line : SplitLines(text)) {
    if (!header) {
      header = true;
      if (line == kHeader) continue;
      ++result.damaged_lines;
    }
    const auto words = Words(line);
    if (words.empty() || words[0].starts_with('#')) continue;
    if (!ReadLine(words, result.progress) && line != kHeader) {
      ++result.damaged_lines;
    }
  }
  if (!header) ++result.damaged_lines;
  return result;
}

std::string FormatProgress(const Progress& progress) {
  std::string text = fmt::format("{}\n", kHeader);
  if (!progress.current.empty()) {
    text += fmt::format("current {}\n", progress.current);
  }
  for (const auto& [key, task] : progress.tasks) {
    text += fmt::format("task {} {} {} {} {}\n", key.first, key.second,
                        task.green ? "green" : "red", task.passed, task.total);
  }
  for (const auto& [key, level] : progress.hints) {
    text += fmt::format("hint {} {} {}\n", key.first, key.second, level);
  }
  for (const auto& [exercise, time] : progress.solved) {
    text += fmt::format("solved {} {}\n", exercise, time);
  }
  return text;
}

ProgressFile::ProgressFile(fs::path folder)
    : folder_(std::move(folder)), path_(folder_ / "progress") {}

Progress ProgressFile::Load(std::string& notice) const {
  const auto text = ReadTextFile(path_);
  if (!text) {
    std::error_code ignored;
    if (fs::exists(path_, ignored)) {
      notice = path_.string() + " cannot be read; going on without it.";
    }
    return {};
  }
  ProgressText read = ParseProgress(*text);
  if (read.damaged_lines > 0) notice = SetAside(path_, read);
  return std::move(read.progress);
}

std::optional<Problem> ProgressFile::Update(
    const std::function<void(Progress&)>& change) const {
  std::error_code ignored;
  fs::create_directories(folder_, ignored);
  const FileLock lock(folder_ / "progress.lock");
  if (fs::exists(path_, ignored) && !ReadTextFile(path_)) {
    return Problem{
        .what = "cannot read the progress file, so it stays as it is",
        .where = path_.string(),
        .next =
            "Give yourself the right to read it: chmod u+rw " + path_.string()};
  }
  std::string notice;
  Progress progress = Load(notice);
  const Progress before = progress;
  change(progress);
  if (progress == before && fs::exists(path_, ignored)) return std::nullopt;
  return WriteTextFile(path_, FormatProgress(progress));
}

}  // namespace workbook::cli
