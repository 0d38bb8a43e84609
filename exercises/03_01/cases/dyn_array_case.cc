// SPDX-License-Identifier: Apache-2.0

// What DynArray promises, call by call: see tools/support/history. Its elements
// count how they are treated, and can refuse a copy.
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "03_01/dyn_array.h"
#include "exercises/03_01/testing/element.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

// One more than is asked for, so that it shows whether it was asked.
struct OneMore {
  static std::size_t NextCapacity(std::size_t, std::size_t required,
                                  std::size_t) {
    return required + 1;
  }
};

class DynArrayCase : public Subject {
 public:
  static constexpr int kConfigs = 2;

  void Start(int config) {
    is_safe_ = config == 0;
    Say("DynArray<", is_safe_ ? "SafeElement" : "RiskyElement",
        ", OneMore> array;  // asks for one element more than it needs");
    Aside([] {
      SafeElement::log = {};
      RiskyElement::log = {};
    });
    Use([](auto& array) { array.Make(); });
    Expect(Allocations() == 0, "", "an empty array allocates");
  }

  bool EmplaceBack(int) {
    const int value = ++values_;
    Say("array.EmplaceBack(", value, ");");
    const ElementLog before = Log();
    const Thrown thrown =
        Use([](auto& array, int number) { array->EmplaceBack(number); }, value);
    Expect(thrown == Thrown::kNothing, "", "EmplaceBack throws");
    const bool grows = model_.size() == capacity_;
    if (grows) Regrown(model_.size() + 2, before);
    Expect(grows || Allocations() == 0, "", "it allocates, and has room");
    model_.push_back(value);
    return true;
  }

  // The element behind the first `copies` refuses to be copied.
  bool EmplaceBackFails(int copies) {
    const auto count = static_cast<std::size_t>(copies);
    if (is_safe_ || model_.size() != capacity_ || model_.size() <= count) {
      return false;
    }
    Say("RiskyElement::log.copies_allowed = ", copies, ";");
    Say("try { array.EmplaceBack(7); } catch (const CopyRefused&) {}");
    Aside([](int allowed) { RiskyElement::log.copies_allowed = allowed; },
          copies);
    const Thrown thrown = Use([](auto& array) { array->EmplaceBack(7); });
    Aside([] { RiskyElement::log.copies_allowed = 1000; });
    Expect(thrown == Thrown::kBadAlloc, "", "the copy's exception is lost");
    return true;
  }

  bool EmplaceBackWithoutMemory(int) {
    if (model_.size() != capacity_) return false;
    Say("// the system has no memory now");
    RefuseAllocations(1);
    const Thrown thrown = Use([](auto& array) { array->EmplaceBack(7); });
    Expect(thrown == Thrown::kBadAlloc, "", "it must throw std::bad_alloc");
    return true;
  }

  bool PopBack(int) {
    if (model_.empty()) return false;
    Say("array.PopBack();");
    Use([](auto& array) { array->PopBack(); });
    Expect(Allocations() == 0, "", "PopBack allocates");
    model_.pop_back();
    return true;
  }

  // 0: to the size; 1: two more.
  bool Reallocate(int more) {
    const std::size_t capacity =
        model_.size() + static_cast<std::size_t>(2 * more);
    if (capacity == 0) return false;
    Say("array.Reallocate(", capacity, ");");
    const ElementLog before = Log();
    Use([](auto& array, std::size_t count) { array->Reallocate(count); },
        capacity);
    Regrown(capacity, before);
    return true;
  }

  void Check() {
    const auto [size, capacity] =
        UseFor<std::pair<std::size_t, std::size_t>>([](auto& array) {
          return std::pair<std::size_t, std::size_t>(array->size(),
                                                     array->capacity());
        });
    ExpectEqual("array.size()", size, model_.size());
    ExpectEqual("array.capacity()", capacity, capacity_);
    for (std::size_t i = 0; i != size; ++i) {
      const int value = UseFor<int>(
          [](auto& array, std::size_t k) { return (*array)[k].value; }, i);
      ExpectEqual(Text("array[", i, "].value"), value, model_[i]);
    }
    ExpectEqual(is_safe_ ? "SafeElement::log.alive" : "RiskyElement::log.alive",
                Log().alive, static_cast<int>(model_.size()));
    ExpectEqual("the bytes on the heap", arena.LiveBytes(),
                capacity_ * sizeof(SafeElement));
  }

  bool CanEnd() const { return true; }
  void End() {
    Use([](auto& array) { array.End(); });
    Expect(Log().alive == 0, "", Log().alive, " elements were not destroyed");
  }

  static constexpr CallKind<DynArrayCase> kCalls[] = {
      {1, &DynArrayCase::EmplaceBack},
      {1, &DynArrayCase::PopBack},
      {2, &DynArrayCase::Reallocate},
      {2, &DynArrayCase::EmplaceBackFails, 2},
      {1, &DynArrayCase::EmplaceBackWithoutMemory, 2},
  };

 private:
  // Calls `call` with the array of this configuration.
  template <class F, class... Args>
  Thrown Use(F call, const Args&... args) {
    return is_safe_ ? In(call, safe_, args...) : In(call, risky_, args...);
  }
  template <class R, class F, class... Args>
  R UseFor(F call, const Args&... args) {
    return is_safe_ ? Ask(call, safe_, args...) : Ask(call, risky_, args...);
  }

  ElementLog Log() const {
    return is_safe_ ? Aside([] { return SafeElement::log; })
                    : Aside([] { return RiskyElement::log; });
  }

  // The elements went into another block, in the way that is safe for them.
  void Regrown(std::size_t capacity, const ElementLog& before) {
    ExpectEqual("the number of allocations", Allocations(), 1u);
    capacity_ = capacity;
    const int count = static_cast<int>(model_.size());
    const int copies = Log().copies - before.copies;
    const int moves = Log().moves - before.moves;
    Expect(copies == (is_safe_ ? 0 : count), "", copies, " elements of ", count,
           " were copied, and their moves are ",
           is_safe_ ? "noexcept" : "not noexcept");
    Expect(moves == (is_safe_ ? count : 0), "", moves, " elements of ", count,
           " were moved, and their moves are ",
           is_safe_ ? "noexcept" : "not noexcept");
  }

  bool is_safe_ = true;
  Object<DynArray<SafeElement, OneMore>> safe_;
  Object<DynArray<RiskyElement, OneMore>> risky_;
  int values_ = 0;
  std::size_t capacity_ = 0;
  std::vector<int> model_;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(
    DynArrayCase,
    "03_01/dyn_array.h\"\n#include \"exercises/03_01/testing/element.h",
    "struct OneMore {\n"
    "  static std::size_t NextCapacity(std::size_t, std::size_t "
    "required,\n"
    "                                  std::size_t) {\n"
    "    return required + 1;\n  }\n};\n\n")
