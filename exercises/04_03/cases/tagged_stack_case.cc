// SPDX-License-Identifier: Apache-2.0

// What TaggedStack promises, call by call, interruptions of a Pop included: see
// tools/support/history.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "04_03/tagged_stack.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

constexpr std::uint32_t kCapacities[] = {3, 4};

// What "another thread" does in the middle of the next Pop.
struct Meanwhile {
  static inline std::function<void()> next;
  static void Run() {
    if (const auto now = std::exchange(next, nullptr)) now();
  }
};

constexpr const char* kMeanwhile[] = {
    "stack.Pop();", "const auto top = stack.Pop(); stack.Push(*top);",
    "const auto top = stack.Pop(); stack.Pop(); stack.Push(*top);"};

class TaggedStackCase : public Subject {
 public:
  static constexpr int kConfigs = std::size(kCapacities);
  static constexpr std::uint64_t kHistories = 10'000;

  void Start(int config) {
    Aside([] { Meanwhile::next = nullptr; });
    capacity_ = kCapacities[config];
    Say("TaggedStack<Meanwhile> stack(", capacity_, ");");
    In([](auto& stack, std::uint32_t capacity) { stack.Make(capacity); },
       stack_, capacity_);
    Draw("stack", stack_);
  }

  bool Push(int) {
    std::uint32_t index = 0;
    while (std::count(model_.begin(), model_.end(), index) != 0) ++index;
    if (index == capacity_) return false;
    Say("stack.Push(", index, ");");
    In([](auto& stack, std::uint32_t pushed) { stack->Push(pushed); }, stack_,
       index);
    Expect(Allocations() == 0, "", "Push allocates");
    model_.push_back(index);
    return true;
  }

  bool Pop(int) {
    PopOnce();
    return true;
  }

  // Another thread pops 1 of them; pops it and pushes it; pops two and pushes
  // the first.
  bool PopMeanwhile(int what) {
    if (model_.size() < (what == 2 ? 2u : 1u)) return false;
    const std::vector<std::uint32_t> before = model_;
    Aside(
        [](auto& stack, int how) {
          Meanwhile::next = [its = stack.address(), how] {
            const std::optional<std::uint32_t> top = its->Pop();
            if (how == 2) its->Pop();
            if (how != 0 && top.has_value()) its->Push(*top);
          };
        },
        stack_, what);
    const std::uint32_t top = model_.back();
    model_.pop_back();
    if (what == 2) model_.pop_back();
    if (what != 0) model_.push_back(top);
    Say("Meanwhile::next = [&] { ", kMeanwhile[what],
        " };  // in the next Pop");
    PopOnce();
    Expect(Aside([] { return !Meanwhile::next; }), "",
           "Pop has not called Pause::Run()");
    return true;
  }

  void Check() {}

  bool CanEnd() const { return true; }
  void End() {
    In([](auto& stack) { stack.End(); }, stack_);
  }

  static constexpr CallKind<TaggedStackCase> kCalls[] = {
      {1, &TaggedStackCase::Push},
      {1, &TaggedStackCase::Pop},
      {3, &TaggedStackCase::PopMeanwhile, 3},
  };

 private:
  void PopOnce() {
    const std::string name = NewName();
    Say("const auto ", name, " = stack.Pop();");
    const std::optional<std::uint32_t> got = Ask(
        [](auto& stack) -> std::optional<std::uint32_t> {
          return stack->Pop();
        },
        stack_);
    Expect(Allocations() == 0, "", "Pop allocates");
    const bool should = !model_.empty();
    Expect(got.has_value() == should,
           Text(should ? "" : "!", name, ".has_value()"), "Pop returns ",
           should ? "nothing, and the stack is not empty"
                  : Text(got.value_or(0), ", and the stack is empty"));
    if (!should) return;
    ExpectEqual("*" + name, *got, model_.back());
    model_.pop_back();
  }

  Object<TaggedStack<Meanwhile>> stack_;
  std::uint32_t capacity_ = 0;
  std::vector<std::uint32_t> model_;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(TaggedStackCase, "04_03/tagged_stack.h",
              "struct Meanwhile {\n"
              "  static inline std::function<void()> next;\n"
              "  static void Run() {\n"
              "    if (const auto now = std::exchange(next, nullptr)) now();\n"
              "  }\n};\n\n")
