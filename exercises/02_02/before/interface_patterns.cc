// SPDX-License-Identifier: Apache-2.0

#include "exercises/02_02/before/interface_patterns.h"

#include <algorithm>
#include <numbers>

namespace workbook::before {
namespace {

double AreaOf(const Circle& circle) {
  return std::numbers::pi * circle.radius * circle.radius;
}
double AreaOf(const Rectangle& rectangle) {
  return rectangle.width * rectangle.height;
}
double AreaOf(const Triangle& triangle) {
  return triangle.base * triangle.height / 2;
}

}  // namespace

struct Drawing::CircleShape : Shape {
  explicit CircleShape(Circle value) : circle(value) {}
  double Area() const override { return AreaOf(circle); }
  Circle circle;
};
struct Drawing::RectangleShape : Shape {
  explicit RectangleShape(Rectangle value) : rectangle(value) {}
  double Area() const override { return AreaOf(rectangle); }
  Rectangle rectangle;
};
struct Drawing::TriangleShape : Shape {
  explicit TriangleShape(Triangle value) : triangle(value) {}
  double Area() const override { return AreaOf(triangle); }
  Triangle triangle;
};

Drawing::Drawing(std::size_t expected_shapes) {
  shapes_.reserve(expected_shapes);
}

// [region AddCircle]
void Drawing::Add(Circle circle) {
  shapes_.push_back(std::make_unique<CircleShape>(circle));
}
// [end]

void Drawing::Add(Rectangle rectangle) {
  shapes_.push_back(std::make_unique<RectangleShape>(rectangle));
}

void Drawing::Add(Triangle triangle) {
  shapes_.push_back(std::make_unique<TriangleShape>(triangle));
}

double Drawing::TotalArea() const {
  double total = 0;
  for (const auto& shape : shapes_) {
    total += shape->Area();
  }
  return total;
}

std::size_t Drawing::CountCircles() const {
  std::size_t circles = 0;
  for (const auto& shape : shapes_) {
    if (dynamic_cast<const CircleShape*>(shape.get()) != nullptr) ++circles;
  }
  return circles;
}

}  // namespace workbook::before
