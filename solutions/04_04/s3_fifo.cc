// SPDX-License-Identifier: Apache-2.0

#include "04_04/s3_fifo.h"

namespace workbook {

// [given]
namespace {

constexpr std::uint8_t kMaxUses = 3;       // two bits, as in the paper
constexpr std::size_t kSmallDivisor = 10;  // a tenth, as in the paper

}  // namespace

// [given]
std::size_t S3FifoOrder::TableBytes(std::size_t slots) const {
  return slots * sizeof(Ghost);
}

// [given]
void S3FifoOrder::Start(std::size_t slots, std::size_t entry_budget_bytes) {
  ghosts_.resize(slots);
  small_bytes_ = entry_budget_bytes / kSmallDivisor;
}

void S3FifoOrder::OnInsert(CacheEntry& entry, bool was_known) {
  const bool to_main = was_known || WasGhost(entry.hash);
  Push(to_main ? kMain : kSmall, entry);
  ++entries_;
}

void S3FifoOrder::OnHit(CacheEntry& entry) {
  if (entry.uses < kMaxUses) ++entry.uses;
}

void S3FifoOrder::OnRemove(CacheEntry& entry) {
  Unlink(entry);
  --entries_;
}

CacheEntry& S3FifoOrder::Victim() {
  const bool small_is_full = lists_[kSmall].Bytes() >= small_bytes_;
  if (small_is_full || lists_[kMain].Oldest() == nullptr) {
    if (CacheEntry* const entry = VictimOfSmall()) return *entry;
  }
  return VictimOfMain();
}

// [given]
void S3FifoOrder::Push(Queue queue, CacheEntry& entry) {
  entry.queue = queue;
  lists_[queue].PushNewest(entry);
}

// [given]
void S3FifoOrder::Unlink(CacheEntry& entry) {
  lists_[entry.queue].Unlink(entry);
}

// nullptr when all of them were used, and have gone to the main queue.
CacheEntry* S3FifoOrder::VictimOfSmall() {
  while (CacheEntry* const entry = lists_[kSmall].Oldest()) {
    if (entry->uses == 0) {
      Remember(entry->hash);
      return entry;
    }
    Unlink(*entry);
    entry->uses = 0;
    Push(kMain, *entry);
  }
  return nullptr;
}

CacheEntry& S3FifoOrder::VictimOfMain() {
  while (lists_[kMain].Oldest()->uses > 0) {
    CacheEntry& entry = *lists_[kMain].Oldest();
    --entry.uses;
    Unlink(entry);
    Push(kMain, entry);
  }
  return *lists_[kMain].Oldest();
}

void S3FifoOrder::Remember(std::uint64_t hash) {
  ghosts_[hash & (ghosts_.size() - 1)] = {
      static_cast<std::uint32_t>(hash >> 32), ++names_};
}

bool S3FifoOrder::WasGhost(std::uint64_t hash) {
  Ghost& ghost = ghosts_[hash & (ghosts_.size() - 1)];
  if (ghost.left_at == 0 || ghost.fingerprint != hash >> 32) return false;
  const std::uint32_t age = names_ - ghost.left_at;
  ghost.left_at = 0;
  return age <= entries_;
}

}  // namespace workbook
