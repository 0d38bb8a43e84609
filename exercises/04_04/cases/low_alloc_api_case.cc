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
    In([this] { builder_.Make(kKeptBytes); });
    Expect(Allocations() == 0, "", "the constructor allocates");
    Draw("text", builder_);
  }

  bool Append(int which) {
    const std::string more(kTexts[which], static_cast<char>('a' + which));
    Say("text.Append(\"", more, "\");");
    Grow(more, [&] { builder_->Append(more); });
    return true;
  }
  bool AppendNumber(int which) {
    Say("text.Append(std::uint64_t{", kNumbers[which], "u});");
    Grow(std::to_string(kNumbers[which]),
         [&] { builder_->Append(kNumbers[which]); });
    return true;
  }
  bool AppendPadded(int which) {
    const std::size_t width = which == 0 ? 5 : 30;
    Say("text.AppendPadded(7, ", width, ");");
    Grow(std::string(width - 1, ' ') + "7",
         [&] { builder_->AppendPadded(7, width); });
    return true;
  }
  bool AppendItself(int) {
    if (text_.empty()) return false;
    Say("text.Append(text.View());");
    const std::string more = text_;
    Grow(more, [this] { builder_->Append(builder_->View()); });
    return true;
  }
  bool Clear(int) {
    Say("text.Clear();");
    const std::size_t capacity = Capacity();
    In([this] { builder_->Clear(); });
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
    std::string_view view;
    In([&] { view = builder_->View(); });
    Expect(view == text_, "", "text.View() is \"", view, "\"; expected \"",
           text_, "\"");
    ExpectEqual("text.CapacityBytes()", Capacity(), arena.LiveBytes());
  }

  bool CanEnd() const { return true; }
  void End() {
    In([this] { builder_.End(); });
  }

  static constexpr CallKind<TextBuilderCase> kCalls[] = {
      {4, &TextBuilderCase::Append},       {1, &TextBuilderCase::Clear},
      {2, &TextBuilderCase::AppendNumber}, {2, &TextBuilderCase::AppendPadded},
      {1, &TextBuilderCase::AppendItself},
  };

 private:
  std::size_t Capacity() {
    std::size_t bytes = 0;
    In([&] { bytes = builder_->CapacityBytes(); });
    return bytes;
  }

  template <class F>
  void Grow(const std::string& more, F call) {
    const std::size_t capacity = Capacity();
    In(call);
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

WORKBOOK_CASE_INSIDE(TextBuilderCase, "04_04/low_alloc_api.h", "")
