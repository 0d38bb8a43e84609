// SPDX-License-Identifier: Apache-2.0

// What PageHeap promises, call by call: see tools/support/history. The model
// knows of each page whether it is free. Which span fits best, and what of it
// is fresh, it asks FreeSpans: whatever that knows, the heap has to follow it.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "01_01/page_heap.h"
#include "exercises/01_01/testing/case_page_model.h"
#include "exercises/01_01/testing/case_pages.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

constexpr std::size_t kSmallClass = 5;
constexpr std::size_t kPages[] = {1, 3, 255};
constexpr std::size_t kMostSpans = 6;
constexpr std::size_t kManyPages[] = {300, 600, 2100};

class PageHeapCase : public Subject {
 public:
  static constexpr int kConfigs = 1;
  static constexpr std::uint64_t kHistories = 6000;  // each makes 1 MiB

  void Start(int) {
    Say("LimitedPages source;");
    Say("auto map = std::make_unique<PageMap>();");
    Say("PageHeap heap(source, *map);");
    In(
        [](auto& map, auto& heap, auto& source) {
          map.Make();
          heap.Make(*source, *map);
        },
        map_, heap_, source_);
    BlocksAreElsewhere();
    Draw("heap", heap_);
  }

  // One page for a size class, whose owner uses the span; or some pages.
  bool Allocate(int which) {
    return Take(kPages[which], 1, which == 0 ? kSmallClass : 0, Pages::kAny);
  }
  bool AllocateMany(int which) {
    return Take(kManyPages[which], 1, 0, Pages::kAny);
  }
  bool AllocateAligned(int) { return Take(2, 4, 0, Pages::kAny); }
  bool AllocateUsed(int) { return Take(1, 1, 0, Pages::kUsed); }
  bool AllocateWithoutMemory(int) {
    if (spans_.size() == kMostSpans) return false;
    Say("source.maps_left = 0;");
    HasMemory(false);
    Take(1, 1, 0, Pages::kAny);
    HasMemory(true);
    Say("source.maps_left = LimitedPages::kMaxMaps;");
    return true;
  }

  // The k-th newest.
  bool Free(int k) {
    if (LentCount() <= static_cast<std::size_t>(k)) return false;
    const Block block = Newest(static_cast<std::size_t>(k));
    Say("heap.Free(", block.name, ");");
    const auto found = std::find_if(
        spans_.begin(), spans_.end(),
        [&block](const Used& used) { return used.name == block.name; });
    Return(static_cast<std::size_t>(k));
    const Used used = *found;
    spans_.erase(found);
    In([](auto& heap, Span* span) { heap->Free(span); }, heap_, used.span);
    model_.Mark(used.first, used.pages, PageModel::State::kFree);
    return true;
  }

  // By a page behind the newest.
  bool Extend(int) {
    if (spans_.empty()) return false;
    Used& used = spans_.back();
    if (used.size_class != 0) return false;
    Say("heap.Extend(", used.name, ", 1);");
    const std::uintptr_t behind = used.first + used.pages;
    const bool fits = model_.StateOf(behind) == PageModel::State::kFree;
    const bool extended =
        Ask([](auto& heap, Span* span) { return heap->Extend(span, 1); }, heap_,
            used.span);
    Expect(extended == fits, "",
           fits ? "it returns false, and the page behind it is free"
                : "it returns true, and the page behind it is not free");
    if (!fits) return true;
    ++used.pages;
    model_.Mark(behind, 1, PageModel::State::kInUse);
    return true;
  }

  // From then on some of what is free is fresh, if FreeSpans discards.
  bool Scavenge(int) {
    Say("heap.Scavenge(0);");
    In([](auto& heap) { heap->Scavenge(0); }, heap_);
    return true;
  }

  void Check() {
    const PageHeap::Statistics got = Statistics();
    const std::size_t footprint =
        Ask([](auto& heap) { return heap->FootprintBytes(); }, heap_);
    for (const Used& used : spans_) CheckSpan(used);
    ExpectEqual("heap.GetStatistics().in_use_bytes", got.in_use_bytes,
                model_.BytesOf(PageModel::State::kInUse));
    ExpectEqual("heap.GetStatistics().free_bytes", got.free_bytes,
                model_.BytesOf(PageModel::State::kFree));
    const std::vector<PageModel::Run> runs = model_.Runs();
    ExpectEqual("heap.GetStatistics().free_spans", got.free_spans, runs.size());
    for (const PageModel::Run& run : runs) CheckFree(run);
    ExpectEqual("heap.FootprintBytes()", footprint,
                got.mapped_bytes - got.discarded_bytes);
  }

  bool CanEnd() const { return true; }
  void End() {
    In(
        [](auto& heap, auto& map) {
          heap.End();
          map.End();
        },
        heap_, map_);
  }

  static constexpr CallKind<PageHeapCase> kCalls[] = {
      {3, &PageHeapCase::Allocate},
      {3, &PageHeapCase::Free},
      {1, &PageHeapCase::AllocateUsed},
      {1, &PageHeapCase::Scavenge},
      {1, &PageHeapCase::Extend},
      {1, &PageHeapCase::AllocateAligned},
      {3, &PageHeapCase::AllocateMany},
      {1, &PageHeapCase::AllocateWithoutMemory, 2},
  };

 private:
  struct Used {
    std::string name;
    Span* span;
    std::uintptr_t first;
    std::size_t pages;
    std::size_t size_class;
  };

  // What is known of a span without a look into its process.
  struct Known {
    std::uintptr_t first_page;
    std::size_t pages;
    bool is_fresh;  // nothing is left of its last owner
  };

  PageHeap::Statistics Statistics() {
    PageHeap::Statistics got;
    std::tie(got.in_use_bytes, got.free_bytes, got.free_spans, got.mapped_bytes,
             got.discarded_bytes) =
        Ask(
            [](auto& heap) {
              const PageHeap::Statistics now = heap->GetStatistics();
              return std::tuple(now.in_use_bytes, now.free_bytes,
                                now.free_spans, now.mapped_bytes,
                                now.discarded_bytes);
            },
            heap_);
    return got;
  }
  std::size_t Maps() {
    return Aside([](auto& source) { return source->maps().size(); }, source_);
  }
  void HasMemory(bool has_memory) {
    has_memory_ = has_memory;
    Aside([](auto& source, bool has) { source->has_memory = has; }, source_,
          has_memory);
  }
  static Known KnownOf(Span* span) {
    return Aside(
        [](Span* one) {
          const bool is_fresh = one->free_objects == nullptr &&
                                one->used == 0 && one->carved == 0;
          return Known{one->first_page, one->pages, is_fresh};
        },
        span);
  }

  // Pages that were mapped in a call, in `bytes`; the rest is metadata.
  void TakeMap(std::size_t maps_before, std::size_t bytes) {
    if (bytes == 0) return;
    for (std::size_t i = maps_before, end = Maps(); i != end; ++i) {
      const CasePages::Range range =
          Aside([](auto& source, std::size_t k) { return source->maps()[k]; },
                source_, i);
      if (range.pages * kPageBytes != bytes) continue;
      return model_.Mark(range.first_page, range.pages,
                         PageModel::State::kFree);
    }
    Fail("the heap counts pages as mapped that the source did not give");
  }

  std::string Line(const std::string& name, std::size_t pages,
                   std::size_t alignment, std::size_t size_class, Pages from) {
    std::string line = Text("Span* ", name, " = heap.Allocate(", pages);
    if (alignment != 1 || size_class != 0 || from == Pages::kUsed) {
      line += Text(", ", alignment, ", ", size_class);
    }
    if (from == Pages::kUsed) line += ", Pages::kUsed";
    line += ");";
    if (size_class != 0) {
      line +=
          Text(" ", name, "->free_objects = ", name, ";  // as a list does");
    }
    return line;
  }

  bool Take(std::size_t pages, std::size_t alignment, std::size_t size_class,
            Pages from) {
    if (spans_.size() == kMostSpans) return false;
    const std::string name = NewName();
    Say(Line(name, pages, alignment, size_class, from));
    const std::size_t needed = pages + alignment - 1;
    const Fit best = BestFit(needed);
    const std::size_t maps = Maps();
    const std::size_t mapped_before = Statistics().mapped_bytes;
    Span* const span = Ask(
        [](auto& heap, std::size_t count, std::size_t aligned_to,
           std::size_t number, Pages which) {
          return heap->Allocate(count, aligned_to, number, which);
        },
        heap_, pages, alignment, size_class, from);
    Expect(Allocations() == 0, "", "it allocates");
    const std::size_t mapped = Statistics().mapped_bytes - mapped_before;
    Expect(best.pages == 0 || mapped == 0, "", "it maps ", mapped,
           " bytes, and a free span fits");
    TakeMap(maps, mapped);
    const bool may_be_none = from == Pages::kUsed
                                 ? UsedInFront(best, false) < needed
                                 : !has_memory_ && best.pages == 0;
    if (span == nullptr) {
      Expect(may_be_none, name + " != nullptr", name, " is nullptr");
      return true;
    }
    Expect(from == Pages::kAny || UsedInFront(best, true) >= needed,
           name + " == nullptr", name,
           " is not nullptr, and the best fit does not begin with ", needed,
           " used pages");
    const Known known = KnownOf(span);
    if (best.pages != 0 && alignment == 1) CheckFits(name, known, best);
    CheckTaken(name, known, pages);
    model_.Mark(known.first_page, pages, PageModel::State::kInUse);
    if (size_class != 0) {
      Aside([](Span* one) { one->free_objects = one; }, span);
    }
    spans_.push_back({name, span, known.first_page, pages, size_class});
    Lend(name, reinterpret_cast<void*>(known.first_page << kPageShift),
         known.pages * kPageBytes, alignment * kPageBytes);
    return true;
  }

  // Free spans, as FreeSpans tells them apart.
  struct Fit {
    std::size_t pages = 0;  // 0: none fits
    std::size_t fresh = 0;
    std::size_t used_in_front = 0;
  };
  static Fit FitOf(const Span& span) {
    return {span.pages, span.FreshPages(), FreeSpans::UsedInFront(&span)};
  }
  // Of several that are as good any may be taken.
  static bool IsAsGood(const Fit& fit, const Fit& best) {
    return fit.pages == best.pages && (fit.fresh == 0) == (best.fresh == 0) &&
           (fit.fresh == fit.pages) == (best.fresh == best.pages);
  }

  // The best of what is free, by a FreeSpans with the same spans.
  Fit BestFit(std::size_t needed) {
    fits_.clear();
    Aside([](auto& copies) { copies->clear(); }, copies_);
    for (const PageModel::Run& run : model_.Runs()) {
      Aside([](auto& copies) { copies->emplace_back(); }, copies_);
      const Fit fit = Ask(
          [](auto& map, auto& copies, std::uintptr_t page) {
            copies->back() = *map->SpanOfPage(page);
            return FitOf(copies->back());
          },
          map_, copies_, run.first);
      fits_.push_back({run, fit});
    }
    return Ask(
        [](auto& source, auto& copies, std::size_t wanted) {
          FreeSpans free(*source);
          for (Span& span : *copies) free.Add(&span);
          const Span* const span = free.BestFit(wanted);
          return span == nullptr ? Fit{} : FitOf(*span);
        },
        source_, copies_, needed);
  }

  // Of those that are as good as the best, the most or the least.
  std::size_t UsedInFront(const Fit& best, bool most) const {
    std::size_t pages = best.used_in_front;
    for (const auto& [run, fit] : fits_) {
      if (!IsAsGood(fit, best)) continue;
      pages = most ? std::max(pages, fit.used_in_front)
                   : std::min(pages, fit.used_in_front);
    }
    return pages;
  }

  void CheckFits(const std::string& name, const Known& span, const Fit& best) {
    for (const auto& [run, fit] : fits_) {
      if (span.first_page - run.first >= run.pages) continue;
      Expect(IsAsGood(fit, best), "", name, " is from a free span of ",
             fit.pages, " pages, ", fit.fresh,
             " of them fresh; BestFit returns one of ", best.pages, ", ",
             best.fresh, " of them fresh");
    }
  }

  void CheckTaken(const std::string& name, const Known& span,
                  std::size_t pages) {
    Expect(span.pages == pages, Text(name, "->pages == ", pages), name, " has ",
           span.pages, " pages; expected ", pages);
    for (std::size_t i = 0; i != pages; ++i) {
      const PageModel::State state = model_.StateOf(span.first_page + i);
      Expect(state == PageModel::State::kFree, "", "page ", i, " of ", name,
             state == PageModel::State::kInUse
                 ? " is in use already"
                 : " is none that was mapped for spans");
    }
    Expect(span.is_fresh, name + "->free_objects == nullptr", name,
           " still has what its last owner left");
  }

  // A run that is free is one span, and its ends lead to it.
  void CheckFree(const PageModel::Run& run) {
    const bool is_whole = Ask(
        [](auto& map, std::uintptr_t page, std::size_t pages) {
          const Span* const first = map->SpanOfPage(page);
          const Span* const last = map->SpanOfPage(page + pages - 1);
          return first != nullptr && first == last &&
                 first->state == Span::State::kFree &&
                 first->first_page == page && first->pages == pages;
        },
        map_, run.first, run.pages);
    Expect(is_whole, "", run.pages,
           " pages in a row are free; first and last of them do not lead to"
           " one free span of this length");
  }

  void CheckSpan(const Used& used) {
    for (std::size_t i = 0; i != used.pages; ++i) {
      const bool is_end = i == 0 || i + 1 == used.pages;
      if (used.size_class == 0 && !is_end) continue;
      const std::uintptr_t page = used.first + i;
      const auto [leads_to, size_class] = Ask(
          [](auto& map, std::uintptr_t of) {
            return std::pair<Span*, std::size_t>(
                map->SpanOfPage(of),
                map->ClassOf(reinterpret_cast<const void*>(of << kPageShift)));
          },
          map_, page);
      Expect(leads_to == used.span, "", "page ", i, " of ", used.name,
             " does not lead to it");
      ExpectEqual(Text("map->ClassOf(", used.name, ")"), size_class,
                  used.size_class);
    }
  }

  Fixture<CasePages> source_;
  Fixture<std::vector<Span>> copies_;  // of what is free
  Object<PageMap> map_;
  Object<PageHeap> heap_;
  bool has_memory_ = true;
  // The model.
  PageModel model_;
  std::vector<Used> spans_;  // in the order in which they were allocated
  // What was free before the last call.
  std::vector<std::pair<PageModel::Run, Fit>> fits_;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(PageHeapCase, "01_01/page_heap.h", "")
