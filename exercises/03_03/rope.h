// SPDX-License-Identifier: Apache-2.0

// Text that is concatenated without being moved.
#ifndef WORKBOOK_03_03_ROPE_H_
#define WORKBOOK_03_03_ROPE_H_

#include <cstddef>
#include <memory>
#include <string>

#include "03_03/shared_string.h"

namespace workbook {

class Rope;

// Returns the text of `left` with that of `right` behind it. Both stay. Where
// one of them is a single leaf, it becomes one with the leaf beside it if they
// have at most Rope::kLeafBytes together. So a rope of many letters that were
// added one by one holds at most 4 bytes for each of them.
// Cost: O(height of the higher one), at most 3 allocations for each level, and
// at most Rope::kLeafBytes moved.
// Thread safety: as Rope.
// On failure: std::bad_alloc.
Rope Concat(const Rope& left, const Rope& right);

// An immutable text as a tree: its leaves are SharedStrings, an inner node is
// the concatenation of its two sides. Ropes share nodes, and a copy of a rope
// is a copy of a pointer.
//
// Invariant: the heights of a node's sides differ by at most one, so that no
// call recurses deeper than Height().
// Thread safety: as SharedString.
// Source: H. Boehm, R. Atkinson, M. Plass, Ropes: an Alternative to Strings,
// 1995; balance as in G. Blelloch, D. Ferizovic, Y. Sun, Just Join, 2016.
class Rope {
 public:
  // How long a leaf may be that Concat makes of two.
  static constexpr std::size_t kLeafBytes = 256;

  // Makes the empty rope.
  // Cost: O(1), no allocation.
  Rope() = default;

  // Makes a rope of one leaf, which shares the block of `text`.
  // Cost: O(1), at most one allocation.
  // On failure: std::bad_alloc, for all functions here.
  explicit Rope(SharedString text);

  // Returns the part of `size_bytes` from `offset` on, or up to the end where
  // there are fewer bytes. It shares the blocks of the leaves; text moves only
  // where two short leaves meet and become one, as in Concat.
  // Cost: O(height²) time and allocations; at most kLeafBytes moved for each
  // level.
  // On failure: std::out_of_range where `offset` is more than size().
  Rope Substring(std::size_t offset, std::size_t size_bytes) const;

  // Returns the byte at `index`.
  // REQUIRES: `index` < size().
  // Cost: O(height), no allocation.
  char At(std::size_t index) const;

  // Returns the whole text in one piece.
  // Cost: O(size), each byte moved once, one allocation.
  std::string Flat() const;

  // Returns the bytes of the text, and the height of the tree: 0 for one leaf.
  // The height is at most 2 * log2(leaves + 1).
  // Cost: O(1), no allocation.
  std::size_t size() const;
  int Height() const;

 private:
  struct Node;
  using Tree = std::shared_ptr<const Node>;

  explicit Rope(Tree tree);
  static Tree Leaf(SharedString text);
  static Tree Inner(Tree left, Tree right);
  // Makes a node of sides whose heights differ by at most two.
  static Tree Balanced(const Tree& left, const Tree& right);
  // Concatenates trees of any heights; null is the empty text.
  static Tree Join(const Tree& left, const Tree& right);
  // Makes a tree of bytes [offset, end), or null where there are none.
  static Tree Part(const Tree& tree, std::size_t offset, std::size_t end);
  static void AppendTo(std::string& text, const Node& node);

  friend Rope Concat(const Rope& left, const Rope& right);

  Tree tree_;  // null for the empty text
};

}  // namespace workbook

#endif  // WORKBOOK_03_03_ROPE_H_
