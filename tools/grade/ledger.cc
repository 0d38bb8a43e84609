#include "tools/grade/ledger.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <nlohmann/json.hpp>
#include <system_error>

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
    try {
      Result result =
          nlohmann::json::parse(text.begin() + static_cast<long>(start),
                                text.begin() + static_cast<long>(end));
      // The first of a key stays: nothing that came later lowers a mark.
      results_.try_emplace(result.key, std::move(result));
    } catch (const std::exception&) {
      ++damaged_lines_;
    }
    start = end + 1;
  }
}

const Result* Ledger::Find(const std::string& key) const {
  const std::lock_guard lock(mutex_);
  const auto found = results_.find(key);
  return found == results_.end() ? nullptr : &found->second;
}

void Ledger::Record(const Result& result) {
  const std::string line =
      nlohmann::json(result).dump(-1, ' ', true,
                                  nlohmann::json::error_handler_t::replace) +
      "\n";
  const std::lock_guard lock(mutex_);
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
  results_.try_emplace(result.key, result);
}

}  // namespace workbook::grade
