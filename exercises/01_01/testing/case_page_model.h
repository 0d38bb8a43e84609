// SPDX-License-Identifier: Apache-2.0

// What a description knows of each page of a PageHeap: whether it is free. What
// is fresh of it is the business of FreeSpans.
#ifndef WORKBOOK_EXERCISES_01_01_TESTING_CASE_PAGE_MODEL_H_
#define WORKBOOK_EXERCISES_01_01_TESTING_CASE_PAGE_MODEL_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "exercises/01_01/testing/case_pages.h"

namespace workbook {

// Pages of CasePages by number.
// Thread safety: one thread at a time.
class PageModel {
 public:
  enum class State : std::uint8_t { kNotOurs, kFree, kInUse };
  struct Run {
    std::uintptr_t first;
    std::size_t pages;
  };

  State StateOf(std::uintptr_t page) { return PageAt(page); }
  void Mark(std::uintptr_t first, std::size_t count, State state) {
    for (std::size_t i = 0; i != count; ++i) PageAt(first + i) = state;
  }

  std::size_t BytesOf(State state) const {
    std::size_t bytes = 0;
    for (const State page : pages_) bytes += page == state ? kPageBytes : 0;
    return bytes;
  }

  // What is free, as long as it can be.
  std::vector<Run> Runs() const {
    std::vector<Run> runs;
    State before = State::kNotOurs;
    for (std::size_t i = 0; i != pages_.size(); ++i) {
      const State page = pages_[i];
      if (page == State::kFree && before != State::kFree) {
        runs.push_back({CasePages::FirstPage() + i, 0});
      }
      if (page == State::kFree) ++runs.back().pages;
      before = page;
    }
    return runs;
  }

 private:
  State& PageAt(std::uintptr_t page) {
    const std::size_t index = page - CasePages::FirstPage();
    if (index >= pages_.size()) pages_.resize(index + 1);
    return pages_[index];
  }

  std::vector<State> pages_;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_01_TESTING_CASE_PAGE_MODEL_H_
