// SPDX-License-Identifier: Apache-2.0

#include "02_01/ownership.h"

#include <algorithm>
#include <utility>

namespace workbook {

std::shared_ptr<Document> Share(std::string title, std::string text) {
  return std::make_shared<Document>(
      Document{.title = std::move(title), .text = std::move(text)});
}

void Library::Add(std::string title, std::string text) {
  documents_.push_back({.title = std::move(title), .text = std::move(text)});
}

const Document* Library::Find(std::string_view title) const {
  const auto found = std::find_if(
      documents_.begin(), documents_.end(),
      [title](const Document& document) { return document.title == title; });
  return found == documents_.end() ? nullptr : &*found;
}

Outline::Outline() : root_(std::make_unique<Node>()) {}

Outline::Node* Outline::Add(Node* parent, std::string title) {
  auto node = std::make_unique<Node>();
  node->title = std::move(title);
  node->parent = parent;
  parent->children.push_back(std::move(node));
  return parent->children.back().get();
}

int Outline::DepthOf(const Node* node) {
  int depth = 0;
  for (; node->parent != nullptr; node = node->parent) ++depth;
  return depth;
}

}  // namespace workbook
