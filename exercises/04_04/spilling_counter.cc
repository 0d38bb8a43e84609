// SPDX-License-Identifier: Apache-2.0

#include "04_04/spilling_counter.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <functional>
#include <optional>
#include <stdexcept>
#include <utility>

#include "tools/exercise/todo.h"

namespace workbook {

namespace {

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
  Todo("04_04 task 9: SpillingCounter::Add");
}

bool SpillingCounter::Finish(CountSink& sink) {
  Todo("04_04 task 9: SpillingCounter::Finish");
}

void SpillingCounter::Clear() { Todo("04_04 task 9: SpillingCounter::Clear"); }

}  // namespace workbook
