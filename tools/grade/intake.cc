// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/intake.h"

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <set>

#include "tools/grade/intake_words.h"

namespace workbook::grade {
namespace {

constexpr std::size_t kShownBytes = 200;
constexpr int kMaxDepth = 4;
constexpr std::size_t kOtherNames = 100;

std::string LastName(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

bool Climbs(const std::string& path) {
  if (path.starts_with('/')) return true;
  return ("/" + path + "/").find("/../") != std::string::npos;
}

class Collector {
 public:
  Collector(const std::vector<std::string>& wanted, const IntakeLimits& limits,
            Submission& submission)
      : wanted_(wanted), limits_(limits), submission_(submission) {}

  // Whether the entry's content is asked for.
  bool Wants(const std::string& path) const {
    return std::find(wanted_.begin(), wanted_.end(), LastName(path)) !=
           wanted_.end();
  }

  // Counts one entry. False: no more are looked at.
  bool Count() {
    if (++entries_ <= limits_.entries) return true;
    submission_.unreadable = "Your submission has more than " +
                             std::to_string(limits_.entries) +
                             " files. Fix: hand in the exercise's files only.";
    return false;
  }

  // A file that is not asked for: its name may tell what went wrong.
  void LeaveOut(const std::string& path) {
    if (others_.size() < kOtherNames) others_.insert(LastName(path));
  }

  // `what` the entry is, with its article.
  void Refuse(const std::string& path, const std::string& what) {
    submission_.flags.push_back(Printable(path) + ": " + what + ", not read");
    if (!Wants(path)) return;
    unread_.insert(LastName(path));
    submission_.notes.push_back(LastName(path) +
                                " was not read, because it is " + what +
                                ". Fix: hand in the file itself.");
  }

  void Add(const std::string& path, std::string bytes) {
    const std::string name = LastName(path);
    std::string why = WhyNoText(name, bytes);
    if (bytes.size() > limits_.file_bytes) {
      why = name + " was not read, because it is larger than " +
            std::to_string(limits_.file_bytes >> 10) +
            " KiB. Fix: hand in your own code only.";
    }
    if (!why.empty()) {
      unread_.insert(name);
      submission_.notes.push_back(why);
      return;
    }
    const auto [place, is_new] =
        submission_.files.try_emplace(name, std::move(bytes));
    if (is_new) {
      paths_[name] = path;
    } else if (place->second != bytes) {
      submission_.unreadable = name + " is in your submission twice, as " +
                               Printable(paths_[name]) + " and " +
                               Printable(path) +
                               ", and the two differ. Fix: hand in only the "
                               "one that counts.";
    }
  }

  // Once all was looked at.
  void Finish() {
    if (!submission_.unreadable.empty()) return;
    std::set<std::string> missing;
    for (const std::string& name : wanted_) {
      if (!submission_.files.contains(name) && !unread_.contains(name)) {
        missing.insert(name);
      }
    }
    for (std::string& note : NotesOnNames(missing, others_)) {
      submission_.notes.push_back(std::move(note));
    }
    if (!submission_.files.empty()) return;
    submission_.unreadable = unread_.empty() && submission_.notes.empty()
                                 ? WhyNothing(wanted_, others_)
                                 : "None of your files could be read.";
  }

  // What one file may hold before it is too large; one byte more tells.
  std::size_t file_limit() const { return limits_.file_bytes + 1; }

 private:
  const std::vector<std::string>& wanted_;
  const IntakeLimits& limits_;
  Submission& submission_;
  std::map<std::string, std::string> paths_;  // of what was taken
  std::set<std::string> unread_;              // wanted, and no text
  std::set<std::string> others_;
  std::size_t entries_ = 0;
};

std::string ReadDescriptor(int file, std::size_t limit) {
  std::string bytes;
  std::array<char, 65536> buffer;
  while (bytes.size() < limit) {
    const ssize_t count = read(file, buffer.data(),
                               std::min(buffer.size(), limit - bytes.size()));
    if (count <= 0) break;
    bytes.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return bytes;
}

void ReadFolder(int folder, const std::string& path, int depth,
                Collector& collector) {
  DIR* const listing = fdopendir(folder);
  if (listing == nullptr) {
    close(folder);
    return;
  }
  std::vector<std::string> names;
  while (const dirent* entry = readdir(listing)) {
    const std::string name = entry->d_name;
    if (name == "." || name == "..") continue;
    if (!collector.Count()) break;
    names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    const std::string inner = path.empty() ? name : path + "/" + name;
    struct stat info {};
    if (fstatat(dirfd(listing), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0)
      continue;
    if (S_ISDIR(info.st_mode)) {
      const int next = openat(dirfd(listing), name.c_str(),
                              O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
      if (next >= 0 && depth < kMaxDepth) {
        ReadFolder(next, inner, depth + 1, collector);
      } else if (next >= 0) {
        close(next);
      }
      continue;
    }
    if (!collector.Wants(inner)) {
      collector.LeaveOut(inner);
      continue;
    }
    if (!S_ISREG(info.st_mode) || info.st_nlink > 1) {
      collector.Refuse(inner, S_ISREG(info.st_mode)
                                  ? "a hard link"
                                  : "a link, a device or a pipe");
      continue;
    }
    const int file = openat(dirfd(listing), name.c_str(),
                            O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file < 0) {
      collector.Refuse(inner, "a file that can't be opened (" +
                                  std::string(std::strerror(errno)) + ")");
      continue;
    }
    collector.Add(inner, ReadDescriptor(file, collector.file_limit()));
    close(file);
  }
  closedir(listing);
}

// Reads the entry; what is beyond `keep` is counted and dropped.
bool ReadEntry(archive* source, std::size_t keep, std::size_t& unpacked,
               std::size_t limit, std::string& bytes) {
  std::array<char, 65536> buffer;
  while (true) {
    const la_ssize_t count =
        archive_read_data(source, buffer.data(), buffer.size());
    if (count < 0) return false;
    if (count == 0) return true;
    unpacked += static_cast<std::size_t>(count);
    if (unpacked > limit) return false;
    bytes.append(buffer.data(), std::min(static_cast<std::size_t>(count),
                                         keep - std::min(keep, bytes.size())));
  }
}

void ReadArchive(archive* source, const IntakeLimits& limits,
                 Collector& collector, Submission& submission) {
  std::size_t unpacked = 0;
  archive_entry* entry = nullptr;
  while (submission.unreadable.empty()) {
    const int status = archive_read_next_header(source, &entry);
    if (status == ARCHIVE_EOF) return;
    if (status < ARCHIVE_WARN) {
      const char* const why = archive_error_string(source);
      submission.unreadable =
          "Your archive is damaged (" +
          Printable(why == nullptr ? "no reason" : why) +
          "). Fix: pack it again, and open it yourself before you hand it in.";
      return;
    }
    if (!collector.Count()) return;
    const char* const raw = archive_entry_pathname(entry);
    const std::string path = raw == nullptr ? "" : raw;
    if (Climbs(path)) {
      collector.Refuse(path, "a path that leaves the archive");
      continue;
    }
    const bool plain = archive_entry_filetype(entry) == AE_IFREG &&
                       archive_entry_hardlink(entry) == nullptr;
    const bool wanted = collector.Wants(path);
    if (!plain) {
      if (wanted) collector.Refuse(path, "a link, a device or a pipe");
      continue;
    }
    std::string bytes;
    if (!ReadEntry(source, wanted ? collector.file_limit() : 0, unpacked,
                   limits.unpacked_bytes, bytes)) {
      submission.unreadable =
          unpacked > limits.unpacked_bytes
              ? "Your archive unpacks to more than " +
                    std::to_string(limits.unpacked_bytes >> 20) +
                    " MiB. Fix: pack the exercise's files only."
              : "Your archive is damaged or has a password. Fix: pack it "
                "again without one, and open it yourself before you hand it "
                "in.";
      return;
    }
    if (wanted) {
      collector.Add(path, std::move(bytes));
    } else {
      collector.LeaveOut(path);
    }
  }
}

void OpenArchive(int file, const IntakeLimits& limits, Collector& collector,
                 Submission& submission) {
  const std::unique_ptr<archive, int (*)(archive*)> source(archive_read_new(),
                                                           archive_read_free);
  archive_read_support_format_zip(source.get());
  archive_read_support_format_tar(source.get());
  archive_read_support_filter_gzip(source.get());
  archive_read_support_filter_bzip2(source.get());
  archive_read_support_filter_xz(source.get());
  if (archive_read_open_fd(source.get(), file, 65536) != ARCHIVE_OK) {
    submission.unreadable =
        "Your submission is neither a folder nor a zip or tar archive. Fix: "
        "hand in one of these.";
    return;
  }
  ReadArchive(source.get(), limits, collector, submission);
}

}  // namespace

std::string Printable(const std::string& text) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string shown;
  for (const char c : text) {
    if (shown.size() >= kShownBytes) return shown + "...";
    if (c >= ' ' && c <= '~') {
      shown += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      shown += "\\x";
      shown += kDigits[byte >> 4];
      shown += kDigits[byte & 15];
    }
  }
  return shown;
}

std::string StudentOf(const std::filesystem::path& path) {
  constexpr std::string_view kEndings[] = {
      ".zip", ".tar", ".tgz", ".tar.gz", ".tar.xz", ".txz", ".tar.bz2"};
  std::string name = path.filename().string();
  std::error_code none;
  if (!std::filesystem::is_directory(symlink_status(path, none))) {
    for (const std::string_view ending : kEndings) {
      if (name.size() > ending.size() && name.ends_with(ending)) {
        name.resize(name.size() - ending.size());
        break;
      }
    }
  }
  return Printable(name);
}

Submission TakeIn(const std::filesystem::path& path,
                  const std::vector<std::string>& wanted,
                  const IntakeLimits& limits) {
  Submission submission;
  submission.student = StudentOf(path);
  Collector collector(wanted, limits, submission);
  const int file =
      open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  struct stat info {};
  if (file < 0 || fstat(file, &info) != 0) {
    submission.unreadable = errno == ELOOP
                                ? "Your submission is a symbolic link. "
                                  "Fix: hand in the folder itself."
                                : std::strerror(errno);
    if (file >= 0) close(file);
  } else if (S_ISDIR(info.st_mode)) {
    ReadFolder(file, "", 0, collector);  // closes it
  } else {
    if (!S_ISREG(info.st_mode)) {
      submission.unreadable =
          "Your submission is a device or a pipe. Fix: hand in a folder or an "
          "archive.";
    } else if (static_cast<std::size_t>(info.st_size) > limits.archive_bytes) {
      submission.unreadable = "Your archive is larger than " +
                              std::to_string(limits.archive_bytes >> 20) +
                              " MiB. Fix: pack the exercise's files only.";
    } else {
      OpenArchive(file, limits, collector, submission);
    }
    close(file);
  }
  collector.Finish();
  if (!submission.unreadable.empty()) submission.files.clear();
  return submission;
}

}  // namespace workbook::grade
