// SPDX-License-Identifier: Apache-2.0

#include "03_03/rope.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "tools/exercise/todo.h"

namespace workbook {

struct Rope::Node {
  SharedString text;  // of a leaf
  Tree left;          // of an inner node, as `right`
  Tree right;
  std::size_t size_bytes = 0;
  int height = 0;
};

Rope::Rope(SharedString text) { Todo("03_03 task 5: Rope::Rope"); }

Rope::Rope(Tree tree) : tree_(std::move(tree)) {}

Rope Concat(const Rope& left, const Rope& right) {
  Todo("03_03 task 5: Concat");
}

Rope Rope::Substring(std::size_t offset, std::size_t size_bytes) const {
  Todo("03_03 task 5: Rope::Substring");
}

char Rope::At(std::size_t index) const { Todo("03_03 task 5: Rope::At"); }

std::string Rope::Flat() const { Todo("03_03 task 5: Rope::Flat"); }

std::size_t Rope::size() const { Todo("03_03 task 5: Rope::size"); }

int Rope::Height() const { Todo("03_03 task 5: Rope::Height"); }

Rope::Tree Rope::Leaf(SharedString text) {
  const std::size_t size_bytes = text.size();
  return std::make_shared<const Node>(
      Node{std::move(text), nullptr, nullptr, size_bytes, 0});
}

Rope::Tree Rope::Inner(Tree left, Tree right) {
  const std::size_t size_bytes = left->size_bytes + right->size_bytes;
  const int height = 1 + std::max(left->height, right->height);
  return std::make_shared<const Node>(Node{
      SharedString(), std::move(left), std::move(right), size_bytes, height});
}

// Source: the rotations of an AVL tree, on nodes that stay as they are.
Rope::Tree Rope::Balanced(const Tree& left, const Tree& right) {
  Todo("03_03 task 5: Rope::Balanced");
}

Rope::Tree Rope::Join(const Tree& left, const Tree& right) {
  Todo("03_03 task 5: Rope::Join");
}

Rope::Tree Rope::Part(const Tree& tree, std::size_t offset, std::size_t end) {
  Todo("03_03 task 5: Rope::Part");
}

void Rope::AppendTo(std::string& text, const Node& node) {
  Todo("03_03 task 5: Rope::AppendTo");
}

}  // namespace workbook
