// SPDX-License-Identifier: Apache-2.0

// A parameter type for "something to call", for as long as the call lasts.
//
// It owns nothing, so it costs two words, copies like them and never allocates.
// A callee that keeps its callback needs an owner (std::function) instead: a
// FunctionRef that outlives the callable dangles.
#ifndef WORKBOOK_EXERCISES_02_02_BEFORE_FUNCTION_REF_H_
#define WORKBOOK_EXERCISES_02_02_BEFORE_FUNCTION_REF_H_

#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace workbook::before {

template <typename Signature>
class FunctionRef;

// Thread safety: as the callable.
template <typename Result, typename... Arguments>
class FunctionRef<Result(Arguments...)> {
  template <typename Callable>
  static constexpr bool kIsCallable = std::conjunction_v<
      std::negation<std::is_same<std::remove_cvref_t<Callable>, FunctionRef>>,
      std::is_invocable_r<Result, Callable&, Arguments...>>;

  // A function, or a pointer to one: what it points to outlives the pointer.
  template <typename Callable>
  static constexpr bool kIsFunction = std::is_function_v<
      std::remove_pointer_t<std::remove_reference_t<Callable>>>;

 public:
  // Refers to `callable`: a function, a lambda, any object with operator(). It
  // is neither copied nor moved, so what a call changes in it stays changed. Of
  // a pointer to a function the function counts, and the pointer may die. The
  // size of a FunctionRef is two pointers, and it is trivially copyable.
  // REQUIRES: an object lives until the last call; a function always does.
  // Cost: O(1), no allocation.
  template <typename Callable,
            typename = std::enable_if_t<kIsCallable<Callable>>>
  // NOLINTNEXTLINE(google-explicit-constructor): a parameter type converts
  FunctionRef(Callable&& callable) noexcept {
    if constexpr (kIsFunction<Callable>) {
      call_ = callable;
    } else {
      call_ = std::ref(callable);
    }
  }

  // Calls it. Passes each argument on as the signature says: a reference stays
  // one, and a value is moved once more than by a direct call. A result becomes
  // a Result, and where that is void it is dropped.
  // Cost: one indirect call.
  // On failure: what the callable throws.
  Result operator()(Arguments... arguments) const {
    return call_(std::forward<Arguments>(arguments)...);
  }

 private:
  // What is called. A pointer to a function does not fit void* by the
  // language's rules, so there is a member for each.
  union Target {
    void* object;
    void (*function)();
  };

  std::function<Result(Arguments...)> call_;
};

}  // namespace workbook::before

#endif  // WORKBOOK_EXERCISES_02_02_BEFORE_FUNCTION_REF_H_
