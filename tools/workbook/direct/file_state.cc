// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/direct/file_state.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <fstream>
#include <system_error>
#include <thread>

namespace workbook::direct {
namespace {

namespace fs = std::filesystem;

std::int64_t Nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

bool IsEditors(const std::string& name) {
  const bool digits = std::all_of(name.begin(), name.end(), [](char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
  });
  return digits || name.starts_with('.') || name.starts_with('#') ||
         name.ends_with('~');
}

}  // namespace

std::optional<FileState> Look(const std::string& path) {
  struct stat found = {};
  if (::stat(path.c_str(), &found) != 0) return std::nullopt;
  return FileState{.path = path,
                   .size_bytes = static_cast<std::uint64_t>(found.st_size),
                   .inode = found.st_ino,
                   .modified_ns = Nanoseconds(found.st_mtim),
                   .changed_ns = Nanoseconds(found.st_ctim)};
}

FileState LookOrAbsent(const std::string& path) {
  return Look(path).value_or(FileState{.path = path});
}

bool IsUnchanged(const FileState& state) {
  return LookOrAbsent(state.path) == state;
}

std::vector<std::string> NamesBelow(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, error), end;
       !error && entry != end; entry.increment(error)) {
    if (IsEditors(entry->path().filename().string())) continue;
    names.push_back(entry->path().lexically_relative(folder).string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::int64_t FileClockAfter(std::int64_t changed_ns, const fs::path& folder) {
  constexpr int kMaxTicks = 50;  // of a clock from the future
  const fs::path probe = folder / ("clock." + std::to_string(::getpid()) + '.' +
                                   std::to_string(::gettid()));
  std::int64_t now_ns = 0;
  for (int i = 0; i < kMaxTicks && now_ns <= changed_ns; ++i) {
    if (i > 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    std::ofstream(probe) << "now\n";
    const auto state = Look(probe.string());
    now_ns = state ? state->changed_ns : 0;
  }
  std::error_code ignored;
  fs::remove(probe, ignored);
  return now_ns > changed_ns ? now_ns : 0;
}

std::vector<std::string> ReadDependencies(std::string_view depfile) {
  std::vector<std::string> names;
  const std::size_t colon = depfile.find(": ");
  if (colon == std::string_view::npos) return names;
  std::string name;
  const auto end_name = [&] {
    if (!name.empty()) names.push_back(std::move(name));
    name.clear();
  };
  for (std::size_t i = colon + 1; i < depfile.size(); ++i) {
    const bool escapes = depfile[i] == '\\' && i + 1 < depfile.size();
    if (escapes && depfile[i + 1] == '\n') {
      ++i;
      end_name();
    } else if (escapes && depfile[i + 1] == ' ') {
      name += depfile[++i];
    } else if (std::isspace(static_cast<unsigned char>(depfile[i])) != 0) {
      end_name();
    } else {
      name += depfile[i];
    }
  }
  end_name();
  return names;
}

}  // namespace workbook::direct
