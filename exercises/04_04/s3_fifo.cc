// SPDX-License-Identifier: Apache-2.0

#include "04_04/s3_fifo.h"

#include "tools/exercise/todo.h"

namespace workbook {

namespace {

constexpr std::uint8_t kMaxUses = 3;       // two bits, as in the paper
constexpr std::size_t kSmallDivisor = 10;  // a tenth, as in the paper

}  // namespace

std::size_t S3FifoOrder::TableBytes(std::size_t slots) const {
  return slots * sizeof(Ghost);
}

void S3FifoOrder::Start(std::size_t slots, std::size_t entry_budget_bytes) {
  ghosts_.resize(slots);
  small_bytes_ = entry_budget_bytes / kSmallDivisor;
}

void S3FifoOrder::OnInsert(CacheEntry& entry, bool was_known) {
  Todo("04_04 task 8: S3FifoOrder::OnInsert");
}

void S3FifoOrder::OnHit(CacheEntry& entry) {
  Todo("04_04 task 8: S3FifoOrder::OnHit");
}

void S3FifoOrder::OnRemove(CacheEntry& entry) {
  Todo("04_04 task 8: S3FifoOrder::OnRemove");
}

CacheEntry& S3FifoOrder::Victim() { Todo("04_04 task 8: S3FifoOrder::Victim"); }

void S3FifoOrder::Push(Queue queue, CacheEntry& entry) {
  entry.queue = queue;
  lists_[queue].PushNewest(entry);
}

void S3FifoOrder::Unlink(CacheEntry& entry) {
  lists_[entry.queue].Unlink(entry);
}

// nullptr when all of them were used, and have gone to the main queue.
CacheEntry* S3FifoOrder::VictimOfSmall() {
  Todo("04_04 task 8: S3FifoOrder::VictimOfSmall");
}

CacheEntry& S3FifoOrder::VictimOfMain() {
  Todo("04_04 task 8: S3FifoOrder::VictimOfMain");
}

void S3FifoOrder::Remember(std::uint64_t hash) {
  Todo("04_04 task 8: S3FifoOrder::Remember");
}

bool S3FifoOrder::WasGhost(std::uint64_t hash) {
  Todo("04_04 task 8: S3FifoOrder::WasGhost");
}

}  // namespace workbook
