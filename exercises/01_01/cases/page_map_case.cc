// SPDX-License-Identifier: Apache-2.0

// What PageMap, MetadataArena and SystemPages promise, call by call: see
// tools/support/history.
#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "01_01/page_map.h"
#include "exercises/01_01/testing/case_pages.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

constexpr std::uintptr_t kLeafPages = std::uintptr_t{1} << PageMap::kLeafBits;
constexpr std::uintptr_t kFirst = 0x1000;
constexpr std::size_t kBlockBytes[] = {100, 1, 64};

class PageMapCase : public Subject {
 public:
  static constexpr int kConfigs = 1;
  static constexpr std::uint64_t kHistories = 8000;  // a map has 1 MiB

  void Start(int) {
    Say("LimitedPages source;");
    Say("MetadataArena metadata(source);");
    Say("auto map = std::make_unique<PageMap>();");
    Say("Span spans[] = {{.first_page = 4096, .pages = 3}, ",
        "{.first_page = 4099, .pages = 1}, {.first_page = ", 5 * kLeafPages - 1,
        ", .pages = 2}};");
    In(
        [](auto& map, auto& metadata, auto& source) {
          map.Make();
          metadata.Make(*source);
        },
        map_, metadata_, source_);
    begin_ = Aside([](auto& spans) { return spans->all; }, kept_spans_);
    BlocksAreElsewhere();
    Draw("metadata", metadata_);
  }

  bool Prepare(int i) {
    Say("map->Prepare(", Code(i), ".first_page, ", Code(i),
        ".pages, metadata);");
    Expect(PrepareNow(i), "", "it returns false, and there is memory");
    for (const std::uintptr_t leaf : LeavesOf(i)) leaves_.insert(leaf);
    return true;
  }
  bool PrepareWithoutMemory(int) {
    constexpr int kAcross = 2;  // of two leaves
    Say("source.maps_left = 0;");
    Say("EXPECT_FALSE(map->Prepare(spans[2].first_page, 2, metadata));");
    Aside([](auto& source) { source->has_memory = false; }, source_);
    const bool prepared = PrepareNow(kAcross);
    Aside([](auto& source) { source->has_memory = true; }, source_);
    Expect(prepared == IsPrepared(kAcross), "",
           prepared ? "it returns true, and there is no memory"
                    : "it returns false, and all leaves are there");
    return true;
  }
  bool SetAll(int i) {
    if (!IsPrepared(i)) return false;
    const auto size_class = static_cast<std::size_t>(7 + i);
    Say("map->SetAll(&", Code(i), ", ", size_class, ");");
    In([](auto& map, Span* span,
          std::size_t number) { map->SetAll(span, number); },
       map_, begin_ + i, size_class);
    for (std::size_t k = 0; k != spans_.all[i].pages; ++k) {
      known_[spans_.all[i].first_page + k] = {i, size_class};
    }
    return true;
  }
  bool SetEnds(int i) {
    if (!IsPrepared(i)) return false;
    Say("map->SetEnds(&", Code(i), ");");
    In([](auto& map, Span* span) { map->SetEnds(span); }, map_, begin_ + i);
    known_[spans_.all[i].first_page].span = i;
    known_[spans_.all[i].first_page + spans_.all[i].pages - 1].span = i;
    return true;
  }
  bool ClearClasses(int i) {
    if (!IsPrepared(i)) return false;
    Say("map->ClearClasses(&", Code(i), ");");
    In([](auto& map, Span* span) { map->ClearClasses(span); }, map_,
       begin_ + i);
    for (std::size_t k = 0; k != spans_.all[i].pages; ++k) {
      const auto found = known_.find(spans_.all[i].first_page + k);
      if (found != known_.end()) found->second.size_class = 0;
    }
    return true;
  }

  bool Allocate(int which) {
    const std::size_t bytes = kBlockBytes[which];
    const std::string name = NewName();
    Say("void* ", name, " = metadata.Allocate(", bytes, ");");
    void* const block =
        Ask([](auto& metadata,
               std::size_t size) { return metadata->Allocate(size); },
            metadata_, bytes);
    Expect(block != nullptr, name + " != nullptr", name, " is nullptr");
    Expect(BytesAt(block, bytes) == std::vector<std::byte>(bytes), "", name,
           " is not zeroed, or lies where something else is");
    Lend(name, block, bytes, 64);
    return true;
  }

  bool SystemRefuses(int) {
    Say("errno = EDOM;");
    Say("SystemPages().Map(std::size_t{1} << 63);");
    const auto [mapped, error] = Ask([] {
      errno = EDOM;
      void* const pages = SystemPages().Map(std::size_t{1} << 63);
      return std::pair<void*, int>(pages, errno);
    });
    Expect(mapped == nullptr, "", "no machine has so many pages");
    Expect(error == EDOM, "errno == EDOM", "a refused map changes errno");
    Say("SystemPages().Discard(reinterpret_cast<void*>(kPageBytes), ",
        "kPageBytes);  // nothing is mapped there");
    const bool discarded = Ask([] {
      return SystemPages().Discard(reinterpret_cast<void*>(kPageBytes),
                                   kPageBytes);
    });
    Expect(!discarded, "", "it returns true, and the system refused");
    return true;
  }

  void Check() {
    for (const Span& span : spans_.all) {
      for (std::size_t k = 0; k != span.pages + 2; ++k) {
        CheckPage(span.first_page + k - 1);
      }
    }
    CheckPage(0);
  }

  bool CanEnd() const { return true; }
  void End() {
    In(
        [](auto& metadata, auto& map) {
          metadata.End();
          map.End();
        },
        metadata_, map_);
  }

  static constexpr CallKind<PageMapCase> kCalls[] = {
      {3, &PageMapCase::Prepare},
      {3, &PageMapCase::SetAll},
      {2, &PageMapCase::SetEnds},
      {2, &PageMapCase::ClearClasses},
      {3, &PageMapCase::Allocate},
      {1, &PageMapCase::PrepareWithoutMemory, 2},
      {1, &PageMapCase::SystemRefuses, 2},
  };

 private:
  struct Known {
    int span = -1;
    std::size_t size_class = 0;
  };

  static std::string Code(int span) { return Text("spans[", span, "]"); }

  std::set<std::uintptr_t> LeavesOf(int i) const {
    const std::uintptr_t last =
        spans_.all[i].first_page + spans_.all[i].pages - 1;
    return {spans_.all[i].first_page / kLeafPages, last / kLeafPages};
  }
  bool IsPrepared(int i) const {
    const auto needed = LeavesOf(i);
    return std::includes(leaves_.begin(), leaves_.end(), needed.begin(),
                         needed.end());
  }
  bool PrepareNow(int i) {
    return Ask(
        [](auto& map, auto& metadata, std::uintptr_t first, std::size_t pages) {
          return map->Prepare(first, pages, *metadata);
        },
        map_, metadata_, spans_.all[i].first_page, spans_.all[i].pages);
  }

  void CheckPage(std::uintptr_t page) {
    const auto found = known_.find(page);
    const Known expected = found == known_.end() ? Known{} : found->second;
    const void* const address =
        reinterpret_cast<const void*>((page << kPageShift) + 100);
    const auto [span, size_class] = Ask(
        [](auto& map, const void* of) {
          return std::pair<Span*, std::size_t>(map->SpanOf(of),
                                               map->ClassOf(of));
        },
        map_, address);
    const bool leads = expected.span >= 0;
    Expect(span == (leads ? begin_ + expected.span : nullptr),
           Text("map->SpanOfPage(", page,
                ") == ", leads ? "&" + Code(expected.span) : "nullptr"),
           "page ", page, leads ? " does not lead to " : " leads to a span",
           leads ? Code(expected.span) : "");
    Expect(size_class == expected.size_class, "", "ClassOf says ", size_class,
           " for an address of page ", page, "; expected ",
           expected.size_class);
  }

  struct Spans {
    Span all[3] = {{.first_page = kFirst, .pages = 3},
                   {.first_page = kFirst + 3, .pages = 1},
                   {.first_page = 5 * kLeafPages - 1, .pages = 2}};
  };

  Fixture<CasePages> source_;
  Fixture<Spans> kept_spans_;
  Object<PageMap> map_;
  Object<MetadataArena> metadata_;
  Span* begin_ = nullptr;  // of kept_spans_
  // The model.
  const Spans spans_{};
  std::set<std::uintptr_t> leaves_;
  std::map<std::uintptr_t, Known> known_;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(PageMapCase, "01_01/page_map.h", "")
