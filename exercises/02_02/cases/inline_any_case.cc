// SPDX-License-Identifier: Apache-2.0

// What InlineAny promises, call by call: see tools/support/history. The values
// count how many of them live, and a copy can be refused.
#include <array>
#include <cstddef>
#include <new>
#include <string>
#include <typeinfo>
#include <utility>

#include "02_02/inline_any.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

int live = 0;
bool copies_throw = false;

// Held inline if it is small and moves without throwing.
template <std::size_t kBytes, bool kNoexceptMove>
struct Value {
  explicit Value(int the_number) : number(the_number) { ++live; }
  Value(const Value& other) : number(other.number) {
    if (copies_throw) throw std::bad_alloc();
    ++live;
  }
  Value(Value&& other) noexcept(kNoexceptMove)
      : number(std::exchange(other.number, -1)) {
    ++live;
  }
  ~Value() { --live; }
  Value& operator=(const Value&) = delete;

  int number;
  std::array<char, kBytes - sizeof(int)> rest{};
};
using Small = Value<16, true>;
using Large = Value<100, true>;
using Risky = Value<16, false>;
static_assert(InlineAny::kHoldsInline<Small>);

constexpr char kPreamble[] = R"(
int live = 0;
bool copies_throw = false;
template <std::size_t kBytes, bool kNoexceptMove>
struct Value {
  explicit Value(int the_number) : number(the_number) { ++live; }
  Value(const Value& other) : number(other.number) {
    if (std::exchange(copies_throw, false)) throw std::bad_alloc();
    ++live;
  }
  Value(Value&& other) noexcept(kNoexceptMove)
      : number(std::exchange(other.number, -1)) {
    ++live;
  }
  ~Value() { --live; }
  int number;
  char rest[kBytes - sizeof(int)] = {};
};
using Small = Value<16, true>;
using Large = Value<100, true>;
using Risky = Value<16, false>;

)";

enum class Held { kNothing, kSmall, kLarge, kRisky };
constexpr const char* kNames[] = {"void", "Small", "Large", "Risky"};

class InlineAnyCase : public Subject {
 public:
  static constexpr int kConfigs = 1;

  void Start(int) {
    Aside([] {
      live = 0;
      copies_throw = false;
    });
    Say("InlineAny a;");
    Say("InlineAny b;");
    In(
        [](auto& a, auto& b) {
          a.Make();
          b.Make();
        },
        any_[0], any_[1]);
    Draw("a", any_[0]);
  }

  // A new value for a: 0 small, 1 large, 2 one whose move may throw.
  bool Assign(int type) { return Give(type, false); }
  bool Emplace(int type) { return Give(type, true); }

  bool CopyToB(int) {
    Say("b = a;");
    Try([](auto& a, auto& b) { *b = *a; }, any_[0], any_[1]);
    model_[1] = model_[0];
    return true;
  }
  bool CopyItself(int) {
    Say("a = static_cast<const InlineAny&>(a);");
    Try(
        [](auto& a) {
          const InlineAny& itself = *a;
          *a = itself;
        },
        any_[0]);
    return true;
  }
  bool CopyFails(int) {
    if (model_[1].held == Held::kNothing) return false;
    Say("copies_throw = true;");
    Say("try { a = b; } catch (const std::bad_alloc&) {}");
    Aside([] { copies_throw = true; });
    const Thrown thrown =
        In([](auto& a, auto& b) { *a = *b; }, any_[0], any_[1]);
    Aside([] { copies_throw = false; });
    Expect(thrown == Thrown::kBadAlloc, "", "the copy's exception is lost");
    return true;
  }
  bool MoveToB(int) {
    Say("b = std::move(a);");
    Try([](auto& a, auto& b) { *b = std::move(*a); }, any_[0], any_[1]);
    Expect(Allocations() == 0, "", "a move allocates");
    model_[1] = std::exchange(model_[0], {});
    return true;
  }
  bool Swap(int) {
    Say("a.Swap(b);");
    Try([](auto& a, auto& b) { a->Swap(*b); }, any_[0], any_[1]);
    Expect(Allocations() == 0, "", "a swap allocates");
    std::swap(model_[0], model_[1]);
    return true;
  }
  bool Reset(int) {
    if (model_[0].held == Held::kNothing) return false;
    Say("a.Reset();");
    Try([](auto& a) { a->Reset(); }, any_[0]);
    model_[0] = {};
    return true;
  }

  void Check() {
    int count = 0;
    std::size_t bytes = 0;
    for (const std::size_t i : {0u, 1u}) {
      CheckOne(i == 0 ? "a" : "b", any_[i], model_[i]);
      count += model_[i].held == Held::kNothing ? 0 : 1;
      bytes += BytesOf(model_[i].held);
    }
    ExpectEqual("live", Aside([] { return live; }), count);
    ExpectEqual("the bytes on the heap", arena.LiveBytes(), bytes);
  }

  bool CanEnd() const { return true; }
  void End() {
    Try(
        [](auto& a, auto& b) {
          a.End();
          b.End();
        },
        any_[0], any_[1]);
    ExpectEqual("live", Aside([] { return live; }), 0);
  }

  static constexpr CallKind<InlineAnyCase> kCalls[] = {
      {3, &InlineAnyCase::Assign},    {1, &InlineAnyCase::CopyToB},
      {1, &InlineAnyCase::MoveToB},   {1, &InlineAnyCase::Swap},
      {1, &InlineAnyCase::Reset},     {1, &InlineAnyCase::CopyItself},
      {1, &InlineAnyCase::CopyFails}, {3, &InlineAnyCase::Emplace},
  };

 private:
  struct Model {
    Held held = Held::kNothing;
    int number = 0;
  };

  template <class F, class... Args>
  void Try(F call, Args&&... args) {
    Expect(In(call, args...) == Thrown::kNothing, "", "it throws");
  }

  bool Give(int type, bool in_place) {
    const int number = ++numbers_;
    const auto held = static_cast<Held>(type + 1);
    const std::string value = Text(kNames[type + 1], "(", number, ")");
    Say(in_place ? Text("a.Emplace<", kNames[type + 1], ">(", number, ");")
                 : "a = " + value + ";");
    Try(
        [](auto& any, Held kind, int value_number, bool is_emplaced) {
          if (kind == Held::kSmall) Put<Small>(*any, value_number, is_emplaced);
          if (kind == Held::kLarge) Put<Large>(*any, value_number, is_emplaced);
          if (kind == Held::kRisky) Put<Risky>(*any, value_number, is_emplaced);
        },
        any_[0], held, number, in_place);
    const std::size_t most = held == Held::kSmall ? 0 : 1;
    Expect(Allocations() <= most, "", Allocations(), " allocations for a ",
           kNames[type + 1], ", more than ", most);
    model_[0] = {held, number};
    return true;
  }
  template <class T>
  static void Put(InlineAny& any, int number, bool in_place) {
    if (in_place) {
      any.Emplace<T>(number);
    } else {
      any = T(number);
    }
  }

  static std::size_t BytesOf(Held held) {
    if (held == Held::kLarge) return sizeof(Large);
    return held == Held::kRisky ? sizeof(Risky) : 0;
  }

  void CheckOne(const std::string& name, Object<InlineAny>& any,
                const Model& model) {
    const auto [has_value, is_void] = Ask(
        [](auto& one) {
          return std::pair(one->HasValue(), one->Type() == typeid(void));
        },
        any);
    const bool should = model.held != Held::kNothing;
    ExpectEqual(name + ".HasValue()", has_value, should);
    CheckAs<Small>(name, any, model, Held::kSmall);
    CheckAs<Large>(name, any, model, Held::kLarge);
    CheckAs<Risky>(name, any, model, Held::kRisky);
    Expect(should || is_void, name + ".Type() == typeid(void)", name,
           " is empty, and Type() is not void's");
  }

  template <class T>
  void CheckAs(const std::string& name, Object<InlineAny>& any,
               const Model& model, Held held) {
    const char* const type = kNames[static_cast<int>(held)];
    T* const value =
        Ask([](auto& one) { return one->template TryGet<T>(); }, any);
    const bool should = model.held == held;
    Expect(
        (value != nullptr) == should,
        Text(name, ".TryGet<", type, ">() ", should ? "!=" : "==", " nullptr"),
        name, should ? " holds a " : " holds no ", type, ", and TryGet says ",
        should ? "no" : "yes");
    if (should) {
      ExpectEqual(Text(name, ".Get<", type, ">().number"),
                  Aside([](T* got) { return got->number; }, value),
                  model.number);
    }
  }

  std::array<Object<InlineAny>, 2> any_;
  std::array<Model, 2> model_;
  int numbers_ = 0;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(InlineAnyCase, "02_02/inline_any.h", kPreamble)
