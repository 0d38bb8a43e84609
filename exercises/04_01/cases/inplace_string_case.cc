// SPDX-License-Identifier: Apache-2.0

// What InplaceString promises, call by call: see tools/support/history.
#include <cstddef>
#include <string>
#include <string_view>

#include "04_01/inplace_string.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

constexpr std::size_t kCapacities[] = {4, 15, 300};
constexpr std::string_view kTexts[] = {"ab", "", "c"};

class InplaceStringCase : public Subject {
 public:
  static constexpr int kConfigs = 3;

  void Start(int config) {
    config_ = config;
    Say("InplaceString<", capacity(), "> text;");
    Use([](auto& text) { text.Make(); });
    Expect(Allocations() == 0, "", "it allocates");
  }

  bool Assign(int which) {
    Say("text.TryAssign(\"", kTexts[which], "\");");
    return Assign(kTexts[which]);
  }
  // 0: as many as fit, 1: one too many.
  bool AssignLong(int more) {
    const std::string text(capacity() + static_cast<std::size_t>(more), 'x');
    Say("text.TryAssign(std::string(", text.size(), ", 'x'));");
    return Assign(text);
  }
  bool Append(int which) {
    Say("text.TryAppend(\"", kTexts[which], "\");");
    return Append(kTexts[which], [&] { return kTexts[which]; });
  }
  // 0: as many as fit, 1: one too many.
  bool AppendLong(int more) {
    const std::string text(
        capacity() - model_.size() + static_cast<std::size_t>(more), 'y');
    Say("text.TryAppend(std::string(", text.size(), ", 'y'));");
    return Append(text, [&] { return std::string_view(text); });
  }
  bool PushBack(int) {
    Say("text.TryPushBack('z');");
    bool fits = false;
    Use([&](auto& text) { fits = text->TryPushBack('z'); });
    const bool should_fit = model_.size() < capacity();
    if (should_fit) model_ += 'z';
    ExpectFit(fits, should_fit);
    return true;
  }

  // Of itself, all but the first character.
  bool AssignTail(int) {
    if (model_.empty()) return false;
    Say("text.TryAssign(text.view().substr(1));");
    bool fits = false;
    Use([&](auto& text) { fits = text->TryAssign(text->view().substr(1)); });
    model_.erase(0, 1);
    ExpectFit(fits, true);
    return true;
  }
  bool AppendItself(int) {
    if (model_.empty()) return false;
    Say("text.TryAppend(text.view());");
    const std::string copy = model_;
    return Append(copy, [this] { return View(); });
  }

  bool Clear(int) {
    if (model_.empty()) return false;
    Say("text.Clear();");
    Use([](auto& text) { text->Clear(); });
    model_.clear();
    return true;
  }

  void Check() {
    Expect(Allocations() == 0, "", "it allocates");
    std::size_t size = 0;
    bool is_empty = false;
    Use([&](auto& text) {
      size = text->size();
      is_empty = text->empty();
    });
    ExpectEqual("text.size()", size, model_.size());
    ExpectEqual("text.empty()", is_empty, model_.empty());
    const std::string_view view = View();
    Expect(view == model_, Text("text.view() == \"", model_, "\""),
           "text.view() is \"", view, "\"; expected \"", model_, "\"");
    bool is_equal = false;
    Use([&](auto& text) {
      const auto copy = *text;
      is_equal = copy == *text && (copy <=> *text) == 0;
    });
    Expect(is_equal, "", "a copy is not equal to it");
  }

  bool CanEnd() const { return true; }
  void End() {
    Use([](auto& text) { text.End(); });
  }

  static constexpr CallKind<InplaceStringCase> kCalls[] = {
      {3, &InplaceStringCase::Assign},
      {3, &InplaceStringCase::Append},
      {1, &InplaceStringCase::PushBack},
      {1, &InplaceStringCase::AssignTail},
      {1, &InplaceStringCase::AppendItself},
      {2, &InplaceStringCase::AssignLong},
      {2, &InplaceStringCase::AppendLong},
      {1, &InplaceStringCase::Clear},
  };

 private:
  std::size_t capacity() const {
    return kCapacities[static_cast<std::size_t>(config_)];
  }

  template <class F>
  void Use(F call) {
    In([&] {
      if (config_ == 0) {
        call(small_);
      } else if (config_ == 1) {
        call(middle_);
      } else {
        call(large_);
      }
    });
  }

  std::string_view View() {
    std::string_view view;
    Use([&](auto& text) { view = text->view(); });
    return view;
  }

  bool Assign(std::string_view text) {
    bool fits = false;
    Use([&](auto& subject) { fits = subject->TryAssign(text); });
    const bool should_fit = text.size() <= capacity();
    if (should_fit) model_ = text;
    ExpectFit(fits, should_fit);
    return true;
  }

  // `argument` is what is given, which may lie in the string itself.
  template <class F>
  bool Append(std::string_view text, F argument) {
    const std::string_view given = argument();
    bool fits = false;
    Use([&](auto& subject) { fits = subject->TryAppend(given); });
    const bool should_fit = model_.size() + text.size() <= capacity();
    if (should_fit) model_ += text;
    ExpectFit(fits, should_fit);
    return true;
  }

  static void ExpectFit(bool fits, bool should_fit) {
    Expect(fits == should_fit, "",
           should_fit ? "it returns false, and it fits"
                      : "it returns true, and it does not fit");
  }

  int config_ = 0;
  Object<InplaceString<kCapacities[0]>> small_;
  Object<InplaceString<kCapacities[1]>> middle_;
  Object<InplaceString<kCapacities[2]>> large_;
  std::string model_;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(InplaceStringCase, "04_01/inplace_string.h", "")
