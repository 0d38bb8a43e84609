// SPDX-License-Identifier: Apache-2.0

// What DeltaIds promises, call by call: see tools/support/history.
#include <cstddef>
#include <cstdint>
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
    In([this] { ids_.Make(); });
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
      Expect(In([&] { ids_->Append(first + 2 * i); }) == Thrown::kNothing, "",
             "Append throws");
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
    Expect(In([&] { ids_->Append(id); }) == Thrown::kInvalidArgument, "",
           "it must throw std::invalid_argument");
    return true;
  }
  bool AppendWithoutMemory(int) {
    const std::uint64_t id = Last() + 1;
    Say("// the system has no memory now");
    Say("ids.Append(", id, "u);");
    RefuseAllocations(1);
    const Thrown thrown = In([&] { ids_->Append(id); });
    RefuseAllocations(0);
    if (thrown == Thrown::kNothing) model_.push_back(id);
    return true;
  }

  void Check() {
    std::size_t size = 0;
    In([&] { size = ids_->size(); });
    ExpectEqual("ids.size()", size, model_.size());
    std::vector<std::uint64_t> all(model_.size() + 1);
    std::size_t count = 0;
    In([&] {
      ids_->ForEach([&](std::uint64_t id) {
        if (count < all.size()) all[count++] = id;
      });
    });
    Expect(count == model_.size(), "", "ForEach visits ", count, " ids of ",
           model_.size());
    std::vector<Answer> answers(model_.size());
    In([&] {
      for (std::size_t i = 0; i != model_.size(); ++i) {
        if (!IsAsked(i)) continue;
        answers[i] = {ids_->At(i), ids_->Contains(model_[i]),
                      ids_->Contains(model_[i] - 1)};
      }
    });
    for (std::size_t i = 0; i != model_.size(); ++i) {
      if (!IsAsked(i)) continue;
      const std::uint64_t id = model_[i];
      ExpectEqual(Text("ids.At(", i, ")"), answers[i].at, id);
      ExpectEqual(Text("ids.Contains(", id, "u)"), answers[i].has_it, true);
      ExpectEqual(Text("ids.Contains(", id - 1, "u)"), answers[i].has_before,
                  i > 0 && model_[i - 1] == id - 1);
      Expect(all[i] == id, "", "ForEach visits ", all[i], " in the place of ",
             id);
    }
    bool behind = false;
    In([&] { behind = ids_->Contains(Last() + 1); });
    ExpectEqual(Text("ids.Contains(", Last() + 1, "u)"), behind, false);
  }

  bool CanEnd() const { return true; }
  void End() {
    In([this] { ids_.End(); });
  }

  static constexpr CallKind<DeltaIdsCase> kCalls[] = {
      {3, &DeltaIdsCase::Append},
      {2, &DeltaIdsCase::AppendBlock},
      {2, &DeltaIdsCase::AppendWrong},
      {1, &DeltaIdsCase::AppendWithoutMemory},
  };

 private:
  struct Answer {
    std::uint64_t at;
    bool has_it;
    bool has_before;
  };

  // Near the borders of blocks, and some between.
  bool IsAsked(std::size_t i) const {
    const std::size_t in_block = i % 64;
    return in_block < 2 || in_block > 61 || i + 2 >= model_.size() ||
           i % 8 == 0;
  }
  std::uint64_t Last() const { return model_.empty() ? 6 : model_.back(); }
  void AppendNow(std::uint64_t id) {
    Say("ids.Append(", id, "u);");
    Expect(In([&] { ids_->Append(id); }) == Thrown::kNothing, "",
           "Append throws");
    model_.push_back(id);
  }

  Object<DeltaIds> ids_;
  std::vector<std::uint64_t> model_;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(DeltaIdsCase, "04_02/delta_ids.h", "#include <stdexcept>\n")
