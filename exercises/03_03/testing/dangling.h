// SPDX-License-Identifier: Apache-2.0

// Why a view must not be read, found without reading it.
#ifndef WORKBOOK_EXERCISES_03_03_TESTING_DANGLING_H_
#define WORKBOOK_EXERCISES_03_03_TESTING_DANGLING_H_

#include <functional>
#include <string>
#include <string_view>

#if defined(__SANITIZE_ADDRESS__)
#define WORKBOOK_KNOWS_FREED_MEMORY 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WORKBOOK_KNOWS_FREED_MEMORY 1
#endif
#endif
#ifdef WORKBOOK_KNOWS_FREED_MEMORY
#include <sanitizer/asan_interface.h>
#endif

namespace workbook {

// Returns whether all bytes of `view` are bytes of `owner`. Compares addresses.
inline bool LiesIn(std::string_view view, std::string_view owner) {
  const std::less_equal<const char*> at_most;
  return at_most(owner.data(), view.data()) &&
         at_most(view.data() + view.size(), owner.data() + owner.size());
}

// Returns whether memory of `view` has been freed or has left its scope, as far
// as AddressSanitizer knows: without it nothing does.
inline bool IsKnownToBeFreed([[maybe_unused]] std::string_view view) {
#ifdef WORKBOOK_KNOWS_FREED_MEMORY
  // It takes no pointer to const, and reads nothing.
  return __asan_region_is_poisoned(const_cast<char*>(view.data()),
                                   view.size()) != nullptr;
#else
  return false;
#endif
}

// Returns why `view`, which should be a part of `owner`, dangles: an empty text
// where it does not. Works in every build, because it compares addresses; with
// AddressSanitizer it also knows what was freed.
inline std::string WhyDangling(std::string_view view, std::string_view owner) {
  if (IsKnownToBeFreed(view)) {
    return "dangles: AddressSanitizer knows that its memory was freed, and the "
           "text lies elsewhere now. Fix: keep offsets, and make the view from "
           "the text of this object when it is asked for";
  }
  if (!LiesIn(view, owner)) {
    return "dangles: it lies outside of the text that this object owns, in the "
           "memory of the object that it was copied or moved from. Fix: keep "
           "offsets, and make the view from the text of this object when it "
           "is asked for";
  }
  return "";
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_03_03_TESTING_DANGLING_H_
