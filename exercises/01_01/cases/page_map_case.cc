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
    In([this] {
      map_.Make();
      metadata_.Make(source_);
    });
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
    source_.has_memory = false;
    const bool prepared = PrepareNow(kAcross);
    source_.has_memory = true;
    Expect(prepared == IsPrepared(kAcross), "",
           prepared ? "it returns true, and there is no memory"
                    : "it returns false, and all leaves are there");
    return true;
  }
  bool SetAll(int i) {
    if (!IsPrepared(i)) return false;
    const auto size_class = static_cast<std::size_t>(7 + i);
    Say("map->SetAll(&", Code(i), ", ", size_class, ");");
    In([&] { map_->SetAll(&spans_[i], size_class); });
    for (std::size_t k = 0; k != spans_[i].pages; ++k) {
      known_[spans_[i].first_page + k] = {i, size_class};
    }
    return true;
  }
  bool SetEnds(int i) {
    if (!IsPrepared(i)) return false;
    Say("map->SetEnds(&", Code(i), ");");
    In([&] { map_->SetEnds(&spans_[i]); });
    known_[spans_[i].first_page].span = i;
    known_[spans_[i].first_page + spans_[i].pages - 1].span = i;
    return true;
  }
  bool ClearClasses(int i) {
    if (!IsPrepared(i)) return false;
    Say("map->ClearClasses(&", Code(i), ");");
    In([&] { map_->ClearClasses(&spans_[i]); });
    for (std::size_t k = 0; k != spans_[i].pages; ++k) {
      const auto found = known_.find(spans_[i].first_page + k);
      if (found != known_.end()) found->second.size_class = 0;
    }
    return true;
  }

  bool Allocate(int which) {
    const std::size_t bytes = kBlockBytes[which];
    const std::string name = NewName();
    Say("void* ", name, " = metadata.Allocate(", bytes, ");");
    void* block = nullptr;
    In([&] { block = metadata_->Allocate(bytes); });
    const auto* const begin = static_cast<const unsigned char*>(block);
    Expect(begin != nullptr, name + " != nullptr", name, " is nullptr");
    Expect(std::all_of(begin, begin + bytes, [](auto b) { return b == 0; }), "",
           name, " is not zeroed, or lies where something else is");
    Lend(name, block, bytes, 64);
    return true;
  }

  bool SystemRefuses(int) {
    Say("errno = EDOM;");
    Say("SystemPages().Map(std::size_t{1} << 63);");
    void* mapped = nullptr;
    bool discarded = true;
    errno = EDOM;
    In([&] { mapped = SystemPages().Map(std::size_t{1} << 63); });
    Expect(mapped == nullptr, "", "no machine has so many pages");
    Expect(errno == EDOM, "errno == EDOM", "a refused map changes errno");
    Say("SystemPages().Discard(reinterpret_cast<void*>(kPageBytes), ",
        "kPageBytes);  // nothing is mapped there");
    In([&] {
      discarded = SystemPages().Discard(reinterpret_cast<void*>(kPageBytes),
                                        kPageBytes);
    });
    Expect(!discarded, "", "it returns true, and the system refused");
    return true;
  }

  void Check() {
    for (const auto& span : spans_) {
      for (std::size_t k = 0; k != span.pages + 2; ++k) {
        CheckPage(span.first_page + k - 1);
      }
    }
    CheckPage(0);
  }

  bool CanEnd() const { return true; }
  void End() {
    In([this] {
      metadata_.End();
      map_.End();
    });
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
    const std::uintptr_t last = spans_[i].first_page + spans_[i].pages - 1;
    return {spans_[i].first_page / kLeafPages, last / kLeafPages};
  }
  bool IsPrepared(int i) const {
    const auto needed = LeavesOf(i);
    return std::includes(leaves_.begin(), leaves_.end(), needed.begin(),
                         needed.end());
  }
  bool PrepareNow(int i) {
    bool prepared = false;
    In([&] {
      prepared =
          map_->Prepare(spans_[i].first_page, spans_[i].pages, *metadata_);
    });
    return prepared;
  }

  void CheckPage(std::uintptr_t page) {
    const auto found = known_.find(page);
    const Known expected = found == known_.end() ? Known{} : found->second;
    const void* const address =
        reinterpret_cast<const void*>((page << kPageShift) + 100);
    Span* span = nullptr;
    std::size_t size_class = 0;
    In([&] {
      span = map_->SpanOf(address);
      size_class = map_->ClassOf(address);
    });
    const bool leads = expected.span >= 0;
    Expect(span == (leads ? &spans_[expected.span] : nullptr),
           Text("map->SpanOfPage(", page,
                ") == ", leads ? "&" + Code(expected.span) : "nullptr"),
           "page ", page, leads ? " does not lead to " : " leads to a span",
           leads ? Code(expected.span) : "");
    Expect(size_class == expected.size_class, "", "ClassOf says ", size_class,
           " for an address of page ", page, "; expected ",
           expected.size_class);
  }

  CasePages source_;
  Object<PageMap> map_;
  Object<MetadataArena> metadata_;
  Span spans_[3] = {{.first_page = kFirst, .pages = 3},
                    {.first_page = kFirst + 3, .pages = 1},
                    {.first_page = 5 * kLeafPages - 1, .pages = 2}};
  // The model.
  std::set<std::uintptr_t> leaves_;
  std::map<std::uintptr_t, Known> known_;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE_INSIDE(PageMapCase, "01_01/page_map.h", "")
