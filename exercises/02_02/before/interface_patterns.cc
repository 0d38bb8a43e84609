// SPDX-License-Identifier: Apache-2.0

#include "exercises/02_02/before/interface_patterns.h"

#include <algorithm>
#include <numbers>

namespace workbook::before {
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

struct Drawing::CircleShape : Shape {
  explicit CircleShape(Circle value) : circle(value) {}
  double Area() const override { return workbook::before::Area(circle); }
  Circle circle;
};
struct Drawing::RectangleShape : Shape {
  explicit RectangleShape(Rectangle value) : rectangle(value) {}
  double Area() const override { return workbook::before::Area(rectangle); }
  Rectangle rectangle;
};
struct Drawing::TriangleShape : Shape {
  explicit TriangleShape(Triangle value) : triangle(value) {}
  double Area() const override { return workbook::before::Area(triangle); }
  Triangle triangle;
};

Drawing::Drawing(std::size_t expected_shapes) {
  static_cast<void>(expected_shapes);
}

void Drawing::Add(Circle circle) {
  shapes_.push_back(std::make_unique<CircleShape>(circle));
}

void Drawing::Add(Rectangle rectangle) {
  shapes_.push_back(std::make_unique<RectangleShape>(rectangle));
}

void Drawing::Add(Triangle triangle) {
  shapes_.push_back(std::make_unique<TriangleShape>(triangle));
}

double Drawing::TotalArea() const {
  double total = 0;
  for (const auto& shape : shapes_) total += shape->Area();
  return total;
}

std::size_t Drawing::CountCircles() const {
  std::vector<const CircleShape*> circles;
  for (const auto& shape : shapes_) {
    const auto* const circle = dynamic_cast<const CircleShape*>(shape.get());
    if (circle != nullptr) circles.push_back(circle);
  }
  return circles.size();
}

ActionQueue::ActionQueue(std::size_t expected_actions) {
  static_cast<void>(expected_actions);
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
      action();
    }
  } catch (...) {
    forget();
    throw;
  }
  forget();
}

}  // namespace workbook::before
