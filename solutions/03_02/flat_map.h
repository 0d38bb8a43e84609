// SPDX-License-Identifier: Apache-2.0

// A hash map whose entries lie in one block, found by their control bytes.
#ifndef WORKBOOK_03_02_FLAT_MAP_H_
#define WORKBOOK_03_02_FLAT_MAP_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

#include "03_02/control_word.h"
#include "03_02/map_bytes.h"
#include "03_02/slot_budget.h"
#include "exercises/03_02/given/flat_block.h"
#include "exercises/03_02/given/flat_entry.h"
#include "exercises/03_02/given/hashing.h"

namespace workbook {

// A map with one block for all its entries, for one thread. `Window` compares
// the control bytes of sixteen slots, and every kind of window makes the same
// map, down to the order of its entries. `Cleanup` drops tombstones.
//
// Invariants:
// 1. An entry lies in the first window of its probe sequence that had a free
//    slot when it came. Until the next rehash each window before that has no
//    empty slot, and its overflow bit is set.
// 2. At least an eighth of the slots is empty.
// 3. Whatever throws, the map has the entries that it had before the call.
//
// A pointer to a value, and an iterator, is valid until its entry is erased or
// moved. Entries move when TryEmplace adds a key for which the budget has no
// slot left, and when Reserve makes room.
//
// Source: Abseil's Swiss tables, raw_hash_set.h (M. Kulukundis, CppCon 2017).
template <class Key, class Value, class Hash = std::hash<Key>,
          class Equal = std::equal_to<Key>, class Window = WordWindow,
          class Cleanup = IntoNewBlock>
class FlatMap {
 public:
  using Entry = FlatEntry<Key, Value>;
  using const_iterator = FlatIterator<Entry, Window>;
  static constexpr std::size_t kNoSlot = ~std::size_t{0};

  // Makes an empty map. No allocation.
  FlatMap() = default;
  FlatMap(FlatMap&& other) noexcept { Swap(other); }
  FlatMap& operator=(FlatMap&& other) noexcept {
    FlatMap(std::move(other)).Swap(*this);
    return *this;
  }

  // Returns the slot of the entry with `key`, whose hash is `hash`, or kNoSlot.
  // Compares no key whose fragment differs. Goes on from a window only if that
  // has no empty slot and its overflow bit is set.
  // Cost: about one window; no allocation.
  // On failure: what the comparison throws; nothing has changed.
  template <class K>
  [[gnu::always_inline]] inline std::size_t FindSlot(const K& key,
                                                     std::size_t hash) const;

  // Returns the first free slot, empty or tombstone, along the probe sequence
  // of `hash`: that of the lowest such lane of the first window that has any.
  // Sets the overflow bits of the windows before that one.
  // REQUIRES: `block` has a free slot, or no slots: then the result is 0.
  // Cost: about one window; no allocation.
  [[gnu::always_inline]] static inline std::size_t FreeSlot(
      FlatBlock<Entry>& block, std::size_t hash);

  // Adds an entry with `key` and a value made from `args`, unless `key` is
  // there. Returns where its value lies, and whether it is new. The entry takes
  // the free slot of its hash. If the budget does not allow that, the entries
  // first move to SlotBudget::NextCapacity slots. `args` may be of this map.
  // Cost: amortised O(1). One allocation when the map gets a larger block, or
  // drops its tombstones in a new one; none for a key that is there, for which
  // neither a key nor a value is constructed.
  // On failure: std::bad_alloc, or what hash, comparison or a constructor
  // throws. Then the entries are as before; `key` and `args` may be moved from.
  template <class K, class... Args>
  [[gnu::always_inline]] inline std::pair<Value*, bool> TryEmplace(
      K&& key, Args&&... args);

  // Destroys the entry with `key`, which may be that entry's own key. Returns
  // whether there was one. All other entries stay where they are. The budget's
  // Release(run) names the slot's new control byte. The run is counted around
  // the table's end as well, in slots in a row that are not empty: at most 16
  // from this one on, and at most 16 before it.
  // Cost: about one window; no allocation and none freed.
  // On failure: what hash or comparison throws; nothing has changed.
  template <class K>
  bool Erase(const K& key);

  // Returns the value of `key`, or nullptr. Given, as all that follows.
  // [given]
  template <class K>
  const Value* Find(const K& key) const {
    const std::size_t slot = FindSlot(key, HashOf(key));
    return slot == kNoSlot ? nullptr : &block_.entries()[slot].value;
  }
  // [given]
  template <class K>
  Value* Find(const K& key) {
    return const_cast<Value*>(std::as_const(*this).Find(key));
  }

  // Makes room for `count` entries in total: until there are as many, no entry
  // moves.
  // Cost: at most one allocation, O(size()) moves.
  // On failure: std::length_error for more than 2^60 entries, std::bad_alloc,
  // or what a hash throws; the entries are as before.
  // [given]
  void Reserve(std::size_t count) {
    if (count <= size_ + budget_.left()) return;
    if (count > std::size_t{1} << 60) throw std::length_error("FlatMap");
    Rehash(std::max(FlatCapacity(count), capacity()));
  }

  // Destroys all entries and keeps the block.
  // [given]
  void Clear() {
    for (std::size_t slot = 0; slot < capacity(); ++slot) {
      if (IsFull(block_.controls()[slot])) {
        std::destroy_at(block_.entries() + slot);
      }
      block_.SetControl(slot, kEmpty);
    }
    block_.ClearOverflow();
    size_ = 0;
    budget_ = SlotBudget(capacity(), 0);
  }

  // [given]
  void Swap(FlatMap& other) noexcept {
    block_.Swap(other.block_);
    std::swap(budget_, other.budget_);
    std::swap(size_, other.size_);
    std::swap(hash_, other.hash_);
    std::swap(equal_, other.equal_);
  }

  std::size_t size() const { return size_; }
  std::size_t capacity() const { return block_.capacity(); }
  // Begins an iteration over the entries, in the order of their slots.
  const_iterator begin() const { return IteratorAt(0); }
  const_iterator end() const { return IteratorAt(capacity()); }

  // [given]
 private:
  static constexpr bool kHashMayThrow =
      !noexcept(std::declval<const Hash&>()(std::declval<const Key&>()));

  template <class K>
  std::size_t HashOf(const K& key) const {
    return MixedHashOf(hash_, key);
  }

  const_iterator IteratorAt(std::size_t slot) const {
    return {block_.entries(), block_.controls(), slot, capacity()};
  }

  // Moves the entries to a block of `new_capacity` slots without tombstones.
  // On failure: std::bad_alloc, or what a hash throws; nothing has changed.
  [[gnu::noinline]] void Rehash(std::size_t new_capacity) {
    if constexpr (Cleanup::kInPlace && !kHashMayThrow) {
      if (new_capacity == capacity()) {
        block_.ClearOverflow();
        Cleanup::DropTombstones(
            block_, [this](const Key& key) { return HashOf(key); }, &FreeSlot);
        budget_ = SlotBudget(new_capacity, size_);
        return;
      }
    }
    FlatBlock<Entry> target(new_capacity);
    // A hash that may throw does so here, before the first entry moves.
    std::vector<std::size_t> hashes;
    if constexpr (kHashMayThrow) {
      hashes.reserve(size_);
      for (const Entry& entry : *this) hashes.push_back(HashOf(entry.key));
    }
    std::size_t moved = 0;
    for (std::size_t slot = 0; slot < capacity(); ++slot) {
      if (!IsFull(block_.controls()[slot])) continue;
      const std::size_t hash =
          kHashMayThrow ? hashes[moved] : HashOf(block_.entries()[slot].key);
      ++moved;
      block_.Relocate(slot, target, FreeSlot(target, hash),
                      Fragment(hash).byte());
    }
    block_ = std::move(target);
    budget_ = SlotBudget(new_capacity, size_);
  }

  FlatBlock<Entry> block_;
  SlotBudget budget_{0, 0};
  std::size_t size_ = 0;
  [[no_unique_address]] Hash hash_;
  [[no_unique_address]] Equal equal_;
};

template <class Key, class Value, class Hash, class Equal, class Window,
          class Cleanup>
template <class K>
std::size_t FlatMap<Key, Value, Hash, Equal, Window, Cleanup>::FindSlot(
    const K& key, std::size_t hash) const {
  ProbeSequence probe(hash, block_.slot_mask());
  // Most entries lie near the start of their window.
  block_.Prefetch(probe.start());
  for (;; probe.Next()) {
    const Window window(block_.controls() + probe.start());
    Lanes lanes = window.Match(Fragment(hash));
    for (; lanes != 0; lanes &= lanes - 1) {
      const std::size_t slot = probe.Slot(std::countr_zero(lanes));
      if (equal_(block_.entries()[slot].key, key)) [[likely]] {
        return slot;
      }
    }
    // At high load many windows are full, and few of these bits are set.
    if (!block_.HasOverflow(probe.start()) || window.MatchEmpty() != 0) {
      return kNoSlot;
    }
  }
}

template <class Key, class Value, class Hash, class Equal, class Window,
          class Cleanup>
std::size_t FlatMap<Key, Value, Hash, Equal, Window, Cleanup>::FreeSlot(
    FlatBlock<Entry>& block, std::size_t hash) {
  for (ProbeSequence probe(hash, block.slot_mask());; probe.Next()) {
    const Lanes free = Window(block.controls() + probe.start()).MatchFree();
    if (free != 0) return probe.Slot(std::countr_zero(free));
    block.SetOverflow(probe.start());
  }
}

template <class Key, class Value, class Hash, class Equal, class Window,
          class Cleanup>
template <class K, class... Args>
std::pair<Value*, bool>
FlatMap<Key, Value, Hash, Equal, Window, Cleanup>::TryEmplace(K&& key,
                                                              Args&&... args) {
  const std::size_t hash = HashOf(key);
  std::size_t slot = FindSlot(key, hash);
  if (slot != kNoSlot) return {&block_.entries()[slot].value, false};
  slot = FreeSlot(block_, hash);
  if (budget_.Allows(block_.controls()[slot])) {
    std::construct_at(block_.entries() + slot, std::in_place,
                      std::forward<K>(key), std::forward<Args>(args)...);
  } else {
    // Made before the rehash, which ends what the arguments may refer to.
    Entry entry(std::in_place, std::forward<K>(key),
                std::forward<Args>(args)...);
    Rehash(SlotBudget::NextCapacity(size_, capacity()));
    slot = FreeSlot(block_, hash);
    std::construct_at(block_.entries() + slot, std::move(entry));
  }
  budget_.Fill(block_.controls()[slot]);
  block_.SetControl(slot, Fragment(hash).byte());
  ++size_;
  return {&block_.entries()[slot].value, true};
}

template <class Key, class Value, class Hash, class Equal, class Window,
          class Cleanup>
template <class K>
bool FlatMap<Key, Value, Hash, Equal, Window, Cleanup>::Erase(const K& key) {
  const std::size_t slot = FindSlot(key, HashOf(key));
  if (slot == kNoSlot) return false;
  const std::size_t before = (slot - kWindowSlots) & block_.slot_mask();
  const Lanes empty_before = Window(block_.controls() + before).MatchEmpty();
  const Lanes empty_after = Window(block_.controls() + slot).MatchEmpty();
  // Each is at most a window; bit 16 ends the count where none is empty.
  const int run = std::countl_zero(static_cast<std::uint16_t>(empty_before)) +
                  std::countr_zero(empty_after | 1u << kWindowSlots);
  block_.SetControl(slot, budget_.Release(static_cast<std::size_t>(run)));
  std::destroy_at(block_.entries() + slot);
  --size_;
  return true;
}

}  // namespace workbook

#endif  // WORKBOOK_03_02_FLAT_MAP_H_
