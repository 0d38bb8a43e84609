// SPDX-License-Identifier: Apache-2.0

// Free spans, and which of their pages are resident.
#ifndef WORKBOOK_01_01_FREE_SPANS_H_
#define WORKBOOK_01_01_FREE_SPANS_H_

#include <cstddef>

#include "01_01/idle_bound.h"
#include "exercises/01_01/given/page_source.h"
#include "exercises/01_01/given/span_list.h"

namespace workbook {

// The free spans of a page heap.
//
// A page is fresh until its first owner gives it back, and again once it is
// discarded: it is not resident, and reads as zeros. All other pages are used.
//
// Invariants:
// 1. Of each span a run of fresh pages is known, the longest where there are
//    several: span->fresh_begin to fresh_end. No used page is in it.
// 2. DiscardedBytes() are those of these runs, over all free spans.
// Thread safety: none; whoever holds the page heap's lock uses it.
class FreeSpans {
 public:
  // Makes an empty set. No code runs: it may be used before main.
  constexpr explicit FreeSpans(PageSource& source) : source_(source) {}

  // Takes a span in. What is fresh of it is what span->fresh_begin and
  // fresh_end say.
  // REQUIRES (Add, Remove): no list holds it; it is in here.
  // Cost: O(1) each.
  void Add(Span* span);
  void Remove(Span* span);

  // Returns the smallest span of at least `pages`, of all that have used pages
  // only; else of those with both; else of those with fresh pages only. A fresh
  // span that fits exactly is no reason to leave used pages idle.
  // nullptr: none is as long. The span stays in here.
  // Cost: O(1) to 255 pages, O(free spans) above.
  Span* BestFit(std::size_t pages) const;

  // Says what is fresh of two spans that were one: `span` is as long as it is
  // now, and `rest` begins where it ends.
  // REQUIRES: span->fresh_begin and fresh_end are those of the uncut span.
  // Cost: O(1) each.
  static void Cut(Span* span, Span* rest);
  // Says what is fresh of `span` when `behind` is joined to its end: of the two
  // runs the longer, or both where they touch.
  // REQUIRES: neither has changed its length yet.
  static void Join(Span* span, const Span* behind);

  // Returns how many pages from its first on are used.
  static std::size_t UsedInFront(const Span* span) {
    return span->FreshPages() > 0 ? span->fresh_begin : span->pages;
  }

  // Discards the used pages of whole spans, until at most `keep_bytes` of used
  // pages are left: of spans without fresh pages first, then of those with
  // both, the longest first. What the source refuses to discard is used still,
  // and is tried once. Returns the bytes discarded.
  // Cost: a call of the source for each run of used pages.
  std::size_t Scavenge(std::size_t keep_bytes);

  // Scavenges until at most as many used pages are left as IdleBound::Keep
  // says, and tells it what was discarded. Bytes that the source refused to
  // discard the last time do not count, here and in the footprint: it is not
  // asked for them at each call.
  // Cost: O(1) within the bound.
  void KeepWithinBound(std::size_t in_use_bytes);

  std::size_t Spans() const { return spans_; }
  std::size_t Bytes() const { return bytes_; }
  std::size_t DiscardedBytes() const { return discarded_bytes_; }

 private:
  SpanBins& BinsOf(const Span* span);
  std::size_t UsedBytes() const { return bytes_ - discarded_bytes_; }
  std::size_t DiscardUsed(Span* span);

  PageSource& source_;
  SpanBins used_;  // no page is fresh
  SpanBins mixed_;
  SpanBins fresh_;  // every page is
  std::size_t spans_ = 0;
  std::size_t bytes_ = 0;
  std::size_t discarded_bytes_ = 0;
  IdleBound bound_;
  std::size_t refused_bytes_ = 0;  // that the last scavenging left
};

}  // namespace workbook

#endif  // WORKBOOK_01_01_FREE_SPANS_H_
