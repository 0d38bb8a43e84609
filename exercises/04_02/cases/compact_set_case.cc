// SPDX-License-Identifier: Apache-2.0

// What CompactSet and its chunks promise, call by call: see
// tools/support/history.
#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "04_02/compact_set.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

constexpr std::uint32_t kNumbers[] = {5, 0, 65'536};

class CompactSetCase : public Subject {
 public:
  static constexpr int kConfigs = 1;
  static constexpr std::uint64_t kHistories = 1000;

  void Start(int) {
    Say("CompactSet set;");
    In([](auto& set) { set.Make(); }, set_);
    Draw("set", set_);
  }

  bool Add(int which) {
    AddNow(kNumbers[which]);
    return true;
  }
  // 0: an array that is full; 1: a bitmap.
  bool AddMany(int more) {
    if (numbers_.size() > 100) return false;
    is_filled_ = true;
    const std::uint32_t count = 4096 + static_cast<std::uint32_t>(more);
    Say("for (std::uint32_t i = 0; i < ", count, "; ++i) set.Add(7 + 3 * i);");
    In(
        [](auto& set, std::uint32_t most) {
          for (std::uint32_t i = 0; i < most; ++i) set->Add(7 + 3 * i);
        },
        set_, count);
    for (std::uint32_t i = 0; i < count; ++i) numbers_.insert(7 + 3 * i);
    return true;
  }
  // The smallest number, or the largest.
  bool Remove(int largest) {
    if (numbers_.empty()) return false;
    const std::uint32_t number =
        largest == 0 ? *numbers_.begin() : *numbers_.rbegin();
    Say("set.Remove(", number, ");");
    bool removed = false;
    const Thrown thrown = In(
        &removed,
        [](auto& set, std::uint32_t gone) { return set->Remove(gone); }, set_,
        number);
    Expect(thrown == Thrown::kNothing, "", "Remove throws");
    Expect(removed, "", "Remove(", number, ") is false; it was there");
    numbers_.erase(number);
    return true;
  }
  bool RemoveWhatIsMissing(int) {
    if (numbers_.contains(6)) return false;
    Say("set.Remove(6);");
    bool removed = true;
    In(
        &removed, [](auto& set) { return set->Remove(6); }, set_);
    Expect(!removed, "", "Remove(6) is true; it was never added");
    return true;
  }
  // With 6 and 9; with 4,097 numbers that are 2 apart.
  bool UnionWith(int large) {
    if (unions_ > 1) return false;
    ++unions_;
    is_filled_ = true;
    const std::uint32_t count = large == 0 ? 2 : 4097;
    Say("CompactSet ", NewName(), ";  // ", count, " numbers, 6, 8, ...");
    Say("for (std::uint32_t i = 0; i < ", count, "; ++i) a.Add(6 + 2 * i);");
    Say("set.UnionWith(a);");
    In(
        [](auto& set, std::uint32_t most) {
          CompactSet other;
          for (std::uint32_t i = 0; i < most; ++i) other.Add(6 + 2 * i);
          set->UnionWith(other);
        },
        set_, count);
    for (std::uint32_t i = 0; i < count; ++i) numbers_.insert(6 + 2 * i);
    return true;
  }
  bool AddWithoutMemory(int) {
    if (numbers_.contains(4)) return false;
    Say("// the system has no memory now");
    Say("set.Add(4);");
    RefuseAllocations(1);
    const Thrown thrown = In([](auto& set) { set->Add(4); }, set_);
    RefuseAllocations(0);
    if (thrown == Thrown::kNothing) numbers_.insert(4);
    return true;
  }

  void Check() {
    const auto [size, forms] = Ask(
        [](auto& set) {
          bool all = true;
          set->ForEachChunk([&all](std::uint16_t, const Chunk& chunk) {
            all = all && chunk.is_bitmap() == (chunk.size() > 4096);
          });
          return std::pair(set->size(), all);
        },
        set_);
    ExpectEqual("set.size()", size, numbers_.size());
    CheckContains();
    // Thousands of numbers are visited when they have just come.
    if (is_filled_ || numbers_.size() < 200) CheckOrder();
    is_filled_ = false;
    Expect(forms, "", "a chunk of ", size,
           " numbers has the form of another size");
    // A chunk has one form at a time: no more than a bitmap, and the directory.
    const std::size_t chunks =
        numbers_.empty() ? 0 : 1 + *numbers_.rbegin() / 65'536;
    Expect(arena.LiveBytes() <= chunks * 8192 + 600, "", arena.LiveBytes(),
           " bytes are on the heap, for ", numbers_.size(), " numbers");
  }

  bool CanEnd() const { return true; }
  void End() {
    In([](auto& set) { set.End(); }, set_);
  }

  static constexpr CallKind<CompactSetCase> kCalls[] = {
      {3, &CompactSetCase::Add},
      {2, &CompactSetCase::Remove},
      {2, &CompactSetCase::AddMany},
      {2, &CompactSetCase::UnionWith},
      {1, &CompactSetCase::RemoveWhatIsMissing},
      {1, &CompactSetCase::AddWithoutMemory},
  };

 private:
  void AddNow(std::uint32_t number) {
    Say("set.Add(", number, ");");
    bool added = false;
    const Thrown thrown = In(
        &added, [](auto& set, std::uint32_t one) { return set->Add(one); },
        set_, number);
    Expect(thrown == Thrown::kNothing, "", "Add throws");
    const bool is_new = numbers_.insert(number).second;
    Expect(added == is_new, "", "Add(", number, ") is ", added);
  }
  // The smallest eight, and the largest.
  void CheckContains() {
    if (numbers_.empty()) return;
    std::array<std::uint32_t, 9> asked{};
    std::size_t count = 0;
    for (const std::uint32_t number : numbers_) {
      if (count == 8) break;
      asked[count++] = number;
    }
    asked[count++] = *numbers_.rbegin();
    const std::array<bool, 9> found = Ask(
        [](auto& set, const std::array<std::uint32_t, 9>& sought,
           std::size_t most) {
          std::array<bool, 9> are_there{};
          for (std::size_t i = 0; i < most; ++i) {
            are_there[i] = set->Contains(sought[i]);
          }
          return are_there;
        },
        set_, asked, count);
    for (std::size_t i = 0; i < count; ++i) {
      Expect(found[i], Text("set.Contains(", asked[i], ")"), "set.Contains(",
             asked[i], ") is false, and it was added");
    }
  }
  void CheckOrder() {
    // What it visits finds room, so that a call makes no allocation.
    Aside(
        [](auto& visited, std::size_t most) {
          visited->clear();
          visited->reserve(most);
        },
        visited_, numbers_.size());
    const std::size_t count = Ask(
        [](auto& set, auto& visited) {
          std::size_t visits = 0;
          set->ForEach([&](std::uint32_t number) {
            ++visits;
            if (visited->size() != visited->capacity()) {
              visited->push_back(number);
            }
          });
          return visits;
        },
        set_, visited_);
    const auto [begin, kept] = Aside(
        [](auto& visited) {
          return std::pair<const std::uint32_t*, std::size_t>(visited->data(),
                                                              visited->size());
        },
        visited_);
    auto next = numbers_.begin();
    for (const std::uint32_t number : ValuesAt(begin, kept)) {
      const bool is_next = next != numbers_.end() && *next++ == number;
      Expect(is_next, "", "ForEach visits ", number, ", which is wrong there");
    }
    Expect(count == numbers_.size(), "", "ForEach visits ", count,
           " numbers of ", numbers_.size());
  }

  Fixture<std::vector<std::uint32_t>> visited_;
  Object<CompactSet> set_;
  std::set<std::uint32_t> numbers_;
  int unions_ = 0;
  bool is_filled_ = false;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(CompactSetCase, "04_02/compact_set.h", "")
