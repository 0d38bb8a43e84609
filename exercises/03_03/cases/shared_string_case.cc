// SPDX-License-Identifier: Apache-2.0

// What SharedString promises, call by call: see tools/support/history.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "03_03/shared_string.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

constexpr const char* kTexts[] = {"0123456789", ""};

// Ten times the second one wraps around.
struct Ratio {
  std::size_t value;
  const char* code;
};
constexpr Ratio kRatios[] = {{2, "2"}, {SIZE_MAX / 2 + 1, "SIZE_MAX / 2 + 1"}};

class SharedStringCase : public Subject {
 public:
  static constexpr int kConfigs = 1;
  static constexpr std::uint64_t kHistories = 20'000;

  void Start(int) {
    Say("SharedString a;");
    Say("SharedString b;");
    In([this] {
      strings_[0].Make();
      strings_[1].Make();
    });
    Draw("a", strings_[0]);
  }

  bool MakeText(int which) {
    const std::string text = kTexts[which];
    Say("a = SharedString(std::string_view(\"", text, "\"));");
    Try([&] { *a() = SharedString(text); }, text.empty() ? 0 : 1);
    model_[0] = ModelOf(text);
    return true;
  }

  bool CopyToB(int) {
    Say("b = a;");
    Try([this] { *b() = *a(); }, 0);
    model_[1] = model_[0];
    return true;
  }
  bool MoveToB(int) {
    Say("b = std::move(a);");
    Try([this] { *b() = std::move(*a()); }, 0);
    model_[1] = std::exchange(model_[0], {});
    return true;
  }
  bool CopyItself(int) {
    Say("a = static_cast<const SharedString&>(a);");
    const SharedString& itself = *a();
    Try([&] { *a() = itself; }, 0);
    return true;
  }

  // 0: a becomes a part of itself; 1: b all but the first byte of a; 2: b what
  // is behind the last one.
  bool TakePart(int which) {
    const std::size_t offset = which == 2 ? model_[0].size : which == 0 ? 2 : 1;
    const std::size_t size = which == 0 ? 5 : SIZE_MAX;
    const std::size_t into = which == 0 ? 0 : 1;
    const std::string call =
        Text(into == 0 ? "a" : "b", " = a.Substring(", offset, ", ",
             which == 0 ? "5" : "SIZE_MAX", ");");
    const bool is_inside = offset <= model_[0].size;
    Say(is_inside
            ? call
            : Text("try { ", call, " } catch (const std::out_of_range&) {}"));
    const auto take = [&] { *strings_[into] = a()->Substring(offset, size); };
    if (!is_inside) {
      Expect(In(take) == Thrown::kOutOfRange, "", "offset ", offset,
             " is behind the end, and Substring must throw std::out_of_range");
      return true;
    }
    Try(take, 0);
    const Model& whole = model_[0];
    Model part = {whole.block, whole.offset + offset,
                  std::min(size, whole.size - offset)};
    if (part.size == 0) part = {};
    model_[into] = part;
    return true;
  }

  bool Trim(int which) {
    const std::size_t ratio = kRatios[which].value;
    Say("a = a.Trimmed(", kRatios[which].code, ");");
    const Model& model = model_[0];
    const bool is_trimmed = model.size != 0 && IsMore(model, ratio);
    Try([&] { *a() = a()->Trimmed(ratio); }, is_trimmed ? 1 : 0);
    if (is_trimmed) model_[0] = ModelOf(TextOf(model));
    return true;
  }

  bool MakeTextWithoutMemory(int) {
    Say("// the system has no memory now");
    RefuseAllocations(1);
    const std::string_view text = kTexts[0];
    const Thrown thrown = In([&] { *a() = SharedString(text); });
    Expect(thrown == Thrown::kBadAlloc, "",
           "without memory a new text must throw std::bad_alloc");
    return true;
  }

  bool MakeHuge(int) {
    Say("try { a = SharedString(std::string_view(\"\", std::size_t{1} << 32)); "
        "} catch (const std::length_error&) {}");
    const Thrown thrown = In([this] {
      *a() = SharedString(std::string_view("", std::size_t{1} << 32));
    });
    Expect(thrown == Thrown::kLengthError, "",
           "SharedString must refuse a text of 4 GiB by std::length_error");
    return true;
  }

  void Check() {
    CheckOne("a", *a(), model_[0]);
    CheckOne("b", *b(), model_[1]);
    std::size_t most = BlockBytes(model_[0]);
    if (model_[0].block != model_[1].block) most += BlockBytes(model_[1]);
    Expect(arena.LiveBytes() <= most, "", arena.LiveBytes(),
           " bytes of the heap are in use; the blocks of a and b have at most ",
           most);
  }

  bool CanEnd() const { return true; }
  void End() {
    In([this] {
      strings_[1].End();
      strings_[0].End();
    });
  }

  static constexpr CallKind<SharedStringCase> kCalls[] = {
      {2, &SharedStringCase::MakeText},
      {1, &SharedStringCase::CopyToB},
      {3, &SharedStringCase::TakePart},
      {1, &SharedStringCase::MoveToB},
      {2, &SharedStringCase::Trim},
      {1, &SharedStringCase::CopyItself},
      {1, &SharedStringCase::MakeTextWithoutMemory, 2},
      {1, &SharedStringCase::MakeHuge, 2},
  };

 private:
  struct Block {
    std::string text;
    const char* data;  // nullptr until it was seen
  };
  struct Model {
    std::shared_ptr<Block> block{};
    std::size_t offset = 0;
    std::size_t size = 0;
  };

  const Object<SharedString>& a() const { return strings_[0]; }
  const Object<SharedString>& b() const { return strings_[1]; }

  static Model ModelOf(const std::string& text) {
    if (text.empty()) return {};
    return {std::make_shared<Block>(Block{text, nullptr}), 0, text.size()};
  }
  static std::string TextOf(const Model& model) {
    if (model.block == nullptr) return "";
    return model.block->text.substr(model.offset, model.size);
  }
  static std::size_t HeldBy(const Model& model) {
    return model.block == nullptr ? 0 : model.block->text.size();
  }
  static std::size_t BlockBytes(const Model& model) {
    return model.block == nullptr ? 0 : HeldBy(model) + 16;
  }
  // Whether it holds more than `ratio` times what it shows.
  static bool IsMore(const Model& model, std::size_t ratio) {
    const std::size_t whole = HeldBy(model) / model.size;
    return whole > ratio || (whole == ratio && HeldBy(model) % model.size != 0);
  }

  template <class F>
  void Try(F call, std::size_t allocations) {
    Expect(In(call) == Thrown::kNothing, "", "it throws");
    Expect(Allocations() == allocations, "",
           "allocations of this call: ", Allocations(),
           "; expected: ", allocations);
  }

  void CheckOne(const std::string& name, const SharedString& string,
                const Model& model) {
    std::string_view view;
    std::size_t size = 0;
    std::size_t held = 0;
    In([&] {
      size = string.size();
      view = string.view();
      held = string.HeldBytes();
    });
    ExpectEqual(name + ".size()", size, model.size);
    ExpectEqual(name + ".view().size()", view.size(), model.size);
    if (model.size != 0) CheckView(name, view, model);
    ExpectEqual(name + ".HeldBytes()", held, HeldBy(model));
  }

  static void CheckView(const std::string& name, std::string_view view,
                        const Model& model) {
    const Arena::Piece* const piece = arena.Find(view.data());
    Expect(piece != nullptr, "", name, " is not in memory that is allocated");
    const std::byte* const end = piece->begin + piece->bytes;
    Expect(reinterpret_cast<const std::byte*>(view.data() + view.size()) <= end,
           "", name, " ends behind the memory that it is in");
    const std::string text = TextOf(model);
    Expect(view == text, Text(name, ".view() == \"", text, "\""), name,
           ".view() is \"", view, "\"; expected \"", text, "\"");
    Block& block = *model.block;
    if (block.data == nullptr) block.data = view.data() - model.offset;
    Expect(view.data() == block.data + model.offset, "", name,
           " does not share the block that its text was made in");
  }

  std::array<Object<SharedString>, 2> strings_;
  std::array<Model, 2> model_;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(SharedStringCase, "03_03/shared_string.h", "")
