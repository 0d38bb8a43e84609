// SPDX-License-Identifier: Apache-2.0

// Values of several types behind one interface, without a heap block for each.
#ifndef WORKBOOK_02_02_INTERFACE_PATTERNS_H_
#define WORKBOOK_02_02_INTERFACE_PATTERNS_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "02_02/inline_any.h"

namespace workbook {

struct Circle {
  double radius = 0;
};
struct Rectangle {
  double width = 0;
  double height = 0;
};
struct Triangle {
  double base = 0;
  double height = 0;
};

// Shapes of a closed set: the three above, and no fourth.
// Thread safety: any number of readers, or one writer.
class Drawing {
 public:
  // Room for `expected_shapes` without growing. One allocation, none for 0.
  explicit Drawing(std::size_t expected_shapes);

  // Cost: O(1); no allocation while there is room.
  void Add(Circle circle);
  void Add(Rectangle rectangle);
  void Add(Triangle triangle);

  // The sum in the order of adding.
  // Cost: O(shapes), no allocation.
  double TotalArea() const;

  // Cost: O(shapes), no allocation.
  std::size_t CountCircles() const;

  std::size_t Size() const { return shapes_.size(); }

 private:
  // The set is closed, so the largest member's size serves for all: 24 bytes
  // each, in one block, and no pointer to follow.
  using Shape = std::variant<Circle, Rectangle, Triangle>;
  static_assert(sizeof(Shape) == 24);
  std::vector<Shape> shapes_;
};

// Actions of an open set, which run once and in order.
// Thread safety: one thread at a time for each object.
class ActionQueue {
 public:
  // Room for `expected_actions` without growing. One allocation, none for 0.
  explicit ActionQueue(std::size_t expected_actions);

  // Keeps a copy of `action`, or what it is moved to.
  // REQUIRES: action() is valid, and it can be copied.
  // Cost: no allocation while there is room and the callable is of at most 48
  // bytes (see inline_any.h for what else that takes).
  template <typename Action>
  void Push(Action&& action) {
    using Held = std::decay_t<Action>;
    actions_.push_back(
        {InlineAny(std::forward<Action>(action)),
         [](InlineAny& callable) { (*callable.TryGet<Held>())(); }});
  }

  // Runs the actions, those too that actions push, and forgets them.
  // Cost: no allocation of its own; the room stays.
  // On failure: what an action throws; it and those before are forgotten, those
  // after it stay.
  void RunAll();

  std::size_t Size() const { return actions_.size(); }

 private:
  struct Entry {
    InlineAny callable;
    void (*run)(InlineAny& callable);
  };
  std::vector<Entry> actions_;
};

}  // namespace workbook

#endif  // WORKBOOK_02_02_INTERFACE_PATTERNS_H_
