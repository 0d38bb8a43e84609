// SPDX-License-Identifier: Apache-2.0

// What InlineFunction promises, call by call: see tools/support/history. The
// callables count how many of them live, and what is left of one that moved.
#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <type_traits>
#include <utility>

#include "02_01/inline_function.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

int live = 0;
int copies = 0;

// Adds its number; 32 bytes.
struct Adder {
  explicit Adder(int the_number) : number(the_number) { ++live; }
  Adder(const Adder& other) : number(other.number) {
    ++live;
    ++copies;
  }
  Adder(Adder&& other) noexcept : number(std::exchange(other.number, -1)) {
    ++live;
  }
  ~Adder() { --live; }
  Adder& operator=(const Adder&) = delete;
  int operator()(int value) { return value + number; }

  int number;
  std::array<char, 28> rest{};
};

struct MovesMayThrow {
  MovesMayThrow() = default;
  MovesMayThrow(MovesMayThrow&&) noexcept(false) {}
  int operator()(int value) { return value; }
};

using Function = InlineFunction<32, int, int>;

constexpr char kPreamble[] = R"(
int live = 0;
struct Adder {
  explicit Adder(int the_number) : number(the_number) { ++live; }
  Adder(const Adder& other) : number(other.number) { ++live; }
  Adder(Adder&& other) noexcept : number(std::exchange(other.number, -1)) {
    ++live;
  }
  ~Adder() { --live; }
  int operator()(int value) { return value + number; }
  int number;
  char rest[28] = {};
};
struct MovesMayThrow {
  MovesMayThrow() = default;
  MovesMayThrow(MovesMayThrow&&) noexcept(false) {}
  int operator()(int value) { return value; }
};
using Function = InlineFunction<32, int, int>;

)";

class InlineFunctionCase : public Subject {
 public:
  static constexpr int kConfigs = 1;

  void Start(int) {
    Aside([] { live = copies = 0; });
    Say("Function a;");
    Say("Function b;");
    Try(
        [](auto& a, auto& b) {
          a.Make();
          b.Make();
        },
        functions_[0], functions_[1]);
    const bool takes_it =
        Aside([] { return std::is_constructible_v<Function, MovesMayThrow>; });
    Expect(!takes_it, "!(FitsInline<MovesMayThrow, 32, int, int>)",
           "it takes a callable whose move may throw");
    Draw("a", functions_[0]);
  }

  bool Assign(int) {
    const int number = ++numbers_;
    Say("a = Adder(", number, ");");
    Try([](auto& a, int value) { *a = Adder(value); }, functions_[0], number);
    numbers_of_[0] = number;
    return true;
  }
  bool MoveAssign(int) {
    Say("b = std::move(a);");
    Try([](auto& a, auto& b) { *b = std::move(*a); }, functions_[0],
        functions_[1]);
    numbers_of_[1] = std::exchange(numbers_of_[0], 0);
    return true;
  }
  bool MoveConstruct(int) {
    Say("{ Function c = std::move(a); }");
    Try([](auto& a) { Function moved = std::move(*a); }, functions_[0]);
    numbers_of_[0] = 0;
    return true;
  }
  bool MoveOntoItself(int) {
    Say("a = std::move(static_cast<Function&>(a));");
    Try(
        [](auto& a) {
          Function& itself = *a;
          *a = std::move(itself);
        },
        functions_[0]);
    return true;
  }
  bool Empty(int) {
    Say("a = Function();");
    Try([](auto& a) { *a = Function(); }, functions_[0]);
    numbers_of_[0] = 0;
    return true;
  }

  void Check() {
    int expected = 0;
    for (const std::size_t i : {0u, 1u}) {
      CheckOne(i == 0 ? "a" : "b", functions_[i], numbers_of_[i]);
      expected += numbers_of_[i] == 0 ? 0 : 1;
    }
    ExpectEqual("live", Aside([] { return live; }), expected);
    ExpectEqual("the number of copies", Aside([] { return copies; }), 0);
  }

  bool CanEnd() const { return true; }
  void End() {
    Try(
        [](auto& a, auto& b) {
          a.End();
          b.End();
        },
        functions_[0], functions_[1]);
    ExpectEqual("live", Aside([] { return live; }), 0);
  }

  static constexpr CallKind<InlineFunctionCase> kCalls[] = {
      {1, &InlineFunctionCase::Assign},
      {1, &InlineFunctionCase::MoveAssign},
      {1, &InlineFunctionCase::MoveConstruct},
      {1, &InlineFunctionCase::MoveOntoItself},
      {1, &InlineFunctionCase::Empty},
  };

 private:
  template <class F, class... Args>
  void Try(F call, Args&&... args) {
    Expect(In(call, args...) == Thrown::kNothing, "", "it throws");
    Expect(Allocations() == 0, "", "it allocates");
  }

  void CheckOne(const std::string& name, Object<Function>& function,
                int number) {
    const bool holds =
        Ask([](auto& one) { return static_cast<bool>(*one); }, function);
    ExpectEqual("static_cast<bool>(" + name + ")", holds, number != 0);
    const auto [sum, throws] = Ask(
        [](auto& one) {
          try {
            return std::pair<int, bool>((*one)(100), false);
          } catch (const std::bad_function_call&) {
            return std::pair<int, bool>(0, true);
          }
        },
        function);
    Expect(throws == (number == 0), "", name,
           throws ? "(100) throws, and it holds a callable"
                  : "(100) throws no std::bad_function_call");
    if (!throws) ExpectEqual(name + "(100)", sum, 100 + number);
  }

  std::array<Object<Function>, 2> functions_;
  std::array<int, 2> numbers_of_{};  // 0 for none
  int numbers_ = 0;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(InlineFunctionCase, "02_01/inline_function.h", kPreamble)
