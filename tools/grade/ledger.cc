#include "tools/grade/ledger.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <nlohmann/json.hpp>
#include <system_error>

#include "tools/grade/plan.h"
#include "tools/sha256/sha256.h"
#include "tools/text/text_file.h"

namespace workbook::grade {
namespace {

[[noreturn]] void Fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

Ledger::Ledger(const std::filesystem::path& file) {
  file_ = open(file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (file_ < 0) Fail(file.string());
  if (flock(file_, LOCK_EX | LOCK_NB) != 0) {
    const int error = errno;
    close(file_);
    errno = error;
    Fail(file.string() + ": another process is grading into this folder");
  }
  Load(ReadTextFile(file).value_or(""));
}

Ledger::~Ledger() { close(file_); }

void Ledger::Load(const std::string& text) {
  std::size_t start = 0;
  while (start < text.size()) {
    const std::size_t end = text.find('\n', start);
    if (end == std::string::npos) {
      // Cut off by a kill. Nobody was told this result.
      if (ftruncate(file_, static_cast<off_t>(start)) != 0) Fail("ledger");
      return;
    }
    const std::string line = text.substr(start, end + 1 - start);
    head_ = Sha256(head_ + line);
    try {
      ReadLine(line);
    } catch (const std::exception&) {
      ++damaged_lines_;
    }
    start = end + 1;
  }
}

void Ledger::ReadLine(const std::string& line) {
  const nlohmann::json event = nlohmann::json::parse(line);
  if (event.value("event", "") == "apply") {
    auto results = event.at("results").get<std::vector<Result>>();
    for (Result& result : results) {
      last_keys_[result.student] = result.key;
      const std::string key = result.key;
      results_.insert_or_assign(key, std::move(result));
    }
    applied_.insert(event.at("regrade").get<std::string>());
    return;
  }
  Result result = event;
  last_keys_[result.student] = result.key;
  // The first of a key stays: nothing but a decision of somebody lowers a mark.
  const std::string key = result.key;
  results_.try_emplace(key, std::move(result));
}

const Result* Ledger::Find(const std::string& key) const {
  const std::lock_guard lock(mutex_);
  const auto found = results_.find(key);
  return found == results_.end() ? nullptr : &found->second;
}

const Result* Ledger::FindStudent(const std::string& student) const {
  const std::lock_guard lock(mutex_);
  const auto key = last_keys_.find(student);
  if (key == last_keys_.end()) return nullptr;
  return &results_.at(key->second);
}

bool Ledger::HasApplied(const std::string& regrade) const {
  const std::lock_guard lock(mutex_);
  return applied_.contains(regrade);
}

std::string Ledger::Head() const {
  const std::lock_guard lock(mutex_);
  return head_;
}

void Ledger::Record(const Result& result) {
  const std::lock_guard lock(mutex_);
  Append(nlohmann::json(result).dump(-1, ' ', true,
                                     nlohmann::json::error_handler_t::replace));
}

void Ledger::Apply(const Correction& correction) {
  const nlohmann::json event{
      {"event", "apply"},      {"regrade", correction.regrade},
      {"by", correction.by},   {"at", correction.at},
      {"why", correction.why}, {"results", correction.results}};
  const std::lock_guard lock(mutex_);
  Append(event.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace));
}

// REQUIRES: mutex_ is held.
void Ledger::Append(const std::string& text) {
  const std::string line = text + "\n";
  const off_t before = lseek(file_, 0, SEEK_END);
  std::size_t done = 0;
  while (done < line.size()) {
    const ssize_t count = write(file_, line.data() + done, line.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      const int error = errno;
      if (ftruncate(file_, before) != 0) errno = error;
      errno = error;
      Fail("the ledger could not be written");
    }
    done += static_cast<std::size_t>(count);
  }
  if (fsync(file_) != 0) Fail("the ledger could not be written");
  head_ = Sha256(head_ + line);
  ReadLine(line);
}

}  // namespace workbook::grade
