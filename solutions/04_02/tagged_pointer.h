// SPDX-License-Identifier: Apache-2.0

// A pointer that carries a small number in the bits that alignment leaves free.
#ifndef WORKBOOK_04_02_TAGGED_POINTER_H_
#define WORKBOOK_04_02_TAGGED_POINTER_H_

#include <cstdint>

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

 private:  // [given]
  std::uintptr_t bits_ = 0;
};

template <class T, int kTagBits>
TaggedPointer<T, kTagBits>::TaggedPointer(T* pointer, std::uintptr_t tag)
    : bits_(reinterpret_cast<std::uintptr_t>(pointer) | tag) {
  static_assert(alignof(T) > kMaxTag, "no bit of its address is free for this");
}

template <class T, int kTagBits>
T* TaggedPointer<T, kTagBits>::pointer() const {
  return reinterpret_cast<T*>(bits_ & ~kMaxTag);
}

template <class T, int kTagBits>
std::uintptr_t TaggedPointer<T, kTagBits>::tag() const {
  return bits_ & kMaxTag;
}

template <class T, int kTagBits>
void TaggedPointer<T, kTagBits>::SetTag(std::uintptr_t tag) {
  bits_ = (bits_ & ~kMaxTag) | tag;
}

template <class T, int kTagBits>
void TaggedPointer<T, kTagBits>::SetPointer(T* pointer) {
  bits_ = reinterpret_cast<std::uintptr_t>(pointer) | tag();
}

}  // namespace workbook

#endif  // WORKBOOK_04_02_TAGGED_POINTER_H_
