// SPDX-License-Identifier: Apache-2.0

// What ThreadCache promises, call by call: see tools/support/history.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "01_01/thread_cache.h"
#include "exercises/01_01/testing/case_pages.h"
#include "exercises/01_01/testing/go_classes.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

// Two, 64 and 1,024 of them fit a cache; a batch has 2, 8 and 64.
constexpr std::size_t kSizes[] = {32768, 1024, 64};
constexpr std::size_t kMany = 20;

constexpr char kPreamble[] =
    R"(#include "exercises/01_01/testing/go_classes.h"

// As an allocator uses it.
void* Allocate(ThreadCache& cache, std::size_t number) {
  void* const object = cache.Pop(number);
  return object != nullptr ? object : cache.Refill(number);
}
void Free(ThreadCache& cache, std::size_t number, void* object) {
  if (!cache.Push(number, object)) cache.Overflow(number, object);
}
void UseMany(ThreadCache& cache, std::size_t number, std::size_t count) {
  std::vector<void*> objects(count);
  for (void*& object : objects) object = Allocate(cache, number);
  for (void* object : objects) Free(cache, number, object);
}
void UseEachClass(ThreadCache& cache) {
  for (std::size_t i = 1; i != kClassCount; ++i) {
    UseMany(cache, i, CacheRoom::CapacityOf(kGoClasses[i].size_bytes));
  }
}

)";

class ThreadCacheCase : public Subject {
 public:
  static constexpr int kConfigs = 1;
  static constexpr std::uint64_t kHistories = 3000;  // each makes 1 MiB

  void Start(int) {
    Say("LimitedPages source;");
    Say("auto map = std::make_unique<PageMap>();");
    Say("PageHeap heap(source, *map);");
    Say("std::array<CentralFreeList, kClassCount> central;");
    Say("for (std::size_t i = 1; i != kClassCount; ++i) "
        "central[i].Init(i, kGoClasses[i], heap, *map);");
    Say("std::vector<void*> slots(CacheRoom::SlotBytes(kGoClasses.data()) / "
        "8);");
    Say("ThreadCache cache;");
    Say("cache.SetUp(kGoClasses.data(), central.data(), heap, slots.data());");
    In(
        [](auto& map, auto& heap, auto& central, auto& cache, auto& source) {
          map.Make();
          heap.Make(*source, *map);
          central.Make();
          for (std::size_t i = 1; i != kClassCount; ++i) {
            (*central)[i].Init(i, kGoClasses[i], *heap, *map);
          }
          auto** const slots = static_cast<void**>(
              heap->AllocateMetadata(CacheRoom::SlotBytes(kGoClasses.data())));
          cache.Make();
          cache->SetUp(kGoClasses.data(), central->data(), *heap, slots);
        },
        map_, heap_, central_, cache_, source_);
    for (std::size_t i = 0; i != std::size(kSizes); ++i) {
      classes_of_[i] = static_cast<std::size_t>(
          std::find_if(kGoClasses.begin(), kGoClasses.end(),
                       [i](const SizeClass& entry) {
                         return entry.size_bytes == kSizes[i];
                       }) -
          kGoClasses.begin());
    }
    BlocksAreElsewhere();
    Draw("cache", cache_);
  }

  bool Allocate(int which) {
    if (LentCount() == 20) return false;
    const std::size_t number = classes_of_[static_cast<std::size_t>(which)];
    const std::size_t bytes = kGoClasses[number].size_bytes;
    const std::string name = NewName();
    Say("void* ", name, " = Allocate(cache, ", number, ");  // of ", bytes,
        " bytes");
    void* object = Ask([](auto& cache, std::size_t i) { return cache->Pop(i); },
                       cache_, number);
    const bool had_one = Cached(number) != 0;
    Expect((object != nullptr) == had_one, "",
           had_one ? "Pop finds nothing, and an object is cached"
                   : "Pop finds an object, and none is cached");
    if (object == nullptr) object = Refill(number);
    Expect(object != nullptr, name + " != nullptr", name, " is nullptr");
    Lend(name, object, bytes, 8);
    ++lent_[number];
    of_.push_back(number);
    return true;
  }

  // The k-th newest.
  bool Free(int k) {
    const auto index = static_cast<std::size_t>(k);
    if (LentCount() <= index) return false;
    const Block block = Newest(index);
    const auto at = of_.end() - 1 - k;
    const std::size_t number = *at;
    Say("Free(cache, ", number, ", ", block.name, ");");
    of_.erase(at);
    Return(index);
    const bool pushed =
        Ask([](auto& cache, std::size_t i,
               std::byte* begin) { return cache->Push(i, begin); },
            cache_, number, block.begin);
    const std::size_t limit = LimitBytes();
    if (!pushed) {
      In([](auto& cache, std::size_t i,
            std::byte* begin) { cache->Overflow(i, begin); },
         cache_, number, block.begin);
      const std::size_t size_bytes = kGoClasses[number].size_bytes;
      const std::size_t batch = BatchObjects(size_bytes);
      const bool may_rise = is_calm_ && Limit(number) + batch <=
                                            CacheRoom::CapacityOf(size_bytes);
      if (may_rise) limits_[number] += batch;
      Expect(!may_rise || LimitBytes() == limit + batch * size_bytes, "",
             "there was no room for ", block.name,
             ", and the limit does not rise by a batch");
    }
    --lent_[number];
    return true;
  }

  // Objects of one class, more than a batch of them.
  bool UseMany(int) {
    const std::size_t number = classes_of_[1];
    const std::size_t size_bytes = kGoClasses[number].size_bytes;
    Say("UseMany(cache, ", number, ", ", kMany, ");  // of ", size_bytes,
        " bytes");
    const std::size_t limit = LimitBytes();
    Use(number, kMany);
    if (!is_calm_) return true;
    const std::size_t cached = Cached(number);
    Expect(cached >= kMany, "", kMany, " objects came back, and ", cached,
           " are cached: its limit does not rise to hold what is used");
    limits_[number] += (LimitBytes() - limit) / size_bytes;
    return true;
  }

  bool UseEachClass(int) {
    Say("UseEachClass(cache);");
    is_calm_ = false;
    uses_all_ = true;
    for (std::size_t i = 1; i != kClassCount; ++i) {
      Use(i, CacheRoom::CapacityOf(kGoClasses[i].size_bytes));
    }
    return true;
  }

  bool Flush(int) {
    Say("cache.Flush();");
    In([](auto& cache) { cache->Flush(); }, cache_);
    ExpectEqual("cache.CachedBytes()", CachedBytes(), 0);
    limits_.clear();
    is_calm_ = LimitBytes() == 0;
    return true;
  }
  bool GiveBack(int) {
    Say("cache.GiveBack();");
    const std::size_t limit = LimitBytes();
    const auto [footprint, is_due] = Ask(
        [](auto& cache, auto& heap) {
          cache->GiveBack();
          const std::size_t bytes = heap->FootprintBytes();
          return std::pair(bytes, cache->GiveBackIsDue());
        },
        cache_, heap_);
    Expect(CachedBytes() <= MayStayBytes(), "", "it holds ", CachedBytes(),
           " bytes; at most ", MayStayBytes(),
           " are of classes where no span can become free");
    ExpectEqual("cache.LimitBytes()", LimitBytes(), limit);
    Expect(footprint < ThreadCache::kGiveBackPart || !is_due,
           "!cache.GiveBackIsDue()", "it is due again at once");
    return true;
  }

  void Check() {
    std::size_t cached = 0;
    for (std::size_t i = 1; i != kClassCount; ++i) {
      const bool is_ours = std::find(classes_of_.begin(), classes_of_.end(),
                                     i) != classes_of_.end();
      if (!uses_all_ && !is_ours) continue;
      cached += Cached(i) * kGoClasses[i].size_bytes;
    }
    ExpectEqual("cache.CachedBytes()", CachedBytes(), cached);
    Expect(CachedBytes() <= LimitBytes(),
           "cache.CachedBytes() <= "
           "cache.LimitBytes()",
           CachedBytes(),
           " bytes are cached; the limits "
           "sum to ",
           LimitBytes());
    Expect(LimitBytes() <= CacheRoom::kMaxBytes,
           "cache.LimitBytes() <= CacheRoom::kMaxBytes", "the limits sum to ",
           LimitBytes(), " bytes; at most ", CacheRoom::kMaxBytes, " may be");
  }

  bool CanEnd() const { return true; }
  void End() {
    In(
        [](auto& cache, auto& central, auto& heap, auto& map) {
          cache.End();
          central.End();
          heap.End();
          map.End();
        },
        cache_, central_, heap_, map_);
  }

  static constexpr CallKind<ThreadCacheCase> kCalls[] = {
      {3, &ThreadCacheCase::Allocate},   {3, &ThreadCacheCase::Free},
      {1, &ThreadCacheCase::Flush},      {1, &ThreadCacheCase::GiveBack},
      {1, &ThreadCacheCase::UseMany, 2}, {1, &ThreadCacheCase::UseEachClass, 2},
  };

 private:
  // Takes objects of a class, and then gives all back.
  void Use(std::size_t number, std::size_t count) {
    std::size_t got = 0;
    In(
        &got,
        [](auto& cache, auto& objects, std::size_t i, std::size_t most) {
          for (std::size_t k = 0; k != most; ++k) {
            void*& object = (*objects)[k];
            object = cache->Pop(i);
            if (object == nullptr) object = cache->Refill(i);
            if (object == nullptr) return k;
          }
          return most;
        },
        cache_, objects_, number, count);
    std::size_t allocations = Allocations();
    Expect(got == count, "", "it has only ", got, " of ", count,
           " objects of class ", number, ", and there are pages");
    In(
        [](auto& cache, auto& objects, std::size_t i, std::size_t most) {
          for (std::size_t k = 0; k != most; ++k) {
            if (cache->Push(i, (*objects)[k])) continue;
            cache->Overflow(i, (*objects)[k]);
          }
        },
        cache_, objects_, number, count);
    allocations += Allocations();
    Expect(allocations == 0, "", "it allocates");
  }

  std::size_t CachedBytes() {
    return Ask([](auto& cache) { return cache->CachedBytes(); }, cache_);
  }
  std::size_t LimitBytes() {
    return Ask([](auto& cache) { return cache->LimitBytes(); }, cache_);
  }
  std::size_t Limit(std::size_t number) { return limits_[number]; }
  CentralFreeList::Statistics Central(std::size_t number) {
    CentralFreeList::Statistics got;
    std::tie(got.objects_out, got.spans, got.objects_buffered) = Ask(
        [](auto& central, std::size_t i) {
          const CentralFreeList::Statistics now = (*central)[i].GetStatistics();
          return std::tuple(now.objects_out, now.spans, now.objects_buffered);
        },
        central_, number);
    return got;
  }
  // What is out of the centre and not lent is in the cache.
  std::size_t Cached(std::size_t number) {
    const auto found = lent_.find(number);
    return Central(number).objects_out -
           (found == lent_.end() ? 0 : found->second);
  }

  // Of classes whose one span can't become free: an object of it is lent.
  std::size_t MayStayBytes(std::size_t but_of = 0) {
    std::size_t bytes = 0;
    for (const auto& [number, lent] : lent_) {
      if (number == but_of || lent == 0 || Central(number).spans != 1) continue;
      bytes += Cached(number) * kGoClasses[number].size_bytes;
    }
    return bytes;
  }

  void* Refill(std::size_t number) {
    const std::size_t size_bytes = kGoClasses[number].size_bytes;
    const std::size_t batch = BatchObjects(size_bytes);
    const CentralFreeList::Statistics before = Central(number);
    const auto [is_due, had, object, has] = Ask(
        [](auto& cache, auto& heap, std::size_t i) {
          const bool due = cache->GiveBackIsDue();
          const std::size_t bytes = heap->FootprintBytes();
          void* const refilled = cache->Refill(i);
          return std::tuple(due, bytes, refilled, heap->FootprintBytes());
        },
        cache_, heap_, number);
    const CentralFreeList::Statistics after = Central(number);
    const std::size_t got = after.objects_out - before.objects_out;
    // With none left in the centre, a new span gives what it has.
    const std::size_t of_a_span = (after.spans <= CentralFreeList::kSmallSpans
                                       ? PagesFor(size_bytes) * kPageBytes
                                       : kGoClasses[number].SpanBytes()) /
                                  size_bytes;
    Expect(before.spans != 0 || got == std::min(batch, of_a_span), "",
           "it takes ", got, " objects from the centre; expected ",
           std::min(batch, of_a_span));
    Expect(before.objects_buffered < batch || got == batch, "", "it takes ",
           got, " objects from the centre; a batch of ", batch,
           " is buffered there");
    const std::size_t kept = (got == 0 ? 0 : got - 1) * size_bytes;
    Expect(
        !is_due || has <= had || CachedBytes() <= kept + MayStayBytes(number),
        "", "the footprint grows, and the cache holds ", CachedBytes(),
        " idle bytes that were due to be given back");
    std::size_t& limit = limits_[number];
    limit = std::max(limit, std::min(batch, CacheRoom::CapacityOf(size_bytes)));
    return object;
  }

  Fixture<CasePages> source_;
  Fixture<std::array<void*, 1024>> objects_;
  Object<PageMap> map_;
  Object<PageHeap> heap_;
  Object<std::array<CentralFreeList, kClassCount>> central_;
  Object<ThreadCache> cache_;
  std::array<std::size_t, std::size(kSizes)> classes_of_{};
  // The model.
  std::map<std::size_t, std::size_t> lent_;    // objects of each class
  std::map<std::size_t, std::size_t> limits_;  // while the cache is calm
  std::vector<std::size_t> of_;                // class of each that is lent
  bool uses_all_ = false;                      // and not two classes only
  bool is_calm_ = true;  // the limits are far from their bound
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(ThreadCacheCase, "01_01/thread_cache.h", kPreamble)
