// SPDX-License-Identifier: Apache-2.0

// Who owns an object, and what the owner costs.
#ifndef WORKBOOK_02_01_OWNERSHIP_H_
#define WORKBOOK_02_01_OWNERSHIP_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workbook {

struct Document {
  std::string title;
  std::string text;
};

// Makes a document that several owners share. What is moved in is moved on.
// Cost: one allocation, for the document and the counts of its owners.
// Thread safety: any thread.
// On failure: std::bad_alloc.
std::shared_ptr<Document> Share(std::string title, std::string text);

// Documents by title.
// Thread safety: one thread at a time for each object.
class Library {
 public:
  // Adds a document; of two with one title, the first is found.
  // Cost: O(1) on average; what is moved in is moved on.
  // On failure: std::bad_alloc; the library is as it was.
  void Add(std::string title, std::string text);

  // Returns the document with this title, or nullopt. A pointer, or nullptr,
  // will do as well: callers write `if (found)` and `found->text`.
  // What it returns is valid until the next Add.
  // Cost: O(n); no allocation.
  std::optional<Document> Find(std::string_view title) const;

 private:
  std::vector<std::shared_ptr<Document>> documents_;
};

// A tree of headings. It owns its nodes.
// Thread safety: one thread at a time for each object.
class Outline {
 public:
  struct Node : std::enable_shared_from_this<Node> {
    std::string title;
    std::weak_ptr<Node> parent;
    std::vector<std::shared_ptr<Node>> children;
  };

  Outline();

  // Returns the root, which has no parent and no title.
  // Cost: O(1).
  Node* root() const { return root_.get(); }

  // Adds a last child to `parent` and returns it.
  // REQUIRES: `parent` is a node of this outline.
  // Cost: O(1) on average; at most 72 bytes for a node with one child and a
  // short title, its entry among the children included.
  // On failure: std::bad_alloc; the outline is as it was.
  Node* Add(Node* parent, std::string title);

  // Returns the depth of `node`: 0 for the root, 1 for its children.
  // Cost: O(depth); no allocation.
  static int DepthOf(const Node* node);

 private:
  std::shared_ptr<Node> root_;
};

struct Traffic {
  std::uint64_t received_bytes = 0;
  std::uint64_t sent_bytes = 0;
};

// What a server knows about one connection.
// Thread safety: one thread at a time for each object.
class Session {
 public:
  // Makes a session that has received and sent nothing.
  // Cost: O(1); no allocation.
  Session() : traffic_(std::make_unique<Traffic>()) {}

  // Counts what came and what went.
  // Cost: O(1); no allocation.
  void Receive(std::uint64_t bytes) { traffic_->received_bytes += bytes; }
  void Send(std::uint64_t bytes) { traffic_->sent_bytes += bytes; }

  // Returns both counts.
  // Cost: O(1).
  const Traffic& traffic() const { return *traffic_; }

 private:
  std::unique_ptr<Traffic> traffic_;
};

}  // namespace workbook

#endif  // WORKBOOK_02_01_OWNERSHIP_H_
