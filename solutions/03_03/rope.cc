// SPDX-License-Identifier: Apache-2.0

#include "03_03/rope.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace workbook {

// [given]
struct Rope::Node {
  SharedString text;  // of a leaf
  Tree left;          // of an inner node, as `right`
  Tree right;
  std::size_t size_bytes = 0;
  int height = 0;
};

Rope::Rope(SharedString text) {
  if (text.size() > 0) tree_ = Leaf(std::move(text));
}

// [given]
Rope::Rope(Tree tree) : tree_(std::move(tree)) {}

Rope Concat(const Rope& left, const Rope& right) {
  return Rope(Rope::Join(left.tree_, right.tree_));
}

Rope Rope::Substring(std::size_t offset, std::size_t size_bytes) const {
  if (offset > size()) {
    throw std::out_of_range("Rope::Substring: offset behind the end");
  }
  const std::size_t part_bytes = std::min(size_bytes, size() - offset);
  return Rope(Part(tree_, offset, offset + part_bytes));
}

char Rope::At(std::size_t index) const {
  const Node* node = tree_.get();
  while (node->height > 0) {
    const bool is_left = index < node->left->size_bytes;
    if (!is_left) index -= node->left->size_bytes;
    node = is_left ? node->left.get() : node->right.get();
  }
  return node->text.view()[index];
}

std::string Rope::Flat() const {
  std::string text;
  text.reserve(size());
  if (tree_ != nullptr) AppendTo(text, *tree_);
  return text;
}

std::size_t Rope::size() const {
  return tree_ == nullptr ? 0 : tree_->size_bytes;
}

int Rope::Height() const { return tree_ == nullptr ? 0 : tree_->height; }

// [given]
Rope::Tree Rope::Leaf(SharedString text) {
  const std::size_t size_bytes = text.size();
  return std::make_shared<const Node>(
      Node{std::move(text), nullptr, nullptr, size_bytes, 0});
}

// [given]
Rope::Tree Rope::Inner(Tree left, Tree right) {
  const std::size_t size_bytes = left->size_bytes + right->size_bytes;
  const int height = 1 + std::max(left->height, right->height);
  return std::make_shared<const Node>(Node{
      SharedString(), std::move(left), std::move(right), size_bytes, height});
}

// Source: the rotations of an AVL tree, on nodes that stay as they are.
Rope::Tree Rope::Balanced(const Tree& left, const Tree& right) {
  if (right->height > left->height + 1) {
    const Tree& inside = right->left;
    if (inside->height <= right->right->height) {
      return Inner(Inner(left, inside), right->right);
    }
    return Inner(Inner(left, inside->left), Inner(inside->right, right->right));
  }
  if (left->height > right->height + 1) {
    const Tree& inside = left->right;
    if (inside->height <= left->left->height) {
      return Inner(left->left, Inner(inside, right));
    }
    return Inner(Inner(left->left, inside->left), Inner(inside->right, right));
  }
  return Inner(left, right);
}

Rope::Tree Rope::Join(const Tree& left, const Tree& right) {
  if (left == nullptr) return right;
  if (right == nullptr) return left;
  // Down to where the heights are equal, also where they differ by one: a short
  // text then meets the leaf that it may become one with.
  if (left->height > right->height) {
    return Balanced(left->left, Join(left->right, right));
  }
  if (right->height > left->height) {
    return Balanced(Join(left, right->left), right->right);
  }
  if (left->height > 0 || left->size_bytes + right->size_bytes > kLeafBytes) {
    return Inner(left, right);
  }
  std::string both(left->text.view());
  both += right->text.view();
  return Leaf(SharedString(both));
}

Rope::Tree Rope::Part(const Tree& tree, std::size_t offset, std::size_t end) {
  if (offset >= end) return nullptr;
  if (offset == 0 && end == tree->size_bytes) return tree;
  if (tree->height == 0)
    return Leaf(tree->text.Substring(offset, end - offset));
  const std::size_t middle = tree->left->size_bytes;
  return Join(Part(tree->left, offset, std::min(end, middle)),
              Part(tree->right, offset < middle ? 0 : offset - middle,
                   end < middle ? 0 : end - middle));
}

void Rope::AppendTo(std::string& text, const Node& node) {
  if (node.height == 0) {
    text.append(node.text.view());
    return;
  }
  AppendTo(text, *node.left);
  AppendTo(text, *node.right);
}

}  // namespace workbook
