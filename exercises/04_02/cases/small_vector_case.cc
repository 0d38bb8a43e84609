// SPDX-License-Identifier: Apache-2.0

// What SmallVector promises, call by call: see tools/support/history. Its
// elements count how they are treated, and can refuse a copy.
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "04_02/small_vector.h"
#include "exercises/04_02/testing/counted.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

class SmallVectorCase : public Subject {
 public:
  static constexpr int kConfigs = 2;

  void Start(int config) {
    is_safe_ = config == 0;
    Say("SmallVector<", is_safe_ ? "Safe" : "Risky", ", 2> v;");
    Aside([] {
      Safe::Reset();
      Risky::Reset();
      Safe::alive = Risky::alive = 0;
    });
    Use([](auto& vector) { vector.Make(); });
    Expect(Allocations() == 0, "", "an empty vector allocates");
  }

  bool EmplaceBack(int) {
    const int value = ++values_;
    Say("v.emplace_back(", value, ");");
    const int moves = Aside([] { return Safe::moves; });
    const bool grows = model_.size() == capacity_;
    ExpectNoThrow(
        [](auto& vector, int number) { vector->emplace_back(number); }, value);
    const int expected =
        is_safe_ && grows ? static_cast<int>(model_.size()) : 0;
    ExpectEqual("the number of elements that were moved",
                Aside([] { return Safe::moves; }) - moves, expected);
    Added(value);
    return true;
  }
  bool PushItsFirst(int) {
    if (model_.empty()) return false;
    Say("v.push_back(v[0]);");
    ExpectNoThrow([](auto& vector) { vector->push_back((*vector)[0]); });
    Added(model_[0]);
    return true;
  }
  // The element behind the first `copies` refuses to be copied.
  bool EmplaceBackFails(int copies) {
    if (is_safe_ || model_.size() != capacity_ ||
        model_.size() <= static_cast<std::size_t>(copies)) {
      return false;
    }
    Say("Risky::copies_allowed = ", copies, ";");
    Say("try { v.emplace_back(7); } catch (const CopyRefused&) {}");
    Aside([](int allowed) { Risky::copies_allowed = allowed; }, copies);
    const Thrown thrown = Use([](auto& vector) { vector->emplace_back(7); });
    Aside([] { Risky::copies_allowed = 1000; });
    Expect(thrown == Thrown::kBadAlloc, "", "the copy's exception is lost");
    return true;
  }
  bool EmplaceBackWithoutMemory(int) {
    if (model_.size() != capacity_) return false;
    Say("// the system has no memory now");
    Say("try { v.emplace_back(7); } catch (const std::bad_alloc&) {}");
    RefuseAllocations(1);
    const Thrown thrown = Use([](auto& vector) { vector->emplace_back(7); });
    RefuseAllocations(0);
    Expect(thrown == Thrown::kBadAlloc, "", "it must throw std::bad_alloc");
    return true;
  }
  bool PopBack(int) {
    if (model_.empty()) return false;
    Say("v.pop_back();");
    ExpectNoThrow([](auto& vector) { vector->pop_back(); });
    model_.pop_back();
    return true;
  }
  // To one more than there are.
  bool Reserve(int) {
    const std::size_t capacity = model_.size() + 1;
    Say("v.reserve(", capacity, ");");
    ExpectNoThrow(
        [](auto& vector, std::size_t count) { vector->reserve(count); },
        capacity);
    if (capacity > capacity_) {
      capacity_ = capacity;
      ExpectEqual("the number of allocations", Allocations(), 1u);
    } else {
      Expect(Allocations() == 0, "", "it allocates, and has room");
    }
    return true;
  }
  // Away, and back.
  bool MoveAway(int) {
    return is_safe_ ? MoveAwayAndBack(safe_) : MoveAwayAndBack(risky_);
  }

  void Check() {
    const auto [size, capacity] =
        UseFor<std::pair<std::size_t, std::size_t>>([](auto& vector) {
          return std::pair<std::size_t, std::size_t>(vector->size(),
                                                     vector->capacity());
        });
    ExpectEqual("v.size()", size, model_.size());
    ExpectEqual("v.capacity()", capacity, capacity_);
    for (std::size_t i = 0; i != size; ++i) {
      const int value = UseFor<int>(
          [](auto& vector, std::size_t k) { return (*vector)[k].value; }, i);
      ExpectEqual(Text("v[", i, "].value"), value, model_[i]);
    }
    ExpectEqual(is_safe_ ? "Safe::alive" : "Risky::alive", Alive(),
                static_cast<int>(model_.size()));
    ExpectEqual("the bytes on the heap", arena.LiveBytes(),
                capacity_ == 2 ? 0 : capacity_ * sizeof(int));
    if (!is_safe_) {
      Expect(Aside([] { return Risky::moves; }) == 0, "",
             "a move that may throw was made");
    }
  }

  bool CanEnd() const { return true; }
  void End() {
    Use([](auto& vector) { vector.End(); });
    Expect(Alive() == 0, "", Alive(), " elements were not destroyed");
  }

  static constexpr CallKind<SmallVectorCase> kCalls[] = {
      {1, &SmallVectorCase::EmplaceBack},
      {1, &SmallVectorCase::PopBack},
      {1, &SmallVectorCase::PushItsFirst},
      {1, &SmallVectorCase::Reserve},
      {1, &SmallVectorCase::MoveAway},
      {2, &SmallVectorCase::EmplaceBackFails, 2},
      {1, &SmallVectorCase::EmplaceBackWithoutMemory, 2},
  };

 private:
  template <class F, class... Args>
  Thrown Use(F call, const Args&... args) {
    return is_safe_ ? In(call, safe_, args...) : In(call, risky_, args...);
  }
  template <class R, class F, class... Args>
  R UseFor(F call, const Args&... args) {
    return is_safe_ ? Ask(call, safe_, args...) : Ask(call, risky_, args...);
  }
  template <class F, class... Args>
  void ExpectNoThrow(F call, const Args&... args) {
    Expect(Use(call, args...) == Thrown::kNothing, "", "it throws");
  }
  template <class Vector>
  bool MoveAwayAndBack(Object<Vector>& vector) {
    const std::string name = NewName();
    Object<Vector> other;
    Say("auto ", name, " = std::move(v);");
    std::pair<std::size_t, std::size_t> left;
    const Thrown there = In(
        &left,
        [](auto& from, auto& to) {
          to.Make(std::move(*from));
          return std::pair<std::size_t, std::size_t>(from->size(),
                                                     from->capacity());
        },
        vector, other);
    Expect(there == Thrown::kNothing, "", "it throws");
    ExpectEqual("v.size()", left.first, 0u);
    ExpectEqual("v.capacity()", left.second, 2u);
    Expect(Allocations() == 0, "", "a move allocates");
    Say("v = std::move(", name, ");");
    const Thrown back = In(
        [](auto& to, auto& from) {
          *to = std::move(*from);
          from.End();
        },
        vector, other);
    Expect(back == Thrown::kNothing, "", "it throws");
    Expect(Allocations() == 0, "", "a move allocates");
    return true;
  }
  int Alive() const {
    return is_safe_ ? Aside([] { return Safe::alive; })
                    : Aside([] { return Risky::alive; });
  }
  // An element came behind the last one.
  void Added(int value) {
    const bool grows = model_.size() == capacity_;
    if (grows) capacity_ *= 2;
    ExpectEqual("the number of allocations", Allocations(), grows ? 1u : 0u);
    model_.push_back(value);
  }

  bool is_safe_ = true;
  Object<SmallVector<Safe, 2>> safe_;
  Object<SmallVector<Risky, 2>> risky_;
  int values_ = 10;
  std::size_t capacity_ = 2;
  std::vector<int> model_;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(SmallVectorCase, "04_02/small_vector.h",
              "#include <utility>\n\n"
              "#include \"exercises/04_02/testing/counted.h\"\n")
