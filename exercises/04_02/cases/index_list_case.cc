// SPDX-License-Identifier: Apache-2.0

// What IndexList promises, call by call: see tools/support/history.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

#include "04_02/index_list.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

class IndexListCase : public Subject {
 public:
  static constexpr int kConfigs = 1;
  static constexpr std::uint64_t kHistories = 8000;
  using List = IndexList<std::uint32_t>;

  void Start(int) {
    Say("IndexList<std::uint32_t> list;");
    In([](auto& list) { list.Make(); }, list_);
    Draw("list", list_);
    Expect(Allocations() == 0, "", "an empty list allocates");
  }

  bool PushFront(int) {
    const std::uint32_t value = ++values_;
    const std::string name = NewName();
    Say("auto ", name, " = list.PushFront(", value, ");");
    Push(
        name, value,
        [](auto& list, std::uint32_t pushed) {
          return list->PushFront(pushed);
        },
        value);
    return true;
  }
  // The value of the last node.
  bool PushItsOwn(int) {
    if (order_.empty()) return false;
    const std::string name = NewName();
    const Node last = order_.back();
    Say("auto ", name, " = list.PushFront(list.value(", last.name, "));");
    Push(
        name, last.value,
        [](auto& list, List::Handle handle) {
          return list->PushFront(list->value(handle));
        },
        last.handle);
    return true;
  }
  bool PushWithoutMemory(int) {
    const std::string name = NewName();
    Say("// the system has no memory now");
    Say("const auto ", name, " = list.PushFront(7);");
    RefuseAllocations(1);
    List::Handle handle = List::kNone;
    const Thrown thrown = In(
        &handle, [](auto& list) { return list->PushFront(7); }, list_);
    RefuseAllocations(0);
    if (thrown == Thrown::kNothing) Took(name, handle, 7);
    return true;
  }
  // The last, the first, the one behind it.
  bool MoveToFront(int which) {
    const std::size_t place = Place(which);
    if (place >= order_.size()) return false;
    const Node node = order_[place];
    Say("list.MoveToFront(", node.name, ");");
    In([](auto& list, List::Handle handle) { list->MoveToFront(handle); },
       list_, node.handle);
    order_.erase(order_.begin() + static_cast<std::ptrdiff_t>(place));
    order_.insert(order_.begin(), node);
    return true;
  }
  bool Erase(int which) {
    const std::size_t place = Place(which);
    if (place >= order_.size()) return false;
    Say("list.Erase(", order_[place].name, ");");
    In([](auto& list, List::Handle handle) { list->Erase(handle); }, list_,
       order_[place].handle);
    free_.push_back(order_[place].handle);
    order_.erase(order_.begin() + static_cast<std::ptrdiff_t>(place));
    return true;
  }

  void Check() {
    const auto [size, front, back] = Ask(
        [](auto& list) {
          return std::tuple(list->size(), list->front(), list->back());
        },
        list_);
    List::Handle node = front;
    ExpectEqual("list.size()", size, order_.size());
    for (const Node& expected : order_) {
      Expect(node == expected.handle, "", "node ", node, " stands where ",
             expected.name, " should");
      const auto [value, next] = Ask(
          [](auto& list, List::Handle handle) {
            return std::pair<std::uint32_t, List::Handle>(list->value(handle),
                                                          list->Next(handle));
          },
          list_, node);
      node = next;
      ExpectEqual(Text("list.value(", expected.name, ")"), value,
                  expected.value);
    }
    Expect(node == List::kNone, "", "node ", node, " follows the last one");
    const List::Handle last =
        order_.empty() ? List::kNone : order_.back().handle;
    ExpectEqual("list.back()", back, last);
  }

  bool CanEnd() const { return true; }
  void End() {
    In([](auto& list) { list.End(); }, list_);
  }

  static constexpr CallKind<IndexListCase> kCalls[] = {
      {1, &IndexListCase::PushFront},
      {3, &IndexListCase::MoveToFront},
      {3, &IndexListCase::Erase},
      {1, &IndexListCase::PushItsOwn},
      {1, &IndexListCase::PushWithoutMemory},
  };

 private:
  struct Node {
    std::string name;
    List::Handle handle;
    std::uint32_t value;
  };

  std::size_t Place(int which) const {
    if (which == 0) return order_.size() - 1;
    return static_cast<std::size_t>(which) - 1;
  }

  template <class F, class Arg>
  void Push(const std::string& name, std::uint32_t value, F call,
            const Arg& arg) {
    List::Handle handle = List::kNone;
    Expect(In(&handle, call, list_, arg) == Thrown::kNothing, "",
           "PushFront throws");
    Took(name, handle, value);
  }
  void Took(const std::string& name, List::Handle handle, std::uint32_t value) {
    Expect(handle != List::kNone, "", name, " is kNone");
    for (const Node& node : order_) {
      Expect(node.handle != handle, "", name, " is the handle of ", node.name);
    }
    if (!free_.empty()) {
      Expect(handle == free_.back(), "", name, " is ", handle,
             ", and the node that was erased last is ", free_.back());
      free_.pop_back();
    }
    order_.insert(order_.begin(), {name, handle, value});
  }

  Object<List> list_;
  std::uint32_t values_ = 10;
  std::vector<Node> order_;
  std::vector<List::Handle> free_;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(IndexListCase, "04_02/index_list.h", "")
