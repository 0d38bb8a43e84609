// SPDX-License-Identifier: Apache-2.0

// In the test's process: trusted, but not alone there. Nothing here needs a
// constructor or allocates.
#include "tools/grade/observed.h"

#include <array>
#include <cstring>

#include "tools/grade/canary_turn.h"

namespace workbook::grade {
namespace {

struct Slot {
  ObservedSite site;
  char relation = 0;
  int told = 0;
  int told_broken = 0;
  std::uint64_t count = 0;
  std::uint64_t digest_a = 0;
  std::uint64_t digest_b = 0;
};

constexpr std::size_t kPieceBytes = 3 << 10;
constexpr std::size_t kPlaces = 2 * kObservedSites;  // half of them stay free
constexpr std::size_t kPointers = 64;

std::array<Slot, kObservedSites> slots;
std::array<std::uint16_t, kPlaces> places;  // number of a slot, from 1
std::size_t slot_count = 0;
std::array<std::uint64_t, kPointers> pointers;
std::size_t pointer_count = 0;
std::array<char, kPieceBytes> piece;
std::size_t piece_size = 0;
std::size_t told_characters = 0;
std::uint64_t lost = 0;
bool is_active = false;
bool is_silent = false;
bool has_returned = false;

void Flush() {
  if (piece_size > 0) TellObserved(piece.data(), piece_size);
  piece_size = 0;
}

void Put(char c) { piece[piece_size++] = c; }

void PutHex(std::uint64_t value) {
  int shift = 60;
  while (shift > 0 && value >> shift == 0) shift -= 4;
  for (; shift >= 0; shift -= 4) Put("0123456789abcdef"[value >> shift & 15]);
}

void PutValue(ObservedValue value) {
  Put(value.kind);
  PutHex(value.bits);
}

// Room for the longest part: a site with a name of 64 characters.
void MakeRoom() {
  constexpr std::size_t kPart = 192;
  if (piece_size + kPart > piece.size()) Flush();
}

void PutName(const ObservedSite& site, char relation) {
  const char* const slash = std::strrchr(site.file, '/');
  const char* name = slash == nullptr ? site.file : slash + 1;
  for (int i = 0; i < 64 && *name != '\0'; ++i, ++name) {
    const bool is_ours = *name == ',' || *name == ';' || *name < ' ';
    Put(is_ours ? '_' : *name);
  }
  Put(':');
  std::array<char, 12> digits;
  std::size_t used = 0;
  for (int rest = site.line; rest > 0 && used < digits.size(); rest /= 10) {
    digits[used++] = static_cast<char>('0' + rest % 10);
  }
  while (used > 0) Put(digits[--used]);
  Put(':');
  PutHex(site.text);
  Put(relation);
}

// The slot of an assertion; nothing where there are too many.
Slot* Find(const ObservedSite& site, char relation) {
  const std::uint64_t key = site.text + static_cast<std::uint64_t>(site.line);
  for (std::size_t at = key % kPlaces;; at = (at + 1) % kPlaces) {
    if (places[at] == 0) {
      if (slot_count == slots.size()) return nullptr;
      slots[slot_count] = {site, relation};
      places[at] = static_cast<std::uint16_t>(++slot_count);
      return &slots[slot_count - 1];
    }
    Slot& slot = slots[places[at] - 1u];
    if (slot.site.text == site.text && slot.site.line == site.line &&
        slot.relation == relation) {
      return &slot;
    }
  }
}

ObservedValue Number(ObservedValue value) {
  if (value.kind != 'p' || value.bits == 0) return value;
  for (std::size_t i = 0; i < pointer_count; ++i) {
    if (pointers[i] == value.bits) return {'p', i + 1};
  }
  if (pointer_count == pointers.size()) return {};
  pointers[pointer_count++] = value.bits;
  return {'p', pointer_count};
}

void TellEvaluation(const Slot& slot, ObservedValue a, ObservedValue b) {
  MakeRoom();
  const std::size_t before = piece_size;
  Put('o');
  PutHex(static_cast<std::uint64_t>(&slot - slots.data()));
  Put(slot.relation);
  PutValue(a);
  Put(',');
  PutValue(b);
  Put(';');
  told_characters += piece_size - before;
}

void TellSite(const Slot& slot) {
  MakeRoom();
  Put('s');
  PutHex(static_cast<std::uint64_t>(&slot - slots.data()));
  Put(',');
  PutName(slot.site, slot.relation);
  Put(',');
  Put(slot.relation);
  for (const std::uint64_t one : {slot.count, slot.digest_a, slot.digest_b}) {
    Put(',');
    PutHex(one);
  }
  Put(';');
}

}  // namespace

void Observe(const ObservedSite& site, char relation, ObservedValue a,
             ObservedValue b) noexcept {
  if (is_silent || !IsTestThread()) return;
  is_active = true;
  Slot* const slot = Find(site, relation);
  if (slot == nullptr) {
    ++lost;
    return;
  }
  a = Number(a);
  b = Number(b);
  ++slot->count;
  slot->digest_a = Fold(slot->digest_a, a);
  slot->digest_b = Fold(slot->digest_b, b);
  if (slot->told < kToldEvaluations && told_characters < kToldCharacters) {
    ++slot->told;
    TellEvaluation(*slot, a, b);
  } else if (slot->told_broken < kToldEvaluations && !Holds(relation, a, b)) {
    ++slot->told_broken;
    TellEvaluation(*slot, a, b);
  }
}

void BodyBegins() noexcept { is_active = true; }

void BodyReturns() noexcept { has_returned = true; }

void FinishObservations() noexcept {
  if (!is_active || is_silent) return;
  for (std::size_t i = 0; i < slot_count; ++i) TellSite(slots[i]);
  MakeRoom();
  Put('e');
  Put(has_returned ? '1' : '0');
  Put(',');
  PutHex(lost);
  Put(';');
  Flush();
}

void ForgetObservations() noexcept { is_silent = true; }

}  // namespace workbook::grade
