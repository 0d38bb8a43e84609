// SPDX-License-Identifier: Apache-2.0

// What TextBuilder promises, call by call: see tools/support/history. The
// other functions of the header keep no state.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "04_04/low_alloc_api.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

constexpr std::size_t kKeptBytes = 64;
constexpr std::size_t kTexts[] = {10, 1, 0, 100};
constexpr std::uint64_t kNumbers[] = {42, UINT64_MAX};

class TextBuilderCase : public Subject {
 public:
  static constexpr int kConfigs = 1;

  void Start(int) {
    Say("TextBuilder text(", kKeptBytes, ");");
    In([](auto& text) { text.Make(kKeptBytes); }, builder_);
    Expect(Allocations() == 0, "", "the constructor allocates");
    Draw("text", builder_);
  }

  bool Append(int which) {
    const std::string more(kTexts[which], static_cast<char>('a' + which));
    Say("text.Append(\"", more, "\");");
    Grow(
        more, [](auto& text, std::string_view added) { text->Append(added); },
        std::string_view(more));
    return true;
  }
  bool AppendNumber(int which) {
    Say("text.Append(std::uint64_t{", kNumbers[which], "u});");
    Grow(
        std::to_string(kNumbers[which]),
        [](auto& text, int i) { text->Append(kNumbers[i]); }, which);
    return true;
  }
  bool AppendPadded(int which) {
    const std::size_t width = which == 0 ? 5 : 30;
    Say("text.AppendPadded(7, ", width, ");");
    Grow(
        std::string(width - 1, ' ') + "7",
        [](auto& text, std::size_t columns) { text->AppendPadded(7, columns); },
        width);
    return true;
  }
  bool AppendItself(int) {
    if (text_.empty()) return false;
    Say("text.Append(text.View());");
    const std::string more = text_;
    Grow(more, [](auto& text) { text->Append(text->View()); });
    return true;
  }
  bool Clear(int) {
    Say("text.Clear();");
    const std::size_t capacity = Capacity();
    In([](auto& text) { text->Clear(); }, builder_);
    text_.clear();
    Expect(Allocations() == 0, "", "Clear allocates");
    const std::size_t now = Capacity();
    Expect(now <= kKeptBytes, "text.CapacityBytes() <= 64", "a buffer of ", now,
           " bytes is kept; at most ", kKeptBytes, " may be");
    Expect(capacity > kKeptBytes || now == capacity, "", "a buffer of ",
           capacity, " bytes is not kept; up to ", kKeptBytes, " are");
    return true;
  }

  void Check() {
    const std::string_view view = Ask(
        [](auto& text) -> std::string_view { return text->View(); }, builder_);
    Expect(view == text_, "", "text.View() is \"", view, "\"; expected \"",
           text_, "\"");
    ExpectEqual("text.CapacityBytes()", Capacity(), arena.LiveBytes());
  }

  bool CanEnd() const { return true; }
  void End() {
    In([](auto& text) { text.End(); }, builder_);
  }

  static constexpr CallKind<TextBuilderCase> kCalls[] = {
      {4, &TextBuilderCase::Append},       {1, &TextBuilderCase::Clear},
      {2, &TextBuilderCase::AppendNumber}, {2, &TextBuilderCase::AppendPadded},
      {1, &TextBuilderCase::AppendItself},
  };

 private:
  std::size_t Capacity() {
    return Ask([](auto& text) { return text->CapacityBytes(); }, builder_);
  }

  template <class F, class... Args>
  void Grow(const std::string& more, F call, const Args&... args) {
    const std::size_t capacity = Capacity();
    In(call, builder_, args...);
    text_ += more;
    const std::size_t allocations = Allocations();
    Expect(text_.size() > capacity || allocations == 0, "",
           "it allocates, and there is room");
    const std::size_t most = 2 * std::max(capacity, text_.size());
    Expect(Capacity() <= most, "", "the buffer has ", Capacity(),
           " bytes; expected at most ", most);
  }

  Object<TextBuilder> builder_;
  std::string text_;  // the model
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(TextBuilderCase, "04_04/low_alloc_api.h", "")
