// SPDX-License-Identifier: Apache-2.0

// What CentralFreeList promises, call by call: see tools/support/history.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "01_01/central_free_list.h"
#include "exercises/01_01/testing/case_pages.h"
#include "exercises/01_01/testing/go_classes.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

// 1024 and 6784 bytes.
constexpr std::size_t kClasses[] = {32, 49};
constexpr std::size_t kCounts[] = {1, 8, 20};
constexpr std::size_t kMostObjects = 80;

class CentralFreeListCase : public Subject {
 public:
  static constexpr int kConfigs = std::size(kClasses);
  static constexpr std::uint64_t kHistories = 8000;  // each makes 1 MiB

  void Start(int config) {
    Say("LimitedPages source;");
    Say("auto map = std::make_unique<PageMap>();");
    Say("PageHeap heap(source, *map);");
    class_ = kClasses[config];
    const SizeClass& shape = kGoClasses[class_];
    bytes_ = shape.size_bytes;
    Say("CentralFreeList list;");
    Say("list.Init(", class_, ", SizeClass{", bytes_, ", ", shape.span_pages,
        ", ", shape.objects, "}, heap, *map);");
    Say("void* objects[", kMostObjects, "];");
    Say("std::size_t count = 0;");
    In(
        [](auto& map, auto& heap, auto& list, auto& source,
           std::size_t number) {
          map.Make();
          heap.Make(*source, *map);
          list.Make();
          list->Init(number, kGoClasses[number], *heap, *map);
        },
        map_, heap_, list_, source_, class_);
    BlocksAreElsewhere();
    Draw("list", list_);
  }

  bool Fetch(int which) {
    const std::size_t wanted = kCounts[which];
    if (LentCount() + wanted > kMostObjects) return false;
    Say("count += list.Fetch(objects + count, ", wanted, ");");
    const bool had_idle = knows_all_ && HasIdle();
    const CentralFreeList::Statistics before = Statistics();
    const auto [got, objects] = FetchNow(wanted);
    Expect(Allocations() == 0, "", "it allocates");
    Expect(got != 0, "count != 0u", "it fetches nothing");
    Expect(got <= wanted, "", "it says that it fetched ", got, " of ", wanted);
    Expect(
        !had_idle || Statistics().span_allocations == before.span_allocations,
        "", "it takes a new span, and objects are idle");
    ++fetches_;
    for (std::size_t i = 0; i != got; ++i) Took(objects[i]);
    return true;
  }
  bool FetchWithoutPages(int) {
    if (LentCount() == kMostObjects) return false;
    Say("source.maps_left = 0;");
    Say("count += list.Fetch(objects + count, 1);");
    Say("source.maps_left = LimitedPages::kMaxMaps;");
    HasMemory(false);
    const auto [got, objects] = FetchNow(1);
    HasMemory(true);
    if (got == 0) return true;
    ++fetches_;
    Took(objects[0]);
    return true;
  }

  // The newest, the oldest, the 8 newest.
  bool Release(int which) {
    if (!GiveBack(which, "Release")) return false;
    In(
        [](auto& list, const Row& given, std::size_t count) {
          Row row = given;
          list->Release(row.data(), count);
        },
        list_, RowOf(given_), given_.size());
    Expect(Allocations() == 0, "", "it allocates");
    ++releases_;
    for (void* const object : given_) idle_.insert(AddressOf(object));
    return true;
  }
  bool Reclaim(int which) {
    if (!GiveBack(which, "Reclaim")) return false;
    const void* const object = given_[0];
    const bool is_unused = given_.size() == 1 && WasCarvedAlone(object);
    const std::vector<std::byte> content = BytesAt(object, bytes_);
    In(
        [](auto& list, const Row& given, std::size_t count) {
          Row row = given;
          list->Reclaim(row.data(), count);
        },
        list_, RowOf(given_), given_.size());
    Expect(!is_unused || BytesAt(object, bytes_) == content, "",
           "it writes to an object that was carved last");
    Reclaimed();
    return true;
  }
  bool Flush(int) {
    Say("list.Flush();");
    In([](auto& list) { list->Flush(); }, list_);
    Reclaimed();
    return true;
  }

  void Check() {
    const CentralFreeList::Statistics got = Statistics();
    ExpectEqual("list.GetStatistics().objects_out", got.objects_out,
                LentCount());
    ExpectEqual("list.GetStatistics().fetches", got.fetches, fetches_);
    ExpectEqual("list.GetStatistics().releases", got.releases, releases_);
    const bool has_buffered =
        Ask([](auto& list) { return list->HasBuffered(); }, list_);
    ExpectEqual("list.HasBuffered()", has_buffered, got.objects_buffered != 0);
    Expect(got.objects_buffered <= idle_.size(), "", got.objects_buffered,
           " objects are buffered; ", idle_.size(), " came back");
    // Which ones went to their spans does not show.
    if (got.objects_buffered != idle_.size()) knows_all_ = false;
    if (!knows_all_) return;
    std::set<std::uintptr_t> spans;
    for (const auto object : idle_) spans.insert(of_[object]);
    for (const auto& [object, span] : of_) {
      if (IsLent(object)) spans.insert(span);
    }
    ExpectEqual("list.GetStatistics().spans", got.spans, spans.size());
    Expect(!spans.empty() || InUse() == 0, "",
           "all objects are back, and the span is not");
  }

  bool CanEnd() const { return true; }
  void End() {
    In(
        [](auto& list, auto& heap, auto& map) {
          list.End();
          heap.End();
          map.End();
        },
        list_, heap_, map_);
  }

  static constexpr CallKind<CentralFreeListCase> kCalls[] = {
      {3, &CentralFreeListCase::Fetch},
      {3, &CentralFreeListCase::Release},
      {3, &CentralFreeListCase::Reclaim},
      {1, &CentralFreeListCase::Flush},
      {1, &CentralFreeListCase::FetchWithoutPages, 2},
  };

 private:
  using Row = std::array<void*, kMostObjects>;
  static Row RowOf(const std::vector<void*>& objects) {
    Row row{};
    std::copy(objects.begin(), objects.end(), row.begin());
    return row;
  }
  std::pair<std::size_t, Row> FetchNow(std::size_t wanted) {
    return Ask(
        [](auto& list, std::size_t count) {
          Row row{};
          const std::size_t fetched = list->Fetch(row.data(), count);
          return std::pair(fetched, row);
        },
        list_, wanted);
  }
  void HasMemory(bool has_memory) {
    Aside([](auto& source, bool has) { source->has_memory = has; }, source_,
          has_memory);
  }

  static std::uintptr_t AddressOf(const void* object) {
    return reinterpret_cast<std::uintptr_t>(object);
  }
  bool IsLent(std::uintptr_t object) const {
    for (std::size_t k = 0; k != LentCount(); ++k) {
      if (AddressOf(Newest(k).begin) == object) return true;
    }
    return false;
  }
  CentralFreeList::Statistics Statistics() {
    CentralFreeList::Statistics got;
    std::tie(got.objects_out, got.fetches, got.releases, got.objects_buffered,
             got.spans, got.span_allocations) =
        Ask(
            [](auto& list) {
              const CentralFreeList::Statistics now = list->GetStatistics();
              return std::tuple(now.objects_out, now.fetches, now.releases,
                                now.objects_buffered, now.spans,
                                now.span_allocations);
            },
            list_);
    return got;
  }
  std::size_t InUse() {
    return Ask([](auto& heap) { return heap->GetStatistics().in_use_bytes; },
               heap_);
  }

  void Took(void* object) {
    const std::string name = Text("objects[", LentCount(), "]");
    const auto [is_small, start, span_bytes] = Ask(
        [](auto& map, void* of) {
          const Span* const span = map->SpanOf(of);
          const bool small =
              span != nullptr && span->state == Span::State::kSmall;
          return std::tuple<bool, std::uintptr_t, std::size_t>(
              small, small ? span->Start() : 0, small ? span->Bytes() : 0);
        },
        map_, object);
    Expect(is_small, "", name, " is in no span of small objects");
    const std::uintptr_t address = AddressOf(object);
    Expect((address - start) % bytes_ == 0 &&
               address - start + bytes_ <= span_bytes,
           "", name, " is no object of its span");
    const bool is_new = written_.insert(address).second;
    if (is_new) {
      const bool is_clean = Aside(
          [](const std::byte* begin, std::size_t bytes) {
            return begin[0] == std::byte{0} && begin[bytes - 1] == std::byte{0};
          },
          static_cast<const std::byte*>(object), bytes_);
      Expect(is_clean, "", name, " was written to before anyone had it");
    }
    Lend(name, object, bytes_, 8);
    idle_.erase(address);
    of_[address] = start;
    capacity_[start] = span_bytes / bytes_;
  }

  // Takes the objects of a call out of what is lent, and says the call.
  bool GiveBack(int which, const std::string& call) {
    const std::size_t count = which == 2 ? 8 : 1;
    if (LentCount() < count || (which == 1 && LentCount() == 1)) return false;
    if (which == 1) {
      Say("list.", call, "(objects, 1);");
      Say("std::copy(objects + 1, objects + count--, objects);");
    } else {
      Say("count -= ", count, ";");
      Say("list.", call, "(objects + count, ", count, ");");
    }
    given_.clear();
    for (std::size_t i = 0; i != count; ++i) {
      const std::size_t k = which == 1 ? LentCount() - 1 : 0;
      given_.insert(given_.begin(), Newest(k).begin);
      Return(k);
    }
    return true;
  }

  // Whether no other object of its span was ever handed out.
  bool WasCarvedAlone(const void* object) const {
    const std::uintptr_t span = of_.at(AddressOf(object));
    return std::count_if(of_.begin(), of_.end(), [span](const auto& known) {
             return known.second == span;
           }) == 1;
  }

  // What is back in its span; of a span without any other there is no trace.
  void Reclaimed() {
    ExpectEqual("list.GetStatistics().objects_buffered",
                Statistics().objects_buffered, 0);
    idle_.clear();
    knows_all_ = true;
    std::set<std::uintptr_t> in_use;
    for (const auto& [object, span] : of_) {
      if (IsLent(object)) in_use.insert(span);
    }
    std::erase_if(of_, [&](const auto& known) {
      return in_use.count(known.second) == 0;
    });
    std::erase_if(capacity_, [&](const auto& known) {
      return in_use.count(known.first) == 0;
    });
  }

  // Whether a span or the buffer has an object to give.
  bool HasIdle() const {
    std::size_t objects = 0;
    for (const auto& [span, capacity] : capacity_) objects += capacity;
    return objects > LentCount();
  }

  Fixture<CasePages> source_;
  Object<PageMap> map_;
  Object<PageHeap> heap_;
  Object<CentralFreeList> list_;
  std::size_t class_ = 0;
  std::size_t bytes_ = 0;
  std::vector<void*> given_;  // in the last Release or Reclaim
  // The model.
  std::set<std::uintptr_t> idle_;                   // released since
  std::set<std::uintptr_t> written_;                // by its first owner
  std::map<std::uintptr_t, std::uintptr_t> of_;     // object -> span
  std::map<std::uintptr_t, std::size_t> capacity_;  // of each span
  bool knows_all_ = true;
  std::uint64_t fetches_ = 0;
  std::uint64_t releases_ = 0;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(CentralFreeListCase, "01_01/central_free_list.h", "")
