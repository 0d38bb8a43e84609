// SPDX-License-Identifier: Apache-2.0

// In the program that asks: what another process has, by its number; and the
// calls of it. What a lambda says with these is only looked at for its type.
#ifndef WORKBOOK_TOOLS_SUPPORT_HISTORY_ASKED_OBJECT_H_
#define WORKBOOK_TOOLS_SUPPORT_HISTORY_ASKED_OBJECT_H_

#include <cstdint>
#include <cstdlib>
#include <type_traits>
#include <utility>

#include "tools/support/history/asking.h"
#include "tools/support/history/sites.h"

namespace workbook::history {

template <class T>
class Object {
 public:
  Object() = default;
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  // With bodies, since T or an argument may be of a type that only this source
  // has. No call of them is ever made here.
  template <class... Args>
  void Make(Args&&... /*args*/) {
    std::abort();
  }
  template <class F>
  void MakeFrom(F /*call*/) {
    std::abort();
  }
  void End() { std::abort(); }
  T* address() const { std::abort(); }
  T* operator->() const { std::abort(); }
  T& operator*() const { std::abort(); }
  std::uint32_t number() const { return number_; }

 private:
  const std::uint32_t number_ = Asking::NewNumber();
};

template <class T>
class Fixture {
 public:
  Fixture() = default;
  Fixture(const Fixture&) = delete;
  Fixture& operator=(const Fixture&) = delete;
  ~Fixture() { Asking::Tell(Op::kDrop).Raw(number_); }

  T* operator->() { std::abort(); }
  T& operator*() { std::abort(); }
  std::uint32_t number() const { return number_; }

 private:
  const std::uint32_t number_ = Asking::NewNumber();
};

template <class T>
inline constexpr bool kIsRemote = false;
template <class T>
inline constexpr bool kIsRemote<Object<T>> = true;
template <class T>
inline constexpr bool kIsRemote<Fixture<T>> = true;

template <class T>
void PutInput(Writer& out, const T& input) {
  if constexpr (kIsRemote<T>) {
    out.Raw(input.number());
  } else if constexpr (!std::is_same_v<T, NamedThreads>) {
    Put(out, input);
  }
}

// A call of In: asks for it, and for its result where there is one.
template <class F, class R, class... Args>
Thrown AskFor(R* result, std::size_t refuse_from, const Args&... args) {
  using Result = ResultOf<F, Args...>;
  Writer& out = Asking::Call(Op::kCall, SiteOf<F, Args...>(), refuse_from);
  (PutInput(out, args), ...);
  Thrown thrown = Thrown::kNothing;
  Reader answer = Asking::AskCall(thrown);
  if constexpr (!std::is_void_v<Result>) {
    if (thrown == Thrown::kNothing) {
      Result got = Take<Result>(answer);
      Asking::ExpectWhole(answer);
      if constexpr (!std::is_void_v<R>) *result = std::move(got);
    }
  }
  Asking::ExpectWhole(answer);
  return thrown;
}

// A call of Aside.
template <class F, class... Args>
auto AskAside(const Args&... args) {
  using Result = ResultOf<F, Args...>;
  constexpr bool kIsTold = std::is_void_v<Result>;
  Writer& out =
      Asking::Call(kIsTold ? Op::kTell : Op::kAside, SiteOf<F, Args...>(), 0);
  (PutInput(out, args), ...);
  if constexpr (!kIsTold) {
    Reader answer = Asking::Ask();
    Result got = Take<Result>(answer);
    Asking::ExpectWhole(answer);
    return got;
  }
}

}  // namespace workbook::history

#endif  // WORKBOOK_TOOLS_SUPPORT_HISTORY_ASKED_OBJECT_H_
