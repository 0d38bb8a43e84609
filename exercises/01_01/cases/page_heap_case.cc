// SPDX-License-Identifier: Apache-2.0

// What PageHeap promises, call by call: see tools/support/history. The model
// knows each page: whether it is free, and whether it is fresh.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

#include "01_01/page_heap.h"
#include "exercises/01_01/testing/case_page_model.h"
#include "exercises/01_01/testing/case_pages.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

constexpr std::size_t kSmallClass = 5;
constexpr std::size_t kKeepBytes = std::size_t{16} << 20;
constexpr std::size_t kPages[] = {1, 3, 255};
constexpr std::size_t kMostSpans = 6;
constexpr std::size_t kManyPages[] = {300, 600, 2100};

class PageHeapCase : public Subject {
 public:
  static constexpr int kConfigs = 2;
  static constexpr std::uint64_t kHistories = 6000;  // each makes 1 MiB

  void Start(int config) {
    Say("LimitedPages source;");
    if (config == 1) Say("source.discards_left = 0;  // each is refused");
    Say("auto map = std::make_unique<PageMap>();");
    Say("PageHeap heap(source, *map);");
    source_.takes_back = config == 0;
    In([this] {
      map_.Make();
      heap_.Make(source_, *map_);
    });
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
    source_.has_memory = false;
    Take(1, 1, 0, Pages::kAny);
    source_.has_memory = true;
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
    const std::size_t asked = source_.discards_asked;
    const std::size_t resident = model_.Resident() + used.pages * kPageBytes;
    In([&] { heap_->Free(used.span); });
    model_.Mark(used.first, used.pages, PageModel::State::kFree, false);
    TakeDiscards();
    CheckBound(source_.discards_asked != asked, resident);
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
    bool extended = false;
    In([&] { extended = heap_->Extend(used.span, 1); });
    Expect(extended == fits, "",
           fits ? "it returns false, and the page behind it is free"
                : "it returns true, and the page behind it is not free");
    if (!fits) return true;
    ++used.pages;
    model_.Mark(behind, 1, PageModel::State::kInUse,
                model_.PageAt(behind).fresh);
    return true;
  }

  bool Scavenge(int) {
    Say("heap.Scavenge(0);");
    std::size_t discarded = 0;
    In([&] { discarded = heap_->Scavenge(0); });
    const std::size_t taken_back = TakeDiscards();
    Expect(discarded == taken_back, "", "it says that it discarded ", discarded,
           " bytes, and the source took ", taken_back, " back");
    refused_ = least_refused_ = source_.takes_back ? 0 : model_.Resident();
    Expect(model_.Resident() <= refused_, "", model_.Resident(),
           " bytes stay resident");
    return true;
  }

  void Check() {
    PageHeap::Statistics got;
    std::size_t footprint = 0;
    In([&] {
      got = heap_->GetStatistics();
      footprint = heap_->FootprintBytes();
    });
    for (const Used& used : spans_) CheckSpan(used);
    const PageModel::Totals sums = model_.Sums();
    ExpectEqual("heap.GetStatistics().in_use_bytes", got.in_use_bytes,
                sums.in_use);
    ExpectEqual("heap.GetStatistics().free_bytes", got.free_bytes, sums.free);
    ExpectEqual("heap.GetStatistics().free_spans", got.free_spans,
                model_.Runs().size());
    if (!model_.knows_all()) return;
    ExpectEqual("heap.GetStatistics().discarded_bytes", got.discarded_bytes,
                sums.free - sums.resident);
    ExpectEqual("heap.FootprintBytes()", footprint,
                got.mapped_bytes - got.discarded_bytes);
  }

  bool CanEnd() const { return true; }
  void End() {
    In([this] {
      heap_.End();
      map_.End();
    });
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

  // After a Free with `resident` bytes of free pages, before any discard.
  void CheckBound(bool was_asked, std::size_t resident) {
    const PageModel::Totals sums = model_.Sums();
    const std::size_t bound = std::max(kKeepBytes, sums.in_use / 4);
    Expect(!was_asked || resident > bound + least_refused_, "",
           "the source is asked to discard, and the bound is kept");
    if (was_asked) {
      // Up to half of the bound may be left without being asked for.
      refused_ = source_.takes_back ? 0 : sums.resident;
      least_refused_ = refused_ - std::min(refused_, bound / 2);
    }
    const std::size_t most = was_asked ? bound / 2 : bound;
    Expect(sums.resident <= most + refused_, "", sums.resident,
           " bytes of free pages stay resident; at most ", most, " may");
  }

  // What the source took back since the last call, in bytes.
  std::size_t TakeDiscards() {
    std::size_t pages = 0;
    for (; discards_ != source_.discards().size(); ++discards_) {
      const CasePages::Range range = source_.discards()[discards_];
      for (std::size_t i = 0; i != range.pages; ++i) {
        Expect(model_.StateOf(range.first_page + i) == PageModel::State::kFree,
               "", "pages are discarded that are not free");
      }
      model_.Mark(range.first_page, range.pages, PageModel::State::kFree, true);
      pages += range.pages;
    }
    return pages * kPageBytes;
  }

  // Pages that were mapped in a call, in `bytes`; the rest is metadata.
  void TakeMap(std::size_t maps_before, std::size_t bytes) {
    if (bytes == 0) return;
    for (std::size_t i = maps_before; i != source_.maps().size(); ++i) {
      const CasePages::Range range = source_.maps()[i];
      if (range.pages * kPageBytes != bytes) continue;
      return model_.Mark(range.first_page, range.pages, PageModel::State::kFree,
                         true);
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
    const std::vector<PageModel::Run> runs = model_.Runs();
    const std::size_t needed = pages + alignment - 1;
    const PageModel::Run* const best = PageModel::Best(runs, needed);
    const std::size_t maps = source_.maps().size();
    PageHeap::Statistics before;
    PageHeap::Statistics after;
    Span* span = nullptr;
    In([&] { before = heap_->GetStatistics(); });
    In([&] { span = heap_->Allocate(pages, alignment, size_class, from); });
    Expect(Allocations() == 0, "", "it allocates");
    In([&] { after = heap_->GetStatistics(); });
    const std::size_t mapped = after.mapped_bytes - before.mapped_bytes;
    Expect(best == nullptr || mapped == 0, "", "it maps ", mapped,
           " bytes, and a free span fits");
    TakeMap(maps, mapped);
    if (span == nullptr) {
      const bool may = from == Pages::kUsed
                           ? best == nullptr || best->fresh != 0
                           : !source_.has_memory && !best;
      Expect(may, name + " != nullptr", name, " is nullptr");
      return true;
    }
    CheckTaken(name, *span, best, {pages, alignment, from});
    model_.PutInUse(span->first_page, pages);
    if (size_class != 0) span->free_objects = span;
    spans_.push_back({name, span, span->first_page, pages, size_class});
    Lend(name, reinterpret_cast<void*>(span->Start()), span->Bytes(),
         alignment * kPageBytes);
    return true;
  }

  struct Asked {
    std::size_t pages;
    std::size_t alignment;
    Pages from;
  };
  void CheckTaken(const std::string& name, const Span& span,
                  const PageModel::Run* best, const Asked& asked) {
    Expect(span.pages == asked.pages, Text(name, "->pages == ", asked.pages),
           name, " has ", span.pages, " pages; expected ", asked.pages);
    for (std::size_t i = 0; i != asked.pages; ++i) {
      const PageModel::Page page = model_.PageAt(span.first_page + i);
      Expect(page.state == PageModel::State::kFree, "", "page ", i, " of ",
             name,
             page.state == PageModel::State::kInUse
                 ? " is in use already"
                 : " is none that was mapped for spans");
      Expect(asked.from == Pages::kAny || !page.fresh || !model_.knows_all(),
             "", "page ", i, " of ", name,
             " is fresh, and used ones were asked for");
      const bool says_fresh = i >= span.fresh_begin && i < span.fresh_end;
      Expect(!says_fresh || page.fresh, "", "page ", i, " of ", name,
             " is said to be fresh, and was used");
    }
    Expect(span.free_objects == nullptr && span.used == 0 && span.carved == 0,
           name + "->free_objects == nullptr", name,
           " still has what its last owner left");
    if (!model_.knows_all() || best == nullptr || asked.alignment != 1) return;
    const auto runs = model_.Runs();
    const auto from = std::find_if(
        runs.begin(), runs.end(), [&span](const PageModel::Run& run) {
          return run.first <= span.first_page &&
                 span.first_page < run.first + run.pages;
        });
    static constexpr const char* kRanks[] = {"used", "used and fresh", "fresh"};
    Expect(from->Rank() == best->Rank() && from->pages == best->pages, "", name,
           " is from a free span of ", from->pages, " pages, ",
           kRanks[from->Rank()], "; one of ", best->pages, " fits, ",
           kRanks[best->Rank()]);
  }

  void CheckSpan(const Used& used) {
    for (std::size_t i = 0; i != used.pages; ++i) {
      const bool is_end = i == 0 || i + 1 == used.pages;
      if (used.size_class == 0 && !is_end) continue;
      const std::uintptr_t page = used.first + i;
      Span* leads_to = nullptr;
      std::size_t size_class = 0;
      In([&] {
        leads_to = map_->SpanOfPage(page);
        size_class =
            map_->ClassOf(reinterpret_cast<const void*>(page << kPageShift));
      });
      Expect(leads_to == used.span, "", "page ", i, " of ", used.name,
             " does not lead to it");
      ExpectEqual(Text("map->ClassOf(", used.name, ")"), size_class,
                  used.size_class);
    }
  }

  CasePages source_;
  Object<PageMap> map_;
  Object<PageHeap> heap_;
  std::size_t discards_ = 0;  // of the source's that the model has seen
  // The model.
  PageModel model_;
  std::vector<Used> spans_;  // in the order in which they were allocated
  std::size_t refused_ = 0;  // bytes that the source would not discard, at
  std::size_t least_refused_ = 0;  // most and at least
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(PageHeapCase, "01_01/page_heap.h", "")
