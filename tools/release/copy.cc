// SPDX-License-Identifier: Apache-2.0

#include "tools/release/copy.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <fstream>
#include <map>

#include "tools/authoring/stub/stub.h"
#include "tools/release/contents.h"
#include "tools/release/pages.h"
#include "tools/sha256/sha256.h"
#include "tools/text/text_file.h"

namespace workbook::release {
namespace {

namespace fs = std::filesystem;

struct File {
  std::string text;
  bool executable = false;
};
using Files = std::map<std::string, File>;  // by path in the copy

CopyResult Failure(const std::string& what, const std::string& where,
                   const std::string& next) {
  CopyResult result;
  result.problem = Problem{what, where, next};
  return result;
}

// Where a file of the course lands: "" where it stays at home.
std::string PlaceOf(const std::string& file, const Contents& contents) {
  if (file.starts_with(kOverlayFolder)) {
    return file.substr(std::string_view(kOverlayFolder).size());
  }
  return contents.Allows(file) ? file : "";
}

std::optional<Problem> Collect(const Snapshot& snapshot,
                               const Contents& contents, Files& files) {
  // What the copy has instead of the course's own comes last.
  for (const bool overlay : {false, true}) {
    for (const std::string& file : snapshot.files) {
      if (file.starts_with(kOverlayFolder) != overlay) continue;
      const std::string place = PlaceOf(file, contents);
      if (place.empty()) continue;
      const fs::path source = snapshot.root / file;
      const fs::file_status status = fs::symlink_status(source);
      const auto text = ReadTextFile(source);
      if (status.type() != fs::file_type::regular || !text) {
        return Problem{
            "the list of what is released names something that is no file",
            file,
            std::string("Put a file there, or take it out of ") +
                kContentsFile + "."};
      }
      const bool executable =
          (status.permissions() & fs::perms::owner_exec) != fs::perms::none;
      files[place] = {*text, executable};
    }
  }
  return std::nullopt;
}

std::optional<Problem> AddStubs(const Snapshot& snapshot,
                                const std::vector<const Exercise*>& exercises,
                                Files& files) {
  for (const Exercise* exercise : exercises) {
    for (const Task& task : exercise->tasks) {
      for (const std::string& name : task.files) {
        const fs::path source = exercise->solution_folder / name;
        const StubResult stub = MakeStub(snapshot.root, *exercise, name);
        if (!stub.ok) {
          return Problem{"a stub cannot be made: " + stub.message,
                         source.string(),
                         "./workbook verify " + exercise->id + " shows more."};
        }
        files[(exercise->folder / name).generic_string()].text = stub.text;
        files[fmt::format("{}/{}/{}", kPristineFolder, exercise->id, name)] = {
            stub.text};
      }
    }
  }
  return std::nullopt;
}

void FixPages(const std::vector<const Exercise*>& exercises, Files& files,
              CopyResult& result) {
  const auto is_there = [&](const fs::path& path) {
    std::string name = path.generic_string();
    while (name.ends_with('/')) name.pop_back();
    if (name == kManifestFile) return true;
    const auto next = files.lower_bound(name);
    return next != files.end() &&
           (next->first == name || next->first.starts_with(name + "/"));
  };
  for (auto& [name, file] : files) {
    if (!name.ends_with(".md")) continue;
    file.text = WithoutDeadLinks(
        WithoutInclusions(WithExercises(file.text, exercises)), name, is_there);
    int number = 0;
    for (const std::string_view line : SplitLines(file.text)) {
      ++number;
      if (line.find("solutions/") != std::string_view::npos) {
        result.mentions.push_back(fmt::format("{}:{}", name, number));
      }
    }
  }
}

std::string Manifest(const Snapshot& snapshot,
                     const std::vector<const Exercise*>& exercises,
                     const Files& files) {
  std::string ids;
  for (const Exercise* exercise : exercises) ids += " " + exercise->id;
  std::string text = fmt::format(
      "# Memory Workbook, a copy for learners\n"
      "# commit {}\n# exercises{}\n# files {}\n"
      "# sha256sum -c {} compares; what you edited differs.\n",
      snapshot.commit, ids, files.size(), kManifestFile);
  for (const auto& [name, file] : files) {
    text += Sha256(file.text) + "  " + name + "\n";
  }
  return text;
}

// Not ReplaceTextFile: a thousand syncs of the disk cost a minute, and an
// interrupted release begins anew.
void Write(const fs::path& path, const File& file, std::int64_t time_s) {
  fs::create_directories(path.parent_path());
  errno = 0;
  std::ofstream stream(path, std::ios::binary);
  stream << file.text;
  stream.close();
  if (!stream) {
    throw fs::filesystem_error(
        "cannot write", path,
        std::error_code(errno != 0 ? errno : EIO, std::generic_category()));
  }
  fs::permissions(path, static_cast<fs::perms>(file.executable ? 0755 : 0644));
  const timespec time{static_cast<time_t>(time_s), 0};
  const timespec times[] = {time, time};
  utimensat(AT_FDCWD, path.c_str(), times, 0);
}

}  // namespace

CopyResult WriteCopy(const Snapshot& snapshot,
                     const std::vector<const Exercise*>& exercises,
                     const fs::path& folder) {
  const auto list = ReadTextFile(snapshot.root / kContentsFile);
  if (!list) {
    return Failure("the list of what is released is not in the commit",
                   kContentsFile, "git checkout brings it back.");
  }
  const Contents contents(*list, exercises);
  if (const auto unused = contents.Unused(snapshot.files); !unused.empty()) {
    return Failure(
        fmt::format("no file of the commit fits the line {}", unused.front()),
        kContentsFile, "Take the line out, or commit the file.");
  }
  if (const auto undecided = contents.Undecided(snapshot.files);
      !undecided.empty()) {
    return Failure(fmt::format("no line says whether {} goes into the copy",
                               undecided.front()),
                   kContentsFile,
                   "Add a line for it; one with ! in front keeps it at home.");
  }
  Files files;
  if (auto problem = Collect(snapshot, contents, files)) {
    return {problem, 0, {}};
  }
  if (auto problem = AddStubs(snapshot, exercises, files)) {
    return {problem, 0, {}};
  }
  CopyResult result;
  FixPages(exercises, files, result);
  files[kManifestFile] = {Manifest(snapshot, exercises, files)};
  result.files = files.size();
  for (const auto& [name, file] : files) {
    Write(folder / name, file, snapshot.time_s);
  }
  return result;
}

}  // namespace workbook::release
