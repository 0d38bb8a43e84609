// SPDX-License-Identifier: Apache-2.0

// What DeltaIds promises, call by call: see tools/support/history.
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

#include "04_02/delta_ids.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

constexpr std::uint64_t kDeltas[] = {1, 2, 1000};

class DeltaIdsCase : public Subject {
 public:
  static constexpr int kConfigs = 1;
  static constexpr std::uint64_t kHistories = 4000;

  void Start(int) {
    Say("DeltaIds ids;");
    In([](auto& ids) { ids.Make(); }, ids_);
    Draw("ids", ids_);
  }

  bool Append(int which) {
    AppendNow(Last() + kDeltas[which]);
    return true;
  }
  // 0: up to a full block; 1: one more.
  bool AppendBlock(int more) {
    if (model_.size() > 70) return false;
    const std::uint64_t first = Last() + 2;
    const std::size_t count = 64 + static_cast<std::size_t>(more);
    Say("for (std::uint64_t i = 0; i < ", count, "; ++i) ids.Append(", first,
        "u + 2 * i);");
    for (std::size_t i = 0; i < count; ++i) {
      Expect(AppendId(first + 2 * i) == Thrown::kNothing, "", "Append throws");
      model_.push_back(first + 2 * i);
    }
    return true;
  }
  // 0: the last id once more; 1: a smaller one.
  bool AppendWrong(int less) {
    const auto down = static_cast<std::uint64_t>(less);
    if (model_.empty() || model_.back() < down) return false;
    const std::uint64_t id = model_.back() - down;
    Say("try { ids.Append(", id,
        "u); } catch (const std::invalid_argument&) {}");
    Expect(AppendId(id) == Thrown::kInvalidArgument, "",
           "it must throw std::invalid_argument");
    return true;
  }
  bool AppendWithoutMemory(int) {
    const std::uint64_t id = Last() + 1;
    Say("// the system has no memory now");
    Say("ids.Append(", id, "u);");
    RefuseAllocations(1);
    const Thrown thrown = AppendId(id);
    RefuseAllocations(0);
    if (thrown == Thrown::kNothing) model_.push_back(id);
    return true;
  }

  void Check() {
    ExpectEqual("ids.size()", Ask([](auto& ids) { return ids->size(); }, ids_),
                model_.size());
    const std::vector<std::uint64_t> all = Visited(model_.size() + 1);
    const std::size_t count = all.size();
    Expect(count == model_.size(), "", "ForEach visits ", count, " ids of ",
           model_.size());
    for (std::size_t i = 0; i != model_.size(); ++i) {
      if (!IsAsked(i)) continue;
      const std::uint64_t id = model_[i];
      const auto [at, has_it, has_before] = Ask(
          [](auto& ids, std::size_t index, std::uint64_t sought) {
            return std::tuple<std::uint64_t, bool, bool>(
                ids->At(index), ids->Contains(sought),
                ids->Contains(sought - 1));
          },
          ids_, i, id);
      ExpectEqual(Text("ids.At(", i, ")"), at, id);
      ExpectEqual(Text("ids.Contains(", id, "u)"), has_it, true);
      ExpectEqual(Text("ids.Contains(", id - 1, "u)"), has_before,
                  i > 0 && model_[i - 1] == id - 1);
      Expect(all[i] == id, "", "ForEach visits ", all[i], " in the place of ",
             id);
    }
    const bool behind = Ask(
        [](auto& ids, std::uint64_t sought) { return ids->Contains(sought); },
        ids_, Last() + 1);
    ExpectEqual(Text("ids.Contains(", Last() + 1, "u)"), behind, false);
  }

  bool CanEnd() const { return true; }
  void End() {
    In([](auto& ids) { ids.End(); }, ids_);
  }

  static constexpr CallKind<DeltaIdsCase> kCalls[] = {
      {3, &DeltaIdsCase::Append},
      {2, &DeltaIdsCase::AppendBlock},
      {2, &DeltaIdsCase::AppendWrong},
      {1, &DeltaIdsCase::AppendWithoutMemory},
  };

 private:
  // The first `most` ids that ForEach visits, by a call that has room for them.
  std::vector<std::uint64_t> Visited(std::size_t most) {
    Aside(
        [](auto& visited, std::size_t room) {
          visited->clear();
          visited->reserve(room);
        },
        visited_, most);
    In(
        [](auto& ids, auto& visited, std::size_t room) {
          ids->ForEach([&](std::uint64_t id) {
            if (visited->size() != room) visited->push_back(id);
          });
        },
        ids_, visited_, most);
    const auto [begin, count] = Aside(
        [](auto& visited) {
          return std::pair<const std::uint64_t*, std::size_t>(visited->data(),
                                                              visited->size());
        },
        visited_);
    return ValuesAt(begin, count);
  }

  Thrown AppendId(std::uint64_t id) {
    return In([](auto& ids, std::uint64_t one) { ids->Append(one); }, ids_, id);
  }

  // Near the borders of blocks, and some between.
  bool IsAsked(std::size_t i) const {
    const std::size_t in_block = i % 64;
    return in_block < 2 || in_block > 61 || i + 2 >= model_.size() ||
           i % 8 == 0;
  }
  std::uint64_t Last() const { return model_.empty() ? 6 : model_.back(); }
  void AppendNow(std::uint64_t id) {
    Say("ids.Append(", id, "u);");
    Expect(AppendId(id) == Thrown::kNothing, "", "Append throws");
    model_.push_back(id);
  }

  Fixture<std::vector<std::uint64_t>> visited_;
  Object<DeltaIds> ids_;
  std::vector<std::uint64_t> model_;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(DeltaIdsCase, "04_02/delta_ids.h", "#include <stdexcept>\n")
