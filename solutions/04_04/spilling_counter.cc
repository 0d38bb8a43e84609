// SPDX-License-Identifier: Apache-2.0

#include "04_04/spilling_counter.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <functional>
#include <optional>
#include <stdexcept>
#include <utility>

#include "exercises/04_04/given/sorted_run.h"

namespace workbook {
namespace {

// Adds the counts of equal keys up over all runs.
class RunMerge {
 public:
  void Add(int fd, std::span<char> buffer) {
    RunReader& reader = readers_[count_].emplace(fd, buffer);
    heap_[count_++] = &reader;
  }

  void Run(CountSink& sink) {
    // The first entries; a run that has none leaves at once.
    const std::size_t runs = std::exchange(count_, 0);
    for (std::size_t i = 0; i < runs; ++i) Return(heap_[i]);
    bool go_on = true;
    while (go_on && status_.ok() && count_ > 0) {
      // A copy: the view ends when its run moves on.
      const std::string_view first = heap_[0]->Key();
      std::copy(first.begin(), first.end(), key_.begin());
      const std::string_view key(key_.data(), first.size());
      std::uint64_t sum = 0;
      while (count_ > 0 && heap_[0]->Key() == key) {
        std::pop_heap(heap_.begin(), heap_.begin() + Difference(), Later);
        RunReader* const reader = heap_[--count_];
        sum += reader->Count();
        Return(reader);
      }
      go_on = sink.OnCount(key, sum);
    }
  }

  const IoStatus& Status() const { return status_; }

 private:
  static bool Later(const RunReader* left, const RunReader* right) {
    return left->Key() > right->Key();
  }
  std::ptrdiff_t Difference() const {
    return static_cast<std::ptrdiff_t>(count_);
  }

  void Return(RunReader* reader) {
    if (reader->Next()) {
      heap_[count_++] = reader;
      std::push_heap(heap_.begin(), heap_.begin() + Difference(), Later);
    } else if (!reader->Status().ok()) {
      status_ = reader->Status();
    }
  }

  std::array<std::optional<RunReader>, SpillingCounter::kMaxRuns> readers_;
  std::array<RunReader*, SpillingCounter::kMaxRuns> heap_ = {};
  std::array<char, SpillingCounter::kMaxKeyBytes> key_;
  std::size_t count_ = 0;
  IoStatus status_;
};

constexpr std::size_t kWriteBytes = std::size_t{32} << 10;
constexpr std::string_view kSuffix = "XXXXXX";  // what mkostemp asks for

}  // namespace

SpillingCounter::SpillingCounter(std::size_t memory_bytes,
                                 std::string temp_folder)
    : temp_path_(std::move(temp_folder)),
      // Half for the slots, rounded down: of 24 bytes, at most three quarters
      // in use. That suits keys of 40 to 100 bytes.
      slot_count_(std::bit_floor(memory_bytes / 2 / sizeof(Slot))),
      text_bytes_(memory_bytes - slot_count_ * sizeof(Slot)) {
  if (memory_bytes < kMinBytes) {
    throw std::invalid_argument(
        "SpillingCounter: memory_bytes is " + std::to_string(memory_bytes) +
        ", and must be at least " + std::to_string(kMinBytes));
  }
  temp_path_ += "/spill-";
  temp_path_ += kSuffix;
  memory_.reset(new char[memory_bytes]);
  slots_ = {reinterpret_cast<Slot*>(memory_.get()), slot_count_};
  text_ = memory_.get() + slot_count_ * sizeof(Slot);
  std::fill(slots_.begin(), slots_.end(), Slot{});
  runs_.reserve(kMaxRuns + 1);
}

SpillingCounter::~SpillingCounter() {
  for (const int run : runs_) close(run);
}

bool SpillingCounter::Add(std::string_view key) {
  if (key.size() > kMaxKeyBytes) {
    throw std::length_error("SpillingCounter: a key of " +
                            std::to_string(key.size()) + " bytes; at most " +
                            std::to_string(kMaxKeyBytes));
  }
  if (!status_.ok()) return false;
  const std::uint32_t hash =
      static_cast<std::uint32_t>(std::hash<std::string_view>()(key));
  std::size_t place = hash & (slot_count_ - 1);
  while (slots_[place].count != 0) {
    Slot& slot = slots_[place];
    if (slot.hash == hash &&
        std::string_view(slot.key, slot.key_bytes) == key) {
      ++slot.count;
      return true;
    }
    place = (place + 1) & (slot_count_ - 1);
  }
  const bool is_full = used_slots_ >= slot_count_ / 4 * 3 ||
                       text_bytes_ - used_text_bytes_ < key.size();
  if (is_full) {
    if (!Spill()) return false;
    place = hash & (slot_count_ - 1);  // the table is empty
  }
  char* const copy = text_ + used_text_bytes_;
  std::copy(key.begin(), key.end(), copy);
  slots_[place] = {copy, static_cast<std::uint32_t>(key.size()), hash, 1};
  used_text_bytes_ += key.size();
  ++used_slots_;
  return true;
}

bool SpillingCounter::Finish(CountSink& sink) {
  if (!status_.ok()) return false;
  if (!runs_.empty()) return Spill() && MergeRuns(sink);
  for (const Slot& slot : SortSlots()) {
    if (!sink.OnCount({slot.key, slot.key_bytes}, slot.count)) break;
  }
  ClearTable();
  return true;
}

void SpillingCounter::Clear() {
  ClearTable();
  CloseRuns();
  runs_written_ = 0;
  status_ = {};
}

// Packs the slots in use to the front; the table is no table until ClearTable.
std::span<SpillingCounter::Slot> SpillingCounter::SortSlots() {
  const auto end = std::partition(slots_.begin(), slots_.end(),
                                  [](const Slot& slot) { return slot.count; });
  std::sort(slots_.begin(), end, [](const Slot& left, const Slot& right) {
    return std::string_view(left.key, left.key_bytes) <
           std::string_view(right.key, right.key_bytes);
  });
  return {slots_.begin(), end};
}

void SpillingCounter::ClearTable() {
  std::fill(slots_.begin(), slots_.end(), Slot{});
  used_slots_ = 0;
  used_text_bytes_ = 0;
}

bool SpillingCounter::Fail(const IoStatus& status) {
  status_ = status;
  CloseRuns();
  return false;
}

void SpillingCounter::CloseRuns() {
  for (const int run : runs_) close(run);
  runs_.clear();
}

// -1 and status_ when there is none to be had.
int SpillingCounter::NewFile() {
  // mkostemp has written a name over the last suffix.
  temp_path_.replace(temp_path_.size() - kSuffix.size(), kSuffix.size(),
                     kSuffix);
  const int fd = mkostemp(temp_path_.data(), O_CLOEXEC);
  if (fd < 0) {
    const bool is_full = errno == ENOSPC || errno == EDQUOT;
    Fail({is_full ? IoOutcome::kDiskFull : IoOutcome::kWriteFailed, errno, 0});
    return -1;
  }
  unlink(temp_path_.c_str());
  runs_.push_back(fd);
  ++runs_written_;
  return fd;
}

bool SpillingCounter::Spill() {
  const std::span<Slot> sorted = SortSlots();
  const int fd = NewFile();
  if (fd < 0) return false;
  std::array<char, kWriteBytes> buffer;
  RunWriter writer(fd, buffer);
  for (const Slot& slot : sorted) {
    if (!writer.OnCount({slot.key, slot.key_bytes}, slot.count)) break;
  }
  if (!writer.Finish()) return Fail(writer.Status());
  ClearTable();
  return runs_.size() < kMaxRuns || MergeToOne();
}

bool SpillingCounter::MergeToOne() {
  const int fd = NewFile();
  if (fd < 0) return false;
  runs_.pop_back();
  std::array<char, kWriteBytes> buffer;
  RunWriter writer(fd, buffer);
  const bool merged = MergeRuns(writer);
  if (!merged || !writer.Finish()) {
    close(fd);
    return Fail(merged ? writer.Status() : status_);
  }
  runs_.push_back(fd);
  return true;
}

// The table is empty, so its memory serves as the runs' buffers.
bool SpillingCounter::MergeRuns(CountSink& sink) {
  const std::size_t each_bytes =
      (slot_count_ * sizeof(Slot) + text_bytes_) / kMaxRuns;
  RunMerge merge;
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    if (lseek(runs_[i], 0, SEEK_SET) != 0) {
      return Fail({IoOutcome::kReadFailed, errno, 0});
    }
    merge.Add(runs_[i], {memory_.get() + i * each_bytes, each_bytes});
  }
  merge.Run(sink);
  ClearTable();
  if (!merge.Status().ok()) return Fail(merge.Status());
  CloseRuns();
  return true;
}

}  // namespace workbook
