// SPDX-License-Identifier: Apache-2.0

#include "02_01/ownership.h"

namespace workbook {

std::shared_ptr<Document> Share(std::string title, std::string text) {
  return std::shared_ptr<Document>(new Document{title, text});
}

void Library::Add(std::string title, std::string text) {
  documents_.push_back(Share(title, text));
}

std::optional<Document> Library::Find(std::string_view title) const {
  for (const auto& document : documents_) {
    if (document->title == title) return *document;
  }
  return std::nullopt;
}

Outline::Outline() : root_(std::make_shared<Node>()) {}

Outline::Node* Outline::Add(Node* parent, std::string title) {
  const auto node = std::make_shared<Node>();
  node->title = title;
  node->parent = parent->weak_from_this();
  parent->children.push_back(node);
  return node.get();
}

int Outline::DepthOf(const Node* node) {
  int depth = 0;
  for (auto parent = node->parent.lock(); parent != nullptr;
       parent = parent->parent.lock()) {
    ++depth;
  }
  return depth;
}

}  // namespace workbook
