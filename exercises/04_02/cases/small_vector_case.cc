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
    Safe::Reset();
    Risky::Reset();
    Safe::alive = Risky::alive = 0;
    Use([](auto& vector) { vector.Make(); });
    Expect(Allocations() == 0, "", "an empty vector allocates");
  }

  bool EmplaceBack(int) {
    const int value = ++values_;
    Say("v.emplace_back(", value, ");");
    const int moves = Safe::moves;
    const bool grows = model_.size() == capacity_;
    ExpectNoThrow([&](auto& vector) { vector->emplace_back(value); });
    const int expected =
        is_safe_ && grows ? static_cast<int>(model_.size()) : 0;
    ExpectEqual("the number of elements that were moved", Safe::moves - moves,
                expected);
    Added(value);
    return true;
  }
  bool PushItsFirst(int) {
    if (model_.empty()) return false;
    Say("v.push_back(v[0]);");
    ExpectNoThrow([&](auto& vector) { vector->push_back((*vector)[0]); });
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
    Risky::copies_allowed = copies;
    const Thrown thrown = Use([](auto& vector) { vector->emplace_back(7); });
    Risky::copies_allowed = 1000;
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
    ExpectNoThrow([&](auto& vector) { vector->reserve(capacity); });
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
    std::size_t size = 0;
    std::size_t capacity = 0;
    Use([&](auto& vector) {
      size = vector->size();
      capacity = vector->capacity();
    });
    ExpectEqual("v.size()", size, model_.size());
    ExpectEqual("v.capacity()", capacity, capacity_);
    for (std::size_t i = 0; i != size; ++i) {
      int value = 0;
      Use([&](auto& vector) { value = (*vector)[i].value; });
      ExpectEqual(Text("v[", i, "].value"), value, model_[i]);
    }
    ExpectEqual(is_safe_ ? "Safe::alive" : "Risky::alive", Alive(),
                static_cast<int>(model_.size()));
    ExpectEqual("the bytes on the heap", arena.LiveBytes(),
                capacity_ == 2 ? 0 : capacity_ * sizeof(int));
    if (!is_safe_) {
      Expect(Risky::moves == 0, "", "a move that may throw was made");
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
  template <class F>
  Thrown Use(F call) {
    return In([&] { is_safe_ ? call(safe_) : call(risky_); });
  }
  template <class F>
  void ExpectNoThrow(F call) {
    Expect(Use(call) == Thrown::kNothing, "", "it throws");
  }
  template <class Vector>
  bool MoveAwayAndBack(Object<Vector>& vector) {
    const std::string name = NewName();
    Object<Vector> other;
    std::size_t left = 0;
    std::size_t capacity = 0;
    Say("auto ", name, " = std::move(v);");
    ExpectNoThrow([&](auto&) {
      other.Make(std::move(*vector));
      left = vector->size();
      capacity = vector->capacity();
    });
    ExpectEqual("v.size()", left, 0u);
    ExpectEqual("v.capacity()", capacity, 2u);
    Expect(Allocations() == 0, "", "a move allocates");
    Say("v = std::move(", name, ");");
    ExpectNoThrow([&](auto&) {
      *vector = std::move(*other);
      other.End();
    });
    Expect(Allocations() == 0, "", "a move allocates");
    return true;
  }
  int Alive() const { return is_safe_ ? Safe::alive : Risky::alive; }
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
