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
    live = copies = 0;
    Say("Function a;");
    Say("Function b;");
    Try([this] {
      functions_[0].Make();
      functions_[1].Make();
    });
    Expect(!std::is_constructible_v<Function, MovesMayThrow>,
           "!(FitsInline<MovesMayThrow, 32, int, int>)",
           "it takes a callable whose move may throw");
    Draw("a", functions_[0]);
  }

  bool Assign(int) {
    const int number = ++numbers_;
    Say("a = Adder(", number, ");");
    Try([&] { *functions_[0] = Adder(number); });
    numbers_of_[0] = number;
    return true;
  }
  bool MoveAssign(int) {
    Say("b = std::move(a);");
    Try([this] { *functions_[1] = std::move(*functions_[0]); });
    numbers_of_[1] = std::exchange(numbers_of_[0], 0);
    return true;
  }
  bool MoveConstruct(int) {
    Say("{ Function c = std::move(a); }");
    Try([this] { Function moved = std::move(*functions_[0]); });
    numbers_of_[0] = 0;
    return true;
  }
  bool MoveOntoItself(int) {
    Say("a = std::move(static_cast<Function&>(a));");
    Function& itself = *functions_[0];
    Try([&] { *functions_[0] = std::move(itself); });
    return true;
  }
  bool Empty(int) {
    Say("a = Function();");
    Try([this] { *functions_[0] = Function(); });
    numbers_of_[0] = 0;
    return true;
  }

  void Check() {
    int expected = 0;
    for (const std::size_t i : {0u, 1u}) {
      CheckOne(i == 0 ? "a" : "b", *functions_[i], numbers_of_[i]);
      expected += numbers_of_[i] == 0 ? 0 : 1;
    }
    ExpectEqual("live", live, expected);
    ExpectEqual("the number of copies", copies, 0);
  }

  bool CanEnd() const { return true; }
  void End() {
    Try([this] {
      functions_[0].End();
      functions_[1].End();
    });
    ExpectEqual("live", live, 0);
  }

  static constexpr CallKind<InlineFunctionCase> kCalls[] = {
      {1, &InlineFunctionCase::Assign},
      {1, &InlineFunctionCase::MoveAssign},
      {1, &InlineFunctionCase::MoveConstruct},
      {1, &InlineFunctionCase::MoveOntoItself},
      {1, &InlineFunctionCase::Empty},
  };

 private:
  template <class F>
  void Try(F call) {
    Expect(In(call) == Thrown::kNothing, "", "it throws");
    Expect(Allocations() == 0, "", "it allocates");
  }

  void CheckOne(const std::string& name, Function& function, int number) {
    bool holds = false;
    In([&] { holds = static_cast<bool>(function); });
    ExpectEqual("static_cast<bool>(" + name + ")", holds, number != 0);
    int sum = 0;
    bool throws = false;
    In([&] {
      try {
        sum = function(100);
      } catch (const std::bad_function_call&) {
        throws = true;
      }
    });
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
