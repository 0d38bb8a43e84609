// SPDX-License-Identifier: Apache-2.0

// Values of several types behind one interface, without a heap block for each.
#ifndef WORKBOOK_EXERCISES_02_02_BEFORE_INTERFACE_PATTERNS_H_
#define WORKBOOK_EXERCISES_02_02_BEFORE_INTERFACE_PATTERNS_H_

#include <cstddef>
#include <memory>
#include <variant>
#include <vector>

namespace workbook::before {

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

// Holds shapes of a closed set: the three above, and no fourth.
// Thread safety: any number of readers, or one writer.
class Drawing {
 public:
  // Makes room for `expected_shapes`.
  // Cost: one allocation, none for 0. Each expected shape has the bytes of a
  // std::variant of the three.
  explicit Drawing(std::size_t expected_shapes);

  // Adds a shape.
  // Cost: O(1); no allocation while there is room.
  void Add(Circle circle);
  void Add(Rectangle rectangle);
  void Add(Triangle triangle);

  // Returns the sum of all areas, added up in the order of adding.
  // Cost: O(shapes), no allocation.
  double TotalArea() const;

  // Returns how many of the shapes are circles.
  // Cost: O(shapes), no allocation.
  std::size_t CountCircles() const;

  std::size_t Size() const { return shapes_.size(); }

 private:
  struct Shape {
    Shape() = default;
    Shape(const Shape&) = delete;
    Shape& operator=(const Shape&) = delete;
    virtual ~Shape() = default;
    virtual double Area() const = 0;
  };
  struct CircleShape;
  struct RectangleShape;
  struct TriangleShape;
  std::vector<std::unique_ptr<Shape>> shapes_;
};

}  // namespace workbook::before

#endif  // WORKBOOK_EXERCISES_02_02_BEFORE_INTERFACE_PATTERNS_H_
