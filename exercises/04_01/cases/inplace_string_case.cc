// SPDX-License-Identifier: Apache-2.0

// What InplaceString promises, call by call: see tools/support/history.
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

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
    Make([](auto& text) { text.Make(); });
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
    return Append(kTexts[which]);
  }
  // 0: as many as fit, 1: one too many.
  bool AppendLong(int more) {
    const std::string text(
        capacity() - model_.size() + static_cast<std::size_t>(more), 'y');
    Say("text.TryAppend(std::string(", text.size(), ", 'y'));");
    return Append(text);
  }
  bool PushBack(int) {
    Say("text.TryPushBack('z');");
    const bool fits =
        Use<bool>([](auto& text) { return text->TryPushBack('z'); });
    const bool should_fit = model_.size() < capacity();
    if (should_fit) model_ += 'z';
    ExpectFit(fits, should_fit);
    return true;
  }

  // Of itself, all but the first character.
  bool AssignTail(int) {
    if (model_.empty()) return false;
    Say("text.TryAssign(text.view().substr(1));");
    const bool fits = Use<bool>(
        [](auto& text) { return text->TryAssign(text->view().substr(1)); });
    model_.erase(0, 1);
    ExpectFit(fits, true);
    return true;
  }
  bool AppendItself(int) {
    if (model_.empty()) return false;
    Say("text.TryAppend(text.view());");
    const bool fits =
        Use<bool>([](auto& text) { return text->TryAppend(text->view()); });
    return Appended(std::string(model_), fits);
  }

  bool Clear(int) {
    if (model_.empty()) return false;
    Say("text.Clear();");
    Make([](auto& text) { text->Clear(); });
    model_.clear();
    return true;
  }

  void Check() {
    Expect(Allocations() == 0, "", "it allocates");
    const auto [size, is_empty] =
        Use<std::pair<std::size_t, bool>>([](auto& text) {
          return std::pair<std::size_t, bool>(text->size(), text->empty());
        });
    ExpectEqual("text.size()", size, model_.size());
    ExpectEqual("text.empty()", is_empty, model_.empty());
    const std::string_view view = Use<std::string_view>(
        [](auto& text) -> std::string_view { return text->view(); });
    Expect(view == model_, Text("text.view() == \"", model_, "\""),
           "text.view() is \"", view, "\"; expected \"", model_, "\"");
    const bool is_equal = Use<bool>([](auto& text) {
      const auto copy = *text;
      return copy == *text && (copy <=> *text) == 0;
    });
    Expect(is_equal, "", "a copy is not equal to it");
  }

  bool CanEnd() const { return true; }
  void End() {
    Make([](auto& text) { text.End(); });
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

  // Calls `call` with the string of this configuration.
  template <class R, class F, class... Args>
  R Use(F call, const Args&... args) {
    if (config_ == 0) return Ask(call, small_, args...);
    if (config_ == 1) return Ask(call, middle_, args...);
    return Ask(call, large_, args...);
  }
  template <class F>
  void Make(F call) {
    if (config_ == 0) In(call, small_);
    if (config_ == 1) In(call, middle_);
    if (config_ == 2) In(call, large_);
  }

  bool Assign(std::string_view text) {
    const bool fits = Use<bool>(
        [](auto& subject, std::string_view given) {
          return subject->TryAssign(given);
        },
        text);
    const bool should_fit = text.size() <= capacity();
    if (should_fit) model_ = text;
    ExpectFit(fits, should_fit);
    return true;
  }

  bool Append(std::string_view text) {
    const bool fits = Use<bool>(
        [](auto& subject, std::string_view given) {
          return subject->TryAppend(given);
        },
        text);
    return Appended(text, fits);
  }
  bool Appended(std::string_view text, bool fits) {
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
