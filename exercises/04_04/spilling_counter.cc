// SPDX-License-Identifier: Apache-2.0

#include "04_04/spilling_counter.h"

#include <stdexcept>

namespace workbook {

SpillingCounter::SpillingCounter(std::size_t memory_bytes,
                                 std::string /*temp_folder*/) {
  if (memory_bytes < kMinBytes) {
    throw std::invalid_argument(
        "SpillingCounter: memory_bytes is " + std::to_string(memory_bytes) +
        ", and must be at least " + std::to_string(kMinBytes));
  }
}

bool SpillingCounter::Add(std::string_view key) {
  if (key.size() > kMaxKeyBytes) {
    throw std::length_error("SpillingCounter: a key of " +
                            std::to_string(key.size()) + " bytes; at most " +
                            std::to_string(kMaxKeyBytes));
  }
  const auto known = counts_.find(key);
  if (known != counts_.end()) {
    ++known->second;
  } else {
    counts_.emplace(key, 1);
  }
  return true;
}

bool SpillingCounter::Finish(CountSink& sink) {
  for (const auto& [key, count] : counts_) {
    if (!sink.OnCount(key, count)) break;
  }
  counts_.clear();
  return true;
}

void SpillingCounter::Clear() { counts_.clear(); }

}  // namespace workbook
