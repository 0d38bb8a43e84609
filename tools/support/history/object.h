// SPDX-License-Identifier: Apache-2.0

// What a description has of its subject, in a program that holds both.
#ifndef WORKBOOK_TOOLS_SUPPORT_HISTORY_OBJECT_H_
#define WORKBOOK_TOOLS_SUPPORT_HISTORY_OBJECT_H_

#include <memory>
#include <new>
#include <utility>

#include "tools/support/history/arena.h"

namespace workbook::history {

// An object of the subject's class, between guards. It is destroyed by End()
// only: a history may end where its destructor would be misuse.
template <class T>
class Object {
 public:
  Object()
      : memory_(arena.Allocate(sizeof(T), alignof(T), Arena::Kind::kObject)) {}
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  // All three belong into a call of In. MakeFrom makes what `call` returns, in
  // place and without a move.
  template <class... Args>
  void Make(Args&&... args) {
    ::new (memory_) T(std::forward<Args>(args)...);
  }
  template <class F>
  void MakeFrom(F call) {
    ::new (memory_) T(call());
  }
  void End() { std::destroy_at(address()); }

  T* address() const { return static_cast<T*>(memory_); }
  T* operator->() const { return address(); }
  T& operator*() const { return *address(); }

 private:
  void* memory_;
};

// What calls into the subject need besides: a clock, a source of pages, what is
// lent. It lies elsewhere than the subject, and lives as long as this.
template <class T>
class Fixture {
 public:
  Fixture() = default;
  Fixture(const Fixture&) = delete;
  Fixture& operator=(const Fixture&) = delete;

  T* operator->() { return &fixture_; }
  T& operator*() { return fixture_; }

 private:
  T fixture_{};
};

}  // namespace workbook::history

#endif  // WORKBOOK_TOOLS_SUPPORT_HISTORY_OBJECT_H_
