// SPDX-License-Identifier: Apache-2.0

#include "02_02/interface_patterns.h"

#include <algorithm>
#include <numbers>

namespace workbook {
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

Drawing::Drawing(std::size_t expected_shapes) {
  shapes_.reserve(expected_shapes);
}

void Drawing::Add(Circle circle) { shapes_.emplace_back(circle); }

void Drawing::Add(Rectangle rectangle) { shapes_.emplace_back(rectangle); }

void Drawing::Add(Triangle triangle) { shapes_.emplace_back(triangle); }

double Drawing::TotalArea() const {
  double total = 0;
  for (const Shape& shape : shapes_) {
    total += std::visit([](const auto& held) { return AreaOf(held); }, shape);
  }
  return total;
}

std::size_t Drawing::CountCircles() const {
  std::size_t circles = 0;
  for (const Shape& shape : shapes_) {
    if (std::holds_alternative<Circle>(shape)) ++circles;
  }
  return circles;
}

}  // namespace workbook
