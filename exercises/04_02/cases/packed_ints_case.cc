// SPDX-License-Identifier: Apache-2.0

// What PackedInts promises, call by call: see tools/support/history.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "04_02/packed_ints.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

// Elements of 12 bits: the sixth one straddles two words.
class PackedIntsCase : public Subject {
 public:
  static constexpr int kConfigs = 1;
  static constexpr std::uint64_t kHistories = 8000;
  static constexpr std::uint64_t kMax = 0xFFF;

  void Start(int) {
    Say("PackedInts<12> ints;");
    In([](auto& ints) { ints.Make(); }, ints_);
    Draw("ints", ints_);
  }

  // 0: a small number; 1: the largest; 2: six of the largest.
  bool PushBack(int kind) {
    const std::uint64_t value = kind == 0 ? 1 : kMax;
    if (kind == 2) Say("for (int i = 0; i < 6; ++i)");
    Say(kind == 2 ? "  " : "", "ints.PushBack(", value, ");");
    for (int i = kind == 2 ? 6 : 1; i > 0; --i) {
      const Thrown thrown =
          In([](auto& ints, std::uint64_t pushed) { ints->PushBack(pushed); },
             ints_, value);
      Expect(thrown == Thrown::kNothing, "", "PushBack throws");
      model_.push_back(value);
    }
    return true;
  }
  bool PushBackWithoutMemory(int) {
    Say("// the system has no memory now");
    Say("ints.PushBack(2);");
    RefuseAllocations(1);
    const Thrown thrown = In([](auto& ints) { ints->PushBack(2); }, ints_);
    RefuseAllocations(0);
    if (thrown == Thrown::kNothing) model_.push_back(2);
    return true;
  }
  // Of the last element, or the one before.
  bool Set(int before) {
    const auto back = static_cast<std::size_t>(before) + 1;
    if (model_.size() < back) return false;
    const std::size_t index = model_.size() - back;
    Say("ints.Set(", index, ", 2);");
    In([](auto& ints, std::size_t i) { ints->Set(i, 2); }, ints_, index);
    Expect(Allocations() == 0, "", "Set allocates");
    model_[index] = 2;
    return true;
  }
  bool PopBack(int) {
    if (model_.empty()) return false;
    Say("ints.PopBack();");
    In([](auto& ints) { ints->PopBack(); }, ints_);
    model_.pop_back();
    return true;
  }
  bool Reserve(int) {
    const bool is_first = arena.LiveBytes() == 0;
    Say("ints.Reserve(11);");
    In([](auto& ints) { ints->Reserve(11); }, ints_);
    // 132 bits, and one word more.
    if (is_first) ExpectEqual("the bytes on the heap", arena.LiveBytes(), 32u);
    return true;
  }

  void Check() {
    ExpectEqual("ints.size()",
                Ask([](auto& ints) { return ints->size(); }, ints_),
                model_.size());
    for (std::size_t i = 0; i != model_.size(); ++i) {
      const std::uint64_t value =
          Ask([](auto& ints,
                 std::size_t k) -> std::uint64_t { return ints->Get(k); },
              ints_, i);
      ExpectEqual(Text("ints.Get(", i, ")"), value, model_[i]);
    }
  }

  bool CanEnd() const { return true; }
  void End() {
    In([](auto& ints) { ints.End(); }, ints_);
  }

  static constexpr CallKind<PackedIntsCase> kCalls[] = {
      {3, &PackedIntsCase::PushBack},
      {2, &PackedIntsCase::Set},
      {1, &PackedIntsCase::PopBack},
      {1, &PackedIntsCase::Reserve},
      {1, &PackedIntsCase::PushBackWithoutMemory},
  };

 private:
  Object<PackedInts<12>> ints_;
  std::vector<std::uint64_t> model_;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(PackedIntsCase, "04_02/packed_ints.h", "")
