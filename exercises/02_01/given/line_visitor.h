// SPDX-License-Identifier: Apache-2.0

// A reference to something that takes a line: two pointers, and no allocation.
// In 02_02 you write the general one.
#ifndef WORKBOOK_EXERCISES_02_01_GIVEN_LINE_VISITOR_H_
#define WORKBOOK_EXERCISES_02_01_GIVEN_LINE_VISITOR_H_

#include <concepts>
#include <memory>
#include <string_view>
#include <type_traits>

namespace workbook {

// Refers to a callable. Copies refer to the same one.
// Thread safety: that of the callable.
class LineVisitor {
 public:
  // Refers to `callable`.
  // REQUIRES: it outlives the visitor. A lambda that is written into the call
  // lives until the call returns.
  // Cost: O(1); no allocation, whatever the callable has captured.
  template <class Callable>
  requires std::invocable<Callable&, std::string_view> &&
      (!std::same_as<std::remove_cvref_t<Callable>, LineVisitor>)LineVisitor(
          Callable&& callable)  // NOLINT: converts, as a reference does
      : object_(std::addressof(callable)),
        call_([](const void* object, std::string_view line) {
          using Object = std::remove_reference_t<Callable>;
          (*const_cast<Object*>(static_cast<const Object*>(object)))(line);
        }) {}

  // Calls it.
  // Cost: one indirect call.
  // On failure: what the callable throws.
  void operator()(std::string_view line) const { call_(object_, line); }

 private:
  const void* object_;
  void (*call_)(const void*, std::string_view);
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_02_01_GIVEN_LINE_VISITOR_H_
