// SPDX-License-Identifier: Apache-2.0

#include "tools/release/work_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <string>
#include <system_error>

#include "tools/bazel_client/bazel.h"

namespace workbook::release {
namespace {

namespace fs = std::filesystem;

// Tells a folder of ours from one that only has the name.
constexpr char kMarker[] = ".release-in-progress";

bool Holds(const fs::path& outer, const fs::path& inner) {
  return std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end())
             .first == outer.end();
}

// A Bazel server of a killed release still holds its files.
void StopBazel(const fs::path& output_base, const fs::path& workspace) {
  std::error_code ignored;
  if (!fs::exists(output_base / "server", ignored) ||
      !fs::exists(workspace / "WORKSPACE", ignored)) {
    return;
  }
  BazelSettings settings;
  settings.startup = {"--output_base=" + output_base.string()};
  settings.timeout = std::chrono::minutes(2);
  InstalledBazel(workspace, settings).Execute({"shutdown"});
}

}  // namespace

void RemoveTree(const fs::path& folder) {
  std::error_code ignored;
  for (auto entry = fs::recursive_directory_iterator(
           folder, fs::directory_options::skip_permission_denied, ignored);
       entry != fs::recursive_directory_iterator(); entry.increment(ignored)) {
    if (entry->is_directory(ignored) && !entry->is_symlink(ignored)) {
      fs::permissions(entry->path(), fs::perms::owner_all,
                      fs::perm_options::add, ignored);
    }
  }
  fs::remove_all(folder, ignored);
}

std::optional<Problem> CheckOut(const fs::path& root, const fs::path& out) {
  std::error_code ignored;
  const fs::path place = fs::weakly_canonical(out, ignored);
  const fs::path course = fs::weakly_canonical(root, ignored);
  if (Holds(course, place)) {
    return Problem{"a release inside the course would be a part of it",
                   out.string(),
                   "Choose a folder outside " + course.string() + "."};
  }
  if (out.string().find_first_of(" \t\n") != std::string::npos) {
    return Problem{
        "Bazel does not work in a folder whose path has a space in it",
        out.string(), "Choose another name."};
  }
  if (fs::exists(out, ignored) &&
      !(fs::is_directory(out, ignored) && fs::is_empty(out, ignored))) {
    return Problem{"something is there already, and it is not overwritten",
                   out.string(),
                   "Choose a new folder, or remove this one first."};
  }
  if (!fs::is_directory(place.parent_path(), ignored)) {
    return Problem{"the folder to write into does not exist",
                   place.parent_path().string(),
                   "mkdir -p " + place.parent_path().string()};
  }
  return std::nullopt;
}

WorkFolder::WorkFolder(const fs::path& out)
    : out_(out), path_(out.string() + ".partial") {}

WorkFolder::~WorkFolder() {
  if (lock_ < 0) return;
  StopBazel(path_ / "output_base", path_ / "trial");
  RemoveTree(path_);
  close(lock_);
}

std::optional<Problem> WorkFolder::Open() {
  std::error_code error;
  if (!fs::create_directory(path_, error) && error) {
    return Problem{"the folder cannot be written: " + error.message(),
                   path_.parent_path().string(),
                   "Make it writable, or choose another --out."};
  }
  const int lock = open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (lock < 0 || flock(lock, LOCK_EX | LOCK_NB) != 0) {
    if (lock >= 0) close(lock);
    return Problem{"another release is being written there", path_.string(),
                   "Wait until it is done, or choose another --out."};
  }
  const bool is_ours = fs::exists(path_ / kMarker, error);
  if (!is_ours && !fs::is_empty(path_, error)) {
    close(lock);
    return Problem{"a folder of this name is there, and no release made it",
                   path_.string(), "Rename it, or choose another --out."};
  }
  lock_ = lock;
  if (is_ours) {
    removed_leftovers_ = true;
    StopBazel(path_ / "output_base", path_ / "trial");
    for (const auto& entry : fs::directory_iterator(path_)) {
      if (entry.path().filename() != kMarker) RemoveTree(entry.path());
    }
  }
  if (!std::ofstream(path_ / kMarker).flush()) {
    return Problem{
        std::string("the folder cannot be written: ") + std::strerror(errno),
        path_.string(), "Make it writable, or free some space (df -h)."};
  }
  return std::nullopt;
}

fs::path WorkFolder::Part(const char* name) const {
  fs::path part = path_ / name;
  fs::create_directories(part);
  return part;
}

std::optional<Problem> WorkFolder::Publish(const char* name) const {
  std::error_code error;
  fs::rename(path_ / name, out_, error);
  if (!error) return std::nullopt;
  return Problem{
      "the finished copy could not be given its name: " + error.message(),
      out_.string(), "See what is there now, then start again."};
}

}  // namespace workbook::release
