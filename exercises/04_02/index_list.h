// SPDX-License-Identifier: Apache-2.0

// A linked list whose links are 32-bit indices into one array.
#ifndef WORKBOOK_04_02_INDEX_LIST_H_
#define WORKBOOK_04_02_INDEX_LIST_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

#include "tools/exercise/todo.h"

namespace workbook {

// A list in the order of use, as a cache keeps it: what was used last is in
// front. A handle names a node until it is erased, also when the array moves;
// then the node may be used again under the same handle.
//
// Invariants:
// 1. nodes_[kNone] stands between the last node and the first one: the nodes
//    form a ring, so that each has two neighbours.
// 2. Each other node is in the ring or, linked by `next`, among the free ones.
//
// T can be copied and has a default constructor, since the ring's node holds a
// T, too. Its assignment does not throw. An erased value ends when its node is
// used again, or with the list.
//
// Bytes: sizeof(T) + 8 a node, rounded up to alignof(T); none while empty.
// Thread safety: readers, or one writer.
template <class T>
class IndexList {
  static_assert(std::is_copy_constructible_v<T> &&
                std::is_default_constructible_v<T> &&
                std::is_nothrow_move_assignable_v<T>);

 public:
  using Handle = std::uint32_t;
  // No node: what comes before the first and behind the last one.
  static constexpr Handle kNone = 0;

  // Makes room for `count` nodes in total.
  // Cost: at most one allocation, of count + 1 nodes.
  // On failure: std::bad_alloc or std::length_error; nothing has changed.
  void Reserve(std::size_t count) { nodes_.reserve(count + 1); }

  // Adds `value` in front of the first node, in the node that was erased last
  // if there is one that is free. Returns its handle. `value` may be of this
  // list.
  // Cost: amortised O(1); no allocation where a node is free or reserved.
  // On failure: std::bad_alloc; std::length_error for more than 2^32 - 1 nodes;
  // what a constructor of T throws. Nothing has changed.
  Handle PushFront(const T& value);

  // Moves the node before the first one.
  // REQUIRES: `node` is in the list, as for all functions below.
  // Cost: O(1); no allocation.
  void MoveToFront(Handle node);

  // Takes the node out. Its handle is free for the next PushFront.
  // Cost: O(1); no allocation, and none is freed.
  void Erase(Handle node);

  // Returns the first node and the last one; kNone of an empty list.
  Handle front() const { return Next(kNone); }
  Handle back() const { return nodes_.empty() ? kNone : nodes_[kNone].before; }
  // Returns the node behind `node`; kNone behind the last one.
  Handle Next(Handle node) const {
    return nodes_.empty() ? kNone : nodes_[node].next;
  }
  // Returns the value of `node`. The reference ends with the next PushFront.
  const T& value(Handle node) const { return nodes_[node].value; }
  T& value(Handle node) { return nodes_[node].value; }
  std::size_t size() const { return size_; }

 private:
  struct Node {
    Handle next;
    Handle before;
    T value;
  };

  // Returns a node that is in no list: the one that was erased last, or a new
  // one; with it comes nodes_[kNone], as a ring of itself, if it is not there.
  // On failure: as PushFront.
  Handle TakeNode();
  // Links `node`, which is in no list, before the first one.
  void LinkFront(Handle node);
  // Makes the neighbours of `node` neighbours of each other.
  void Unlink(Handle node);

  std::vector<Node> nodes_;
  Handle free_ = kNone;  // the node that was erased last
  std::uint32_t size_ = 0;
};

template <class T>
typename IndexList<T>::Handle IndexList<T>::TakeNode() {
  Todo("04_02 task 5: IndexList::TakeNode");
}

template <class T>
void IndexList<T>::LinkFront(Handle node) {
  Todo("04_02 task 5: IndexList::LinkFront");
}

template <class T>
void IndexList<T>::Unlink(Handle node) {
  Todo("04_02 task 5: IndexList::Unlink");
}

template <class T>
typename IndexList<T>::Handle IndexList<T>::PushFront(const T& value) {
  Todo("04_02 task 5: IndexList::PushFront");
}

template <class T>
void IndexList<T>::MoveToFront(Handle node) {
  Todo("04_02 task 5: IndexList::MoveToFront");
}

template <class T>
void IndexList<T>::Erase(Handle node) {
  Todo("04_02 task 5: IndexList::Erase");
}

}  // namespace workbook

#endif  // WORKBOOK_04_02_INDEX_LIST_H_
