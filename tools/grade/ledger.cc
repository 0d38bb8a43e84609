// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/ledger.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>

#include "tools/grade/whole_io.h"
#include "tools/sha256/sha256.h"

namespace workbook::grade {

Ledger::Ledger(const std::filesystem::path& file) {
  file_ = open(file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (file_ < 0) ThrowErrno(file.string());
  if (flock(file_, LOCK_EX | LOCK_NB) != 0) {
    const int error = errno;
    close(file_);
    errno = error;
    ThrowErrno(file.string() + ": another process is grading into this folder");
  }
  if (std::filesystem::is_regular_file(file)) Load(file);
}

Ledger::~Ledger() { close(file_); }

void Ledger::Load(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  off_t start = 0;
  for (std::string line; std::getline(stream, line);) {
    if (stream.eof()) {
      // Cut off by a kill. Nobody was told this result.
      if (ftruncate(file_, start) != 0) ThrowErrno("ledger");
      return;
    }
    line += '\n';
    head_ = Sha256(head_ + line);
    try {
      ReadLine(line, start);
    } catch (const std::exception&) {
      ++damaged_lines_;
    }
    start += static_cast<off_t>(line.size());
  }
}

void Ledger::ReadLine(const std::string& line, off_t start) {
  const nlohmann::json event = nlohmann::json::parse(line);
  if (event.value("event", "") == "apply") {
    const auto results = event.at("results").get<std::vector<Result>>();
    const std::string regrade = event.at("regrade");
    for (std::size_t i = 0; i < results.size(); ++i) {
      last_keys_[results[i].student] = results[i].key;
      places_[results[i].key] = {start, line.size(), static_cast<int>(i)};
    }
    applied_.insert(regrade);
    return;
  }
  if (event.value("event", "") == "seed") {
    if (seed_ == 0) seed_ = event.at("seed");
    return;
  }
  const Result result = event;
  if (seed_ == 0) seed_ = result.seed;
  last_keys_[result.student] = result.key;
  // The first of a key stays: nothing but a decision of somebody lowers a mark.
  places_.try_emplace(result.key, Place{start, line.size(), kWholeLine});
}

// What was read once is read the same again: only this process writes.
Result Ledger::Read(const Place& place) const {
  const nlohmann::json event = nlohmann::json::parse(
      ReadAt(file_, place.length, place.start, "the ledger"));
  if (place.part == kWholeLine) return event;
  return event.at("results").at(static_cast<std::size_t>(place.part));
}

std::uint64_t Ledger::Seed() const {
  const MutexLock lock(mutex_);
  return seed_;
}

bool Ledger::Has(const std::string& key) const {
  const MutexLock lock(mutex_);
  return places_.contains(key);
}

std::optional<Result> Ledger::Find(const std::string& key) const {
  Place place;
  {
    const MutexLock lock(mutex_);
    const auto found = places_.find(key);
    if (found == places_.end()) return std::nullopt;
    place = found->second;
  }
  return Read(place);
}

std::optional<Result> Ledger::FindStudent(const std::string& student) const {
  std::string key;
  {
    const MutexLock lock(mutex_);
    const auto last = last_keys_.find(student);
    if (last == last_keys_.end()) return std::nullopt;
    key = last->second;
  }
  return Find(key);
}

bool Ledger::HasApplied(const std::string& regrade) const {
  const MutexLock lock(mutex_);
  return applied_.contains(regrade);
}

std::string Ledger::Head() const {
  const MutexLock lock(mutex_);
  return head_;
}

std::size_t Ledger::damaged_lines() const {
  const MutexLock lock(mutex_);
  return damaged_lines_;
}

void Ledger::Record(const Result& result) {
  const MutexLock lock(mutex_);
  Append(JsonText(result));
}

void Ledger::RecordSeed(std::uint64_t seed) {
  const MutexLock lock(mutex_);
  Append(JsonText({{"event", "seed"}, {"seed", seed}}));
}

void Ledger::Apply(const Correction& correction) {
  const nlohmann::json event{
      {"event", "apply"},      {"regrade", correction.regrade},
      {"by", correction.by},   {"at", correction.at},
      {"why", correction.why}, {"results", correction.results}};
  const MutexLock lock(mutex_);
  Append(JsonText(event));
}

void Ledger::Append(const std::string& text) {
  const std::string line = text + "\n";
  const off_t before = lseek(file_, 0, SEEK_END);
  try {
    // At the end, wherever that is: the file is opened to append.
    WriteAt(file_, line, before, "the ledger");
  } catch (const std::system_error&) {
    // The failure is told either way; a part that stays is cut off by Load.
    if (ftruncate(file_, before) != 0) ++damaged_lines_;
    throw;
  }
  if (fsync(file_) != 0) ThrowErrno("the ledger could not be written");
  head_ = Sha256(head_ + line);
  ReadLine(line, before);
}

}  // namespace workbook::grade
