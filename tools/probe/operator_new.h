// SPDX-License-Identifier: Apache-2.0

// operator new and delete in all their forms, for the one source of a program
// that replaces them. It defines before, in an unnamed namespace of workbook,
//   void* Allocate(std::size_t)                         nullptr: no memory
//   void* AllocateAligned(std::size_t, std::align_val_t)
//   void Free(void*)
#ifndef WORKBOOK_TOOLS_PROBE_OPERATOR_NEW_H_
#define WORKBOOK_TOOLS_PROBE_OPERATOR_NEW_H_

#include <cstddef>
#include <new>

namespace workbook {
namespace {

// What the standard asks for when there is no memory: the new-handler is called
// until it finds some, throws, or is no more.
template <typename Attempt>
[[gnu::noinline, gnu::cold]] void* AskHandler(Attempt attempt) {
  for (;;) {
    const std::new_handler handler = std::get_new_handler();
    if (handler == nullptr) throw std::bad_alloc();
    handler();
    if (void* const block = attempt()) return block;
  }
}

inline void* New(std::size_t size_bytes) {
  if (void* const block = Allocate(size_bytes)) [[likely]]
    return block;
  return AskHandler([=] { return Allocate(size_bytes); });
}

inline void* New(std::size_t size_bytes, std::align_val_t alignment) {
  if (void* const block = AllocateAligned(size_bytes, alignment)) [[likely]] {
    return block;
  }
  return AskHandler([=] { return AllocateAligned(size_bytes, alignment); });
}

template <typename... Arguments>
void* NewOrNull(Arguments... arguments) noexcept {
  try {
    return New(arguments...);
  } catch (...) {
    return nullptr;
  }
}

}  // namespace
}  // namespace workbook

void* operator new(std::size_t size_bytes) { return workbook::New(size_bytes); }
void* operator new[](std::size_t size_bytes) {
  return workbook::New(size_bytes);
}
void* operator new(std::size_t size_bytes, const std::nothrow_t&) noexcept {
  return workbook::NewOrNull(size_bytes);
}
void* operator new[](std::size_t size_bytes, const std::nothrow_t&) noexcept {
  return workbook::NewOrNull(size_bytes);
}
void* operator new(std::size_t size_bytes, std::align_val_t alignment) {
  return workbook::New(size_bytes, alignment);
}
void* operator new[](std::size_t size_bytes, std::align_val_t alignment) {
  return workbook::New(size_bytes, alignment);
}
void* operator new(std::size_t size_bytes, std::align_val_t alignment,
                   const std::nothrow_t&) noexcept {
  return workbook::NewOrNull(size_bytes, alignment);
}
void* operator new[](std::size_t size_bytes, std::align_val_t alignment,
                     const std::nothrow_t&) noexcept {
  return workbook::NewOrNull(size_bytes, alignment);
}

void operator delete(void* block) noexcept { workbook::Free(block); }
void operator delete[](void* block) noexcept { workbook::Free(block); }
void operator delete(void* block, const std::nothrow_t&) noexcept {
  workbook::Free(block);
}
void operator delete[](void* block, const std::nothrow_t&) noexcept {
  workbook::Free(block);
}
void operator delete(void* block, std::size_t) noexcept {
  workbook::Free(block);
}
void operator delete[](void* block, std::size_t) noexcept {
  workbook::Free(block);
}
void operator delete(void* block, std::align_val_t) noexcept {
  workbook::Free(block);
}
void operator delete[](void* block, std::align_val_t) noexcept {
  workbook::Free(block);
}
void operator delete(void* block, std::size_t, std::align_val_t) noexcept {
  workbook::Free(block);
}
void operator delete[](void* block, std::size_t, std::align_val_t) noexcept {
  workbook::Free(block);
}
void operator delete(void* block, std::align_val_t,
                     const std::nothrow_t&) noexcept {
  workbook::Free(block);
}
void operator delete[](void* block, std::align_val_t,
                       const std::nothrow_t&) noexcept {
  workbook::Free(block);
}

#endif  // WORKBOOK_TOOLS_PROBE_OPERATOR_NEW_H_
