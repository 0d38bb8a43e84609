// SPDX-License-Identifier: Apache-2.0

// The side that answers: it has the subject, and no model. It runs beside code
// that is not trusted, so it decides nothing: it does what it is told and says
// what it saw.
#ifndef WORKBOOK_TOOLS_SUPPORT_HISTORY_ANSWERING_H_
#define WORKBOOK_TOOLS_SUPPORT_HISTORY_ANSWERING_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

#include "tools/support/history/arena.h"
#include "tools/support/history/codec.h"
#include "tools/support/history/guarded.h"
#include "tools/support/history/sites.h"

namespace workbook::history {

// A call as it came, and what its answer is made of.
struct Question {
  std::size_t refuse_from;
  Reader& inputs;
  Writer& answer;  // begins with how the call ended
};
using Serve = void (*)(Question& question);

class Answering {
 public:
  // Makes a call of the description known, before main.
  static bool Register(std::uint64_t site, Serve call, Serve aside);

  // Where the object of this number lies, once it was made.
  static void*& PlaceOf(std::uint32_t number);

  // The fixture of this number, made by `make` where it is not there.
  using Make = void* (*)();
  using Destroy = void (*)(void*);
  static void* FixtureOf(std::uint32_t number, Make make, Destroy destroy);

  static NamedThreads& Threads();
};

// Between guards, from the call that makes it on.
template <class T>
class Object {
 public:
  Object() = default;
  explicit Object(void*& place) : place_(&place) {}

  template <class... Args>
  void Make(Args&&... args) {
    ::new (Place()) T(std::forward<Args>(args)...);
  }
  template <class F>
  void MakeFrom(F call) {
    ::new (Place()) T(call());
  }
  void End() { std::destroy_at(address()); }
  T* address() const { return static_cast<T*>(*place_); }
  T* operator->() const { return address(); }
  T& operator*() const { return *address(); }

 private:
  void* Place() {
    if (*place_ == nullptr) {
      *place_ = arena.Allocate(sizeof(T), alignof(T), Arena::Kind::kObject);
    }
    return *place_;
  }
  void** place_ = nullptr;
};

template <class T>
class Fixture {
 public:
  Fixture() = default;
  explicit Fixture(T* fixture) : fixture_(fixture) {}
  T* operator->() const { return fixture_; }
  T& operator*() const { return *fixture_; }

 private:
  T* fixture_ = nullptr;
};

template <class T>
struct Input {
  using Type = T;
  static T From(Reader& in) { return Take<T>(in); }
};
template <class T>
struct Input<Object<T>> {
  using Type = Object<T>;
  static Object<T> From(Reader& in) {
    return Object<T>(Answering::PlaceOf(in.Raw<std::uint32_t>()));
  }
};
template <class T>
struct Input<Fixture<T>> {
  using Type = Fixture<T>;
  static Fixture<T> From(Reader& in) {
    return Fixture<T>(static_cast<T*>(Answering::FixtureOf(
        in.Raw<std::uint32_t>(), []() -> void* { return new T{}; },
        [](void* fixture) { delete static_cast<T*>(fixture); })));
  }
};
template <>
struct Input<NamedThreads> {
  using Type = NamedThreads&;
  static NamedThreads& From(Reader& /*in*/) { return Answering::Threads(); }
};

void PutThrown(Writer& answer, bool is_written, Thrown thrown);

template <class F, class... Args>
struct Site {
  using Result = ResultOf<F, Args...>;
  using Inputs = std::tuple<typename Input<Args>::Type...>;

  static void Call(Question& question) {
    Inputs inputs{Input<Args>::From(question.inputs)...};
    Thrown thrown = Thrown::kNothing;
    if constexpr (std::is_void_v<Result>) {
      const bool is_written = Guarded(
          question.refuse_from, [&] { std::apply(F{}, inputs); }, thrown);
      PutThrown(question.answer, is_written, thrown);
    } else {
      std::optional<Result> result;
      const bool is_written = Guarded(
          question.refuse_from,
          [&] { result.emplace(std::apply(F{}, inputs)); }, thrown);
      PutThrown(question.answer, is_written, thrown);
      if (result && is_written) Put(question.answer, *result);
    }
  }
  static void Aside(Question& question) {
    Inputs inputs{Input<Args>::From(question.inputs)...};
    if constexpr (std::is_void_v<Result>) {
      std::apply(F{}, inputs);
    } else {
      const Result result = std::apply(F{}, inputs);
      Put(question.answer, result);
    }
  }
  static inline const bool is_known =
      Answering::Register(SiteOf<F, Args...>(), &Call, &Aside);
};

}  // namespace workbook::history

#endif  // WORKBOOK_TOOLS_SUPPORT_HISTORY_ANSWERING_H_
