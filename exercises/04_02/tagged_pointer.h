// SPDX-License-Identifier: Apache-2.0

// A pointer that carries a small number in the bits that alignment leaves free.
#ifndef WORKBOOK_04_02_TAGGED_POINTER_H_
#define WORKBOOK_04_02_TAGGED_POINTER_H_

#include <cstdint>

#include "tools/exercise/todo.h"

namespace workbook {

// A pointer to a T and a tag of kTagBits bits, in the bytes of a pointer. T may
// be incomplete until a function is called.
//
// Bytes: 8, as a pointer.
// Thread safety: that of a plain pointer.
// Source: the mark of a node in T. Harris, A Pragmatic Implementation of
// Non-Blocking Linked-Lists, DISC 2001.
template <class T, int kTagBits>
class TaggedPointer {
 public:
  static constexpr std::uintptr_t kMaxTag = (std::uintptr_t{1} << kTagBits) - 1;

  // Makes a null pointer with tag 0.
  TaggedPointer() = default;

  // Joins both.
  // REQUIRES: `pointer` is null or aligned as a T is, and tag <= kMaxTag.
  // Cost: O(1); no allocation, as for all functions here.
  TaggedPointer(T* pointer, std::uintptr_t tag);

  // Returns the pointer without its tag.
  T* pointer() const;
  // Returns the tag.
  std::uintptr_t tag() const;
  // Replaces the tag. The pointer stays.
  // REQUIRES: tag <= kMaxTag.
  void SetTag(std::uintptr_t tag);
  // Replaces the pointer. The tag stays.
  // REQUIRES: `pointer` is null or aligned as a T is.
  void SetPointer(T* pointer);

 private:
  std::uintptr_t bits_ = 0;
};

template <class T, int kTagBits>
TaggedPointer<T, kTagBits>::TaggedPointer(T* pointer, std::uintptr_t tag) {
  Todo("04_02 task 9: TaggedPointer::TaggedPointer");
}

template <class T, int kTagBits>
T* TaggedPointer<T, kTagBits>::pointer() const {
  Todo("04_02 task 9: TaggedPointer::pointer");
}

template <class T, int kTagBits>
std::uintptr_t TaggedPointer<T, kTagBits>::tag() const {
  Todo("04_02 task 9: TaggedPointer::tag");
}

template <class T, int kTagBits>
void TaggedPointer<T, kTagBits>::SetTag(std::uintptr_t tag) {
  Todo("04_02 task 9: TaggedPointer::SetTag");
}

template <class T, int kTagBits>
void TaggedPointer<T, kTagBits>::SetPointer(T* pointer) {
  Todo("04_02 task 9: TaggedPointer::SetPointer");
}

}  // namespace workbook

#endif  // WORKBOOK_04_02_TAGGED_POINTER_H_
