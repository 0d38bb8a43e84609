// SPDX-License-Identifier: Apache-2.0

// What SharedString promises, call by call: see tools/support/history.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
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
    In(
        [](auto& first, auto& second) {
          first.Make();
          second.Make();
        },
        a(), b());
    Draw("a", strings_[0]);
  }

  bool MakeText(int which) {
    const std::string text = kTexts[which];
    Say("a = SharedString(std::string_view(\"", text, "\"));");
    Try(
        text.empty() ? 0 : 1,
        [](auto& string, int i) {
          *string = SharedString(std::string_view(kTexts[i]));
        },
        a(), which);
    model_[0] = ModelOf(text);
    return true;
  }

  bool CopyToB(int) {
    Say("b = a;");
    Try(
        0, [](auto& to, auto& from) { *to = *from; }, b(), a());
    model_[1] = model_[0];
    return true;
  }
  bool MoveToB(int) {
    Say("b = std::move(a);");
    Try(
        0, [](auto& to, auto& from) { *to = std::move(*from); }, b(), a());
    model_[1] = std::exchange(model_[0], {});
    return true;
  }
  bool CopyItself(int) {
    Say("a = static_cast<const SharedString&>(a);");
    Try(
        0,
        [](auto& string) {
          const SharedString& itself = *string;
          *string = itself;
        },
        a());
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
    const auto take = [](auto& to, auto& from, std::size_t begin,
                         std::size_t count) {
      *to = from->Substring(begin, count);
    };
    if (!is_inside) {
      const Thrown thrown = In(take, strings_[into], a(), offset, size);
      Expect(thrown == Thrown::kOutOfRange, "", "offset ", offset,
             " is behind the end, and Substring must throw std::out_of_range");
      return true;
    }
    Try(0, take, strings_[into], a(), offset, size);
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
    Try(
        is_trimmed ? 1 : 0,
        [](auto& string, std::size_t most) { *string = string->Trimmed(most); },
        a(), ratio);
    if (is_trimmed) model_[0] = ModelOf(TextOf(model));
    return true;
  }

  bool MakeTextWithoutMemory(int) {
    Say("// the system has no memory now");
    RefuseAllocations(1);
    const Thrown thrown =
        In([](auto& string) { *string = SharedString(kTexts[0]); }, a());
    Expect(thrown == Thrown::kBadAlloc, "",
           "without memory a new text must throw std::bad_alloc");
    return true;
  }

  bool MakeHuge(int) {
    Say("try { a = SharedString(std::string_view(\"\", std::size_t{1} << 32)); "
        "} catch (const std::length_error&) {}");
    const Thrown thrown = In(
        [](auto& string) {
          *string = SharedString(std::string_view("", std::size_t{1} << 32));
        },
        a());
    Expect(thrown == Thrown::kLengthError, "",
           "SharedString must refuse a text of 4 GiB by std::length_error");
    return true;
  }

  void Check() {
    CheckOne("a", a(), model_[0]);
    CheckOne("b", b(), model_[1]);
    std::size_t most = BlockBytes(model_[0]);
    if (model_[0].block != model_[1].block) most += BlockBytes(model_[1]);
    Expect(arena.LiveBytes() <= most, "", arena.LiveBytes(),
           " bytes of the heap are in use; the blocks of a and b have at most ",
           most);
  }

  bool CanEnd() const { return true; }
  void End() {
    In(
        [](auto& first, auto& second) {
          second.End();
          first.End();
        },
        a(), b());
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

  Object<SharedString>& a() { return strings_[0]; }
  Object<SharedString>& b() { return strings_[1]; }

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

  template <class F, class... Args>
  void Try(std::size_t allocations, F call, Args&&... args) {
    Expect(In(call, args...) == Thrown::kNothing, "", "it throws");
    Expect(Allocations() == allocations, "",
           "allocations of this call: ", Allocations(),
           "; expected: ", allocations);
  }

  void CheckOne(const std::string& name, Object<SharedString>& string,
                const Model& model) {
    const auto [size, view, data, held] = Ask(
        [](auto& one) {
          const std::string_view shown = one->view();
          return std::tuple(one->size(), shown, shown.data(), one->HeldBytes());
        },
        string);
    ExpectEqual(name + ".size()", size, model.size);
    ExpectEqual(name + ".view().size()", view.size(), model.size);
    if (model.size != 0) CheckView(name, view, data, model);
    ExpectEqual(name + ".HeldBytes()", held, HeldBy(model));
  }

  static void CheckView(const std::string& name, std::string_view view,
                        const char* data, const Model& model) {
    const Arena::Piece* const piece = arena.Find(data);
    Expect(piece != nullptr, "", name, " is not in memory that is allocated");
    const std::byte* const end = piece->begin + piece->bytes;
    Expect(reinterpret_cast<const std::byte*>(data + view.size()) <= end, "",
           name, " ends behind the memory that it is in");
    const std::string text = TextOf(model);
    Expect(view == text, Text(name, ".view() == \"", text, "\""), name,
           ".view() is \"", view, "\"; expected \"", text, "\"");
    Block& block = *model.block;
    if (block.data == nullptr) block.data = data - model.offset;
    Expect(data == block.data + model.offset, "", name,
           " does not share the block that its text was made in");
  }

  std::array<Object<SharedString>, 2> strings_;
  std::array<Model, 2> model_;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(SharedStringCase, "03_03/shared_string.h", "")
