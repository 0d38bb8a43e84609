// SPDX-License-Identifier: Apache-2.0

// What FlatMap promises, call by call: see tools/support/history. A key is its
// own hash, so that the model knows the slot of each entry.
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "03_02/flat_map.h"
#include "exercises/03_02/testing/hashes.h"
#include "exercises/03_02/testing/tracked.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

// Remembers whether it was asked about keys of two fragments.
struct FragmentEqual {
  static inline bool was_asked_in_vain = false;
  bool operator()(std::uint64_t a, std::uint64_t b) const {
    was_asked_in_vain |= (a & 0xFF) != (b & 0xFF);
    return a == b;
  }
};

// The third has the fragment of the first.
constexpr std::uint64_t kKeys[] = {KeyOf(20, 0), KeyOf(20, 1), KeyOf(21, 0)};
constexpr std::uint64_t kCopyKey = KeyOf(20, 2);
// Sixteen keys of one window, and one amid them.
constexpr std::uint64_t kFirstOfWindow = 10;
constexpr std::uint64_t kMiddleKey = KeyOf(20, 18);
constexpr std::uint64_t kErased[] = {kKeys[0], kMiddleKey};
constexpr std::uint64_t kFirstFiller = 40;
constexpr std::uint64_t kMaxFiller = 250;
constexpr int kNoLimit = 1000;

std::string KeyText(std::uint64_t key) {
  return Text("KeyOf(", key >> 8, ", ", (key & 0xFF) - 2, ")");
}

class FlatMapCase : public Subject {
 public:
  static constexpr int kConfigs = 1;
  static constexpr std::uint64_t kHistories = 8000;  // each checks many keys

  void Start(int) {
    Aside([] {
      Tracked::alive = 0;
      Tracked::copies_allowed = kNoLimit;
      FragmentEqual::was_asked_in_vain = false;
    });
    Say("FlatMap<std::uint64_t, Tracked, ChosenHash, FragmentEqual> map;");
    In([](auto& map) { map.Make(); }, map_);
    Expect(Allocations() == 0, "", "an empty map allocates");
    Draw("map", map_);
  }

  bool Add(int which) {
    const std::uint64_t key = kKeys[which];
    Say("map.TryEmplace(", KeyText(key), ", ", ++numbers_, ");");
    AddNow(
        key, numbers_,
        [](auto& map, std::uint64_t added, int number) {
          return map->TryEmplace(added, number);
        },
        key, numbers_);
    return true;
  }

  // An argument that lies in the map.
  bool AddCopy(int) {
    if (!Has(kKeys[0]) || Has(kCopyKey)) return false;
    Say("map.TryEmplace(", KeyText(kCopyKey), ", *map.Find(", KeyText(kKeys[0]),
        "));");
    AddNow(kCopyKey, entries_.at(kKeys[0]).number, [](auto& map) {
      return map->TryEmplace(kCopyKey, *map->Find(kKeys[0]));
    });
    return true;
  }

  bool AddFails(int) {
    if (!Has(kKeys[0]) || Has(kCopyKey)) return false;
    Say("Tracked::copies_allowed = 0;");
    Say("try { map.TryEmplace(", KeyText(kCopyKey), ", *map.Find(",
        KeyText(kKeys[0]), ")); } catch (const CopyRefused&) {}");
    Say("Tracked::copies_allowed = ", kNoLimit, ";");
    Aside([] { Tracked::copies_allowed = 0; });
    const Thrown thrown =
        In([](auto& map) { map->TryEmplace(kCopyKey, *map->Find(kKeys[0])); },
           map_);
    Aside([] { Tracked::copies_allowed = kNoLimit; });
    Expect(thrown == Thrown::kOther, "", "the copy's exception is lost");
    if (Allocations() != 0) Moved();
    return true;
  }

  bool AddWithoutMemory(int) {
    if (Has(kCopyKey) || !MustMove(kCopyKey)) return false;
    Say("// the system has no memory now");
    Say("try { map.TryEmplace(", KeyText(kCopyKey),
        ", 7); } catch (const std::bad_alloc&) {}");
    RefuseAllocations(1);
    const Thrown thrown =
        In([](auto& map) { map->TryEmplace(kCopyKey, 7); }, map_);
    Expect(thrown == Thrown::kBadAlloc, "", "it must throw std::bad_alloc");
    return true;
  }

  // Keys of one window, in a map in which it is not the only one.
  bool FillWindow(int) {
    if (Has(kMiddleKey)) return false;
    Say("map.Reserve(56);");
    In([](auto& map) { map->Reserve(56); }, map_);
    if (Allocations() != 0) Moved();
    AddMany(20, kFirstOfWindow, kWindowSlots);
    return true;
  }

  // As many as the budget allows.
  bool FillUp(int) {
    if (room_ == 0 || fillers_ + room_ > kMaxFiller) return false;
    AddMany(0, fillers_, room_);
    return true;
  }

  bool Erase(int which) {
    const std::uint64_t key = kErased[which];
    const bool is_there = Has(key);
    if (!is_there && which != 0) return false;
    Say("map.Erase(", KeyText(key), ");");
    bool erased = false;
    In(
        &erased, [](auto& map, std::uint64_t gone) { return map->Erase(gone); },
        map_, key);
    Expect(Allocations() == 0, "", "Erase allocates");
    if (is_there) Release(entries_.at(key).slot);
    entries_.erase(key);
    CheckMissing(key);
    Expect(erased == is_there, "", "Erase returns ", erased, ", and the key ",
           is_there ? "was there" : "was not there");
    return true;
  }

  void Check() {
    for (const auto& [key, entry] : entries_) {
      CheckEntry(key, entry.number);
      const std::size_t slot = SlotOf(key);
      if (slot != entry.slot) ExpectEqual(SlotText(key), slot, entry.slot);
    }
    for (const std::uint64_t key : kKeys) CheckMissing(key);
    CheckMissing(kCopyKey);
    ExpectEqual("map.size()", Ask([](auto& map) { return map->size(); }, map_),
                entries_.size());
    ExpectEqual("Tracked::alive", Aside([] { return Tracked::alive; }),
                static_cast<int>(entries_.size()));
    Expect(!Aside([] { return FragmentEqual::was_asked_in_vain; }),
           "!FragmentEqual::was_asked_in_vain",
           "keys are compared whose fragments differ");
  }

  bool CanEnd() const { return true; }
  void End() {
    In([](auto& map) { map.End(); }, map_);
    ExpectEqual("Tracked::alive", Aside([] { return Tracked::alive; }), 0);
  }

  static constexpr CallKind<FlatMapCase> kCalls[] = {
      {3, &FlatMapCase::Add},
      {2, &FlatMapCase::Erase},
      {1, &FlatMapCase::FillWindow},
      {1, &FlatMapCase::FillUp},
      {1, &FlatMapCase::AddFails},
      {1, &FlatMapCase::AddCopy, 2},
      {1, &FlatMapCase::AddWithoutMemory, 2},
  };

 private:
  using Map = FlatMap<std::uint64_t, Tracked, ChosenHash, FragmentEqual>;
  struct Entry {
    int number;
    std::size_t slot;
  };

  static std::string SlotText(std::uint64_t key) {
    return Text("map.FindSlot(", KeyText(key), ", ", KeyText(key), ")");
  }

  bool Has(std::uint64_t key) const { return entries_.contains(key); }
  std::size_t SlotOf(std::uint64_t key) {
    return Ask(
        [](auto& map, std::uint64_t sought) -> std::size_t {
          return map->FindSlot(sought, sought);
        },
        map_, key);
  }

  void CheckEntry(std::uint64_t key, int number) {
    const auto [is_there, value] = Ask(
        [](auto& map, std::uint64_t sought) {
          const Tracked* const found = map->Find(sought);
          return std::pair(found != nullptr,
                           found == nullptr ? 0 : found->value);
        },
        map_, key);
    // Texts take longer than the search.
    if (is_there && value == number) return;
    const std::string code = Text("map.Find(", KeyText(key), ")");
    Expect(is_there, code + " != nullptr", code,
           " is nullptr, and the key was added");
    ExpectEqual(code + "->value", value, number);
  }
  void CheckMissing(std::uint64_t key) {
    if (Has(key)) return;
    if (Find(key) == nullptr) return;
    const std::string code = Text("map.Find(", KeyText(key), ")");
    FailAt(code + " == nullptr", "",
           code + " finds a value, and the key is not there");
  }

  const Tracked* Find(std::uint64_t key) {
    return Ask(
        [](auto& map, std::uint64_t sought) -> const Tracked* {
          return map->Find(sought);
        },
        map_, key);
  }

  // The first free slot along the probe sequence.
  std::size_t FreeSlot(std::uint64_t key) const {
    for (ProbeSequence probe(key, controls_.size() - 1);; probe.Next()) {
      for (int lane = 0; lane != static_cast<int>(kWindowSlots); ++lane) {
        if (!IsFull(controls_[probe.Slot(lane)])) return probe.Slot(lane);
      }
    }
  }
  // Whether the budget has no slot for a new key.
  bool MustMove(std::uint64_t key) const {
    return room_ == 0 &&
           (controls_.empty() || controls_[FreeSlot(key)] == kEmpty);
  }
  std::size_t NextCapacity() const {
    if (controls_.empty()) return kWindowSlots;
    const bool pays = 32 * entries_.size() <= 25 * controls_.size();
    return pays ? controls_.size() : 2 * controls_.size();
  }

  template <class F, class... Args>
  void AddNow(std::uint64_t key, int number, F call, const Args&... args) {
    const bool is_new = !Has(key);
    const bool must_move = is_new && MustMove(key);
    const std::size_t capacity = must_move ? NextCapacity() : controls_.size();
    const int made = Aside([] { return Tracked::made; });
    std::pair<Tracked*, bool> result;
    const Thrown thrown = In(&result, call, map_, args...);
    const std::size_t allocations = Allocations();
    Expect(thrown == Thrown::kNothing, "", "TryEmplace throws");
    Expect(is_new || Aside([] { return Tracked::made; }) == made, "",
           "a value is constructed, and the key is there");
    CheckEntry(key, is_new ? number : entries_.at(key).number);
    Expect(result.second == is_new, "", "TryEmplace says that the key is ",
           is_new ? "not new, and it is" : "new, and it is not");
    const std::size_t new_capacity =
        Ask([](auto& map) { return map->capacity(); }, map_);
    Expect(result.first == Find(key), "", "TryEmplace returns another value");
    ExpectEqual("map.capacity()", new_capacity, capacity);
    Expect(allocations == (must_move ? 1u : 0u), "", "TryEmplace makes ",
           allocations, " allocations, and the budget has ", room_,
           " slots left");
    if (is_new) Added(key, number, must_move);
  }

  void Added(std::uint64_t key, int number, bool has_moved) {
    if (has_moved) Moved();
    const std::size_t slot = FreeSlot(key);
    if (controls_[slot] == kEmpty) --room_;
    controls_[slot] = Fragment(key).byte();
    entries_[key] = {number, slot};
  }

  // The keys of `start` with the numbers from `first` on.
  void AddMany(std::uint64_t start, std::uint64_t first, std::size_t count) {
    Say("for (std::uint64_t i = ", first, "; i != ", first + count,
        "; ++i) map.TryEmplace(KeyOf(", start, ", i), 0);");
    for (std::uint64_t i = first; i != first + count; ++i) {
      const std::uint64_t key = KeyOf(start, i);
      AddNow(
          key, 0,
          [](auto& map, std::uint64_t added) {
            return map->TryEmplace(added, 0);
          },
          key);
    }
    if (start == 0) fillers_ += count;
  }

  // The slot becomes empty where every window with it has an empty slot.
  void Release(std::size_t slot) {
    const std::size_t mask = controls_.size() - 1;
    std::size_t run = 0;
    for (std::size_t i = 0;
         i != kWindowSlots && controls_[(slot + i) & mask] != kEmpty; ++i) {
      ++run;
    }
    for (std::size_t i = 1;
         i <= kWindowSlots && controls_[(slot - i) & mask] != kEmpty; ++i) {
      ++run;
    }
    if (run < kWindowSlots) ++room_;
    controls_[slot] = run < kWindowSlots ? kEmpty : kDeleted;
  }

  // Where the entries are now; no tombstone is left.
  void Moved() {
    const std::size_t capacity =
        Ask([](auto& map) { return map->capacity(); }, map_);
    controls_.assign(capacity, kEmpty);
    for (auto& [key, entry] : entries_) {
      entry.slot = SlotOf(key);
      if (entry.slot >= capacity) {
        FailAt(SlotText(key) + " != decltype(map)::kNoSlot", "",
               KeyText(key) + " is lost");
      }
      controls_[entry.slot] = Fragment(key).byte();
    }
    room_ = capacity - capacity / 8 - entries_.size();
  }

  Object<Map> map_;
  int numbers_ = 0;
  std::uint64_t fillers_ = kFirstFiller;
  // The model.
  std::map<std::uint64_t, Entry> entries_;
  std::vector<std::uint8_t> controls_;
  std::size_t room_ = 0;  // empty slots that may be filled
};

// A test of a case needs the keys and values, too.
constexpr const char* kHeaders =
    "03_02/flat_map.h\"\n"
    "#include \"exercises/03_02/testing/hashes.h\"\n"
    "#include \"exercises/03_02/testing/tracked.h";

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(FlatMapCase, kHeaders,
              "struct FragmentEqual {\n"
              "  static inline bool was_asked_in_vain = false;\n"
              "  bool operator()(std::uint64_t a, std::uint64_t b) const {\n"
              "    was_asked_in_vain |= (a & 0xFF) != (b & 0xFF);\n"
              "    return a == b;\n  }\n};\n\n")
