// SPDX-License-Identifier: Apache-2.0

// What a description knows of each page of a PageHeap: whether it is free, and
// whether it is fresh.
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
  struct Page {
    State state = State::kNotOurs;
    bool fresh = false;
  };
  struct Run {
    std::uintptr_t first;
    std::size_t pages;
    std::size_t fresh;       // of them
    std::size_t fresh_runs;  // in which these lie
    // A smaller one is taken first: used pages, mixed ones, fresh ones.
    int Rank() const { return fresh == 0 ? 0 : fresh == pages ? 2 : 1; }
  };
  struct Totals {
    std::size_t free = 0;  // in bytes, all of them
    std::size_t in_use = 0;
    std::size_t resident = 0;  // of what is free
  };

  Page& PageAt(std::uintptr_t page) {
    const std::size_t index = page - CasePages::FirstPage();
    if (index >= pages_.size()) pages_.resize(index + 1);
    return pages_[index];
  }
  State StateOf(std::uintptr_t page) { return PageAt(page).state; }
  void Mark(std::uintptr_t first, std::size_t count, State state, bool fresh) {
    for (std::size_t i = 0; i != count; ++i) PageAt(first + i) = {state, fresh};
  }
  // Pages in use stay fresh until their owner gives them back.
  void PutInUse(std::uintptr_t first, std::size_t count) {
    for (std::size_t i = 0; i != count; ++i) {
      PageAt(first + i).state = State::kInUse;
    }
  }

  Totals Sums() const {
    Totals sums;
    for (const Page& page : pages_) {
      const bool is_free = page.state == State::kFree;
      sums.free += is_free ? kPageBytes : 0;
      sums.resident += is_free && !page.fresh ? kPageBytes : 0;
      sums.in_use += page.state == State::kInUse ? kPageBytes : 0;
    }
    return sums;
  }
  std::size_t Resident() const { return Sums().resident; }

  // What is free, as long as it can be.
  std::vector<Run> Runs() {
    std::vector<Run> runs;
    Page before;
    for (std::size_t i = 0; i != pages_.size(); ++i) {
      const Page page = pages_[i];
      if (page.state == State::kFree) {
        if (before.state != State::kFree) {
          runs.push_back({CasePages::FirstPage() + i, 0, 0, 0});
          before.fresh = false;
        }
        Run& run = runs.back();
        ++run.pages;
        if (page.fresh) ++run.fresh;
        if (page.fresh && !before.fresh) ++run.fresh_runs;
        if (run.fresh_runs > 1) knows_all_ = false;
      }
      before = page;
    }
    return runs;
  }

  // The run that has to be taken for so many pages, or nullptr.
  static const Run* Best(const std::vector<Run>& runs, std::size_t pages) {
    const Run* best = nullptr;
    for (const Run& run : runs) {
      if (run.pages < pages) continue;
      const bool is_better =
          best == nullptr || run.Rank() < best->Rank() ||
          (run.Rank() == best->Rank() && run.pages < best->pages);
      if (is_better) best = &run;
    }
    return best;
  }

  // Of several fresh runs in a free one the heap knows the longest only. From
  // then on nobody knows what it knows.
  bool knows_all() const { return knows_all_; }

 private:
  std::vector<Page> pages_;
  bool knows_all_ = true;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_01_TESTING_CASE_PAGE_MODEL_H_
