// SPDX-License-Identifier: Apache-2.0

// What CacheShard promises, call by call, with its own order, LRU, which is
// exact: see tools/support/history.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "04_04/cache_shard.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

constexpr std::size_t kEntries = 3;  // that the budget holds
constexpr std::string_view kKeys[] = {"a", "b", "c", "d"};
constexpr std::string_view kShort = "01234567";
constexpr std::string_view kLong = "0123456789";

// Other keys have no hash whose last three bits are those of the first.
constexpr std::uint64_t HashOf(std::uint64_t number) {
  const std::uint64_t low = number == 0 ? 0 : 1 + number % 7;
  return (number * 0x9E3779B97F4A7C15) << 3 | low;
}

constexpr char kPreamble[] = R"(
// Of keys with a number; the first has low bits of its own.
std::uint64_t hash(std::string_view key) {
  const auto number = static_cast<std::uint64_t>(key[0] - 'a');
  const std::uint64_t low = number == 0 ? 0 : 1 + number % 7;
  return (number * 0x9E3779B97F4A7C15) << 3 | low;
}

)";

class CacheShardCase : public Subject {
 public:
  static constexpr int kConfigs = 1;

  void Start(int) {
    const auto [fixed, entry] = Ask([] {
      const CacheShard probe(1000);
      return std::pair(probe.FixedBytes(),
                       CacheShard::EntryBytes(kKeys[0], kShort));
    });
    budget_ = fixed + kEntries * entry;
    Say("CacheShard cache(", budget_, ");  // ", kEntries, " entries");
    fixed_ = Ask(
        [](auto& cache, std::size_t budget) {
          cache.Make(budget);
          return cache->FixedBytes();
        },
        cache_, budget_);
  }

  bool Put(int key) {
    const auto index = static_cast<std::size_t>(key);
    Say("cache.Put(hash(\"", kKeys[index], "\"), \"", kKeys[index], "\", \"",
        kShort, "\");");
    PutNow(index, kKeys[index], kShort);
    return true;
  }
  bool PutLonger(int) {
    const auto found = Find(kKeys[0]);
    if (found != model_.end() && found->value == kLong) return false;
    Say("cache.Put(hash(\"a\"), \"a\", \"", kLong, "\");");
    PutNow(0, kKeys[0], kLong);
    return true;
  }
  bool PutTooLarge(int) {
    const std::string value(budget_, 'x');
    Say("cache.Put(hash(\"a\"), \"a\", std::string(", budget_, ", 'x'));");
    bool stored = true;
    In(
        &stored,
        [](auto& cache, std::string_view large) {
          return cache->Put(HashOf(0), kKeys[0], large);
        },
        cache_, std::string_view(value));
    Expect(!stored, "", "Put returns true, and the value is larger than all");
    ++refused_;
    Forget(kKeys[0]);
    return true;
  }

  bool Get(int key) {
    const auto index = static_cast<std::size_t>(key);
    Say("cache.Get(hash(\"", kKeys[index], "\"), \"", kKeys[index], "\");");
    const std::optional<std::string_view> value = Ask(
        [](auto& cache, std::size_t i) -> std::optional<std::string_view> {
          return cache->Get(HashOf(i), kKeys[i]);
        },
        cache_, index);
    Expect(Allocations() == 0, "", "Get allocates");
    const auto found = Find(kKeys[index]);
    const bool should_be = found != model_.end();
    Expect(!should_be || value.has_value(), "", kKeys[index],
           " is not there any more");
    Expect(should_be || !value.has_value(), "", kKeys[index],
           " is there, and was evicted or never put");
    ++(value ? hits_ : misses_);
    if (!value) return true;
    Expect(found != model_.end(), "", kKeys[index],
           " has a value, and none "
           "was put");
    Expect(*value == found->value, "", "the value of ", kKeys[index], " is \"",
           *value, "\"; expected \"", found->value, "\"");
    std::rotate(found, found + 1, model_.end());
    return true;
  }

  bool Erase(int) {
    Say("cache.Erase(hash(\"a\"), \"a\");");
    const bool is_there = Find(kKeys[0]) != model_.end();
    const bool erased = Ask(
        [](auto& cache) { return cache->Erase(HashOf(0), kKeys[0]); }, cache_);
    Expect(erased == is_there, "",
           is_there ? "Erase returns false, and the key is there"
                    : "Erase returns true, and the key is not there");
    Forget(kKeys[0]);
    return true;
  }

  void Check() {
    CacheStatistics got;
    std::size_t used = 0;
    std::tie(got.hits, got.misses, got.refused, got.entries, got.evictions,
             used) =
        Ask(
            [](auto& cache) {
              const CacheStatistics now = cache->Statistics();
              return std::tuple(now.hits, now.misses, now.refused, now.entries,
                                now.evictions, cache->UsedBytes());
            },
            cache_);
    Expect(used <= budget_, "", "cache.UsedBytes() is ", used,
           ", more than the budget of ", budget_);
    ExpectEqual("cache.UsedBytes()", used, arena.LiveBytes());
    ExpectEqual("cache.Statistics().hits", got.hits, hits_);
    ExpectEqual("cache.Statistics().misses", got.misses, misses_);
    ExpectEqual("cache.Statistics().refused", got.refused, refused_);
    ExpectEqual("cache.Statistics().entries", got.entries, model_.size());
    ExpectEqual("cache.Statistics().evictions", got.evictions, evictions_);
  }

  bool CanEnd() const { return true; }
  void End() {
    In([](auto& cache) { cache.End(); }, cache_);
  }

  static constexpr CallKind<CacheShardCase> kCalls[] = {
      {4, &CacheShardCase::Put},         {2, &CacheShardCase::Get},
      {1, &CacheShardCase::Erase},       {1, &CacheShardCase::PutLonger},
      {1, &CacheShardCase::PutTooLarge},
  };

 private:
  struct Entry {
    std::string key;
    std::string value;
    std::size_t bytes;
  };
  std::vector<Entry>::iterator Find(std::string_view key) {
    return std::find_if(model_.begin(), model_.end(),
                        [key](const Entry& entry) { return entry.key == key; });
  }

  void Forget(std::string_view key) {
    const auto found = Find(key);
    if (found != model_.end()) model_.erase(found);
  }

  void PutNow(std::uint64_t number, const std::string_view key,
              std::string_view value) {
    bool stored = false;
    In(
        &stored,
        [](auto& cache, std::uint64_t hash, std::string_view name,
           std::string_view content) {
          return cache->Put(hash, name, content);
        },
        cache_, HashOf(number), key, value);
    Expect(stored, "", "Put returns false, and the value fits");
    Expect(Allocations() <= 1, "", "Put makes ", Allocations(), " allocations");
    const std::size_t bytes = Ask(
        [](std::string_view name, std::string_view content) {
          return CacheShard::EntryBytes(name, content);
        },
        key, value);
    Forget(key);
    std::size_t used = fixed_ + bytes;
    for (const Entry& entry : model_) used += entry.bytes;
    while (used > budget_) {
      used -= model_.front().bytes;
      model_.erase(model_.begin());
      ++evictions_;
    }
    model_.push_back({std::string(key), std::string(value), bytes});
  }

  Object<CacheShard> cache_;
  std::size_t budget_ = 0;
  std::size_t fixed_ = 0;
  // The model: exactly what is there, the oldest first.
  std::vector<Entry> model_;
  std::uint64_t hits_ = 0;
  std::uint64_t misses_ = 0;
  std::uint64_t refused_ = 0;
  std::uint64_t evictions_ = 0;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(CacheShardCase, "04_04/cache_shard.h", kPreamble)
