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

#if WORKBOOK_STUB
struct Drawing::CircleShape : Shape {
  explicit CircleShape(Circle value) : circle(value) {}
  double Area() const override { return workbook::Area(circle); }
  Circle circle;
};
struct Drawing::RectangleShape : Shape {
  explicit RectangleShape(Rectangle value) : rectangle(value) {}
  double Area() const override { return workbook::Area(rectangle); }
  Rectangle rectangle;
};
struct Drawing::TriangleShape : Shape {
  explicit TriangleShape(Triangle value) : triangle(value) {}
  double Area() const override { return workbook::Area(triangle); }
  Triangle triangle;
};
#endif

Drawing::Drawing(std::size_t expected_shapes) {
#if WORKBOOK_STUB
  static_cast<void>(expected_shapes);
#else
  shapes_.reserve(expected_shapes);
#endif
}

void Drawing::Add(Circle circle) {
#if WORKBOOK_STUB
  shapes_.push_back(std::make_unique<CircleShape>(circle));
#else
  shapes_.emplace_back(circle);
#endif
}

void Drawing::Add(Rectangle rectangle) {
#if WORKBOOK_STUB
  shapes_.push_back(std::make_unique<RectangleShape>(rectangle));
#else
  shapes_.emplace_back(rectangle);
#endif
}

void Drawing::Add(Triangle triangle) {
#if WORKBOOK_STUB
  shapes_.push_back(std::make_unique<TriangleShape>(triangle));
#else
  shapes_.emplace_back(triangle);
#endif
}

double Drawing::TotalArea() const {
  double total = 0;
#if WORKBOOK_STUB
  for (const auto& shape : shapes_) total += shape->Area();
#else
  for (const Shape& shape : shapes_) {
    total += std::visit([](const auto& held) { return Area(held); }, shape);
  }
#endif
  return total;
}

std::size_t Drawing::CountCircles() const {
#if WORKBOOK_STUB
  std::vector<const CircleShape*> circles;
  for (const auto& shape : shapes_) {
    const auto* const circle = dynamic_cast<const CircleShape*>(shape.get());
    if (circle != nullptr) circles.push_back(circle);
  }
  return circles.size();
#else
  return static_cast<std::size_t>(
      std::count_if(shapes_.begin(), shapes_.end(), [](const Shape& shape) {
        return std::holds_alternative<Circle>(shape);
      }));
#endif
}

ActionQueue::ActionQueue(std::size_t expected_actions) {
#if WORKBOOK_STUB
  static_cast<void>(expected_actions);
#else
  actions_.reserve(expected_actions);
#endif
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
#if WORKBOOK_STUB
      action();
#else
      action.run(action.callable);
#endif
    }
  } catch (...) {
    forget();
    throw;
  }
  forget();
}

}  // namespace workbook
