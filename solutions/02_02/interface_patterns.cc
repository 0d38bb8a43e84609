// SPDX-License-Identifier: Apache-2.0

#include "02_02/interface_patterns.h"

#include <algorithm>
#include <numbers>

namespace workbook {
namespace {

double Area(const Circle& circle) {
  return std::numbers::pi * circle.radius * circle.radius;
}
double Area(const Rectangle& rectangle) {
  return rectangle.width * rectangle.height;
}
double Area(const Triangle& triangle) {
  return triangle.base * triangle.height / 2;
}

}  // namespace

Drawing::Drawing(std::size_t expected_shapes) {
  shapes_.reserve(expected_shapes);
}

void Drawing::Add(Circle circle) { shapes_.emplace_back(circle); }

void Drawing::Add(Rectangle rectangle) { shapes_.emplace_back(rectangle); }

void Drawing::Add(Triangle triangle) { shapes_.emplace_back(triangle); }

double Drawing::TotalArea() const {
  double total = 0;
  for (const Shape& shape : shapes_) {
    total += std::visit([](const auto& held) { return Area(held); }, shape);
  }
  return total;
}

std::size_t Drawing::CountCircles() const {
  return static_cast<std::size_t>(
      std::count_if(shapes_.begin(), shapes_.end(), [](const Shape& shape) {
        return std::holds_alternative<Circle>(shape);
      }));
}

ActionQueue::ActionQueue(std::size_t expected_actions) {
  actions_.reserve(expected_actions);
}

void ActionQueue::RunAll() {
  std::size_t done = 0;
  // Also when an action throws: what ran must not run again.
  const auto forget = [&] {
    actions_.erase(actions_.begin(),
                   actions_.begin() + static_cast<std::ptrdiff_t>(done));
  };
  try {
    while (done < actions_.size()) {
      // Out of the vector first: an action that pushes may make it grow.
      auto action = std::move(actions_[done]);
      ++done;
      action.run(action.callable);
    }
  } catch (...) {
    forget();
    throw;
  }
  forget();
}

}  // namespace workbook
