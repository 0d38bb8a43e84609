// SPDX-License-Identifier: Apache-2.0

// What MemoryCache promises, call by call: see tools/support/history. Which
// shard has a key is open, and so is what leaves it.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "04_04/memory_cache.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

constexpr std::size_t kShards = 4;
constexpr std::size_t kBudgetBytes = 16384;
constexpr std::size_t kMany = 100;
constexpr std::string_view kKeys[] = {"a", "b"};
constexpr std::string_view kValue = "a value";

class MemoryCacheCase : public Subject {
 public:
  static constexpr int kConfigs = 1;
  static constexpr std::uint64_t kHistories = 4000;  // each has four tables

  void Start(int) {
    Say("MemoryCache cache({.budget_bytes = ", kBudgetBytes,
        ", .shard_count = ", kShards, "});");
    Say("std::string value;");
    In(
        [](auto& cache) {
          MemoryCacheOptions options;
          options.budget_bytes = kBudgetBytes;
          options.shard_count = kShards;
          cache.Make(options);
        },
        cache_);
    Draw("cache", cache_);
  }

  bool Put(int which) {
    const std::string_view key = kKeys[which];
    Say("cache.Put(\"", key, "\", \"", kValue, "\");");
    PutNow(key, kValue);
    return true;
  }
  // A shard has a fourth of the budget, and its tables.
  bool PutTooLarge(int) {
    const std::string value(kBudgetBytes / kShards, 'x');
    Say("cache.Put(\"a\", std::string(", value.size(), ", 'x'));");
    bool stored = true;
    In(
        &stored,
        [](auto& cache, std::string_view large) {
          return cache->Put(kKeys[0], large);
        },
        cache_, std::string_view(value));
    Expect(!stored, "", "Put returns true, and no shard can hold the value");
    known_.erase("a");
    return true;
  }
  // More than the budget holds.
  bool PutMany(int) {
    if (many_ == 3) return false;  // the heap of a case has 1,024 pieces
    ++many_;
    Say("for (int i = 0; i != ", kMany, "; ++i) cache.Put(std::to_string(i), ",
        "std::string(300, 'm'));");
    const std::string value(300, 'm');
    for (std::size_t i = 0; i != kMany; ++i) PutNow(std::to_string(i), value);
    const std::size_t used =
        Ask([](auto& cache) { return cache->UsedBytes(); }, cache_);
    Expect(used > kBudgetBytes / 2, "", kMany,
           " keys use less than half of the budget");
    return true;
  }
  bool Get(int which) {
    const std::string_view key = kKeys[which];
    Say("cache.Get(\"", key, "\", value);");
    Aside([](auto& text) { *text = "as before, and long enough for any"; },
          value_);
    const bool found = Ask([](auto& cache, auto& text,
                              int i) { return cache->Get(kKeys[i], *text); },
                           cache_, value_, which);
    const std::string_view value =
        Aside([](auto& text) { return std::string_view(*text); }, value_);
    Expect(Allocations() == 0, "", "Get allocates, and the value has room");
    const auto known = known_.find(key);
    Expect(!found || known != known_.end(), "", key,
           " has a value, and none was put");
    Expect(found || was_full_ || known == known_.end(), "", key,
           " is not there, and there is room for all");
    Expect(value == (found ? std::string_view(known->second)
                           : "as before, and long enough for "
                             "any"),
           "", "the value of ", key, " is \"", value, "\"");
    ++(found ? hits_ : misses_);
    return true;
  }
  bool Erase(int) {
    Say("cache.Erase(\"a\");");
    const bool erased =
        Ask([](auto& cache) { return cache->Erase(kKeys[0]); }, cache_);
    const bool may = known_.count(kKeys[0]) != 0;
    Expect(!erased || may, "", "Erase returns true, and the key is not there");
    Expect(erased || !may || was_full_, "",
           "Erase returns false, and the key is there");
    known_.erase("a");
    return true;
  }

  void Check() {
    const auto [hits, misses, entries, used, budget] = Ask(
        [](auto& cache) {
          const CacheStatistics got = cache->Statistics();
          return std::tuple(got.hits, got.misses, got.entries,
                            cache->UsedBytes(), cache->BudgetBytes());
        },
        cache_);
    ExpectEqual("cache.BudgetBytes()", budget, kBudgetBytes);
    Expect(used <= budget, "cache.UsedBytes() <= cache.BudgetBytes()",
           "cache.UsedBytes() is ", used, ", more than the budget of ", budget);
    ExpectEqual("cache.Statistics().hits", hits, hits_);
    ExpectEqual("cache.Statistics().misses", misses, misses_);
    if (was_full_) return;
    ExpectEqual("cache.Statistics().entries", entries, known_.size());
  }

  bool CanEnd() const { return true; }
  void End() {
    In([](auto& cache) { cache.End(); }, cache_);
  }

  static constexpr CallKind<MemoryCacheCase> kCalls[] = {
      {2, &MemoryCacheCase::Put},        {2, &MemoryCacheCase::Get},
      {1, &MemoryCacheCase::Erase},      {1, &MemoryCacheCase::PutTooLarge},
      {1, &MemoryCacheCase::PutMany, 2},
  };

 private:
  void PutNow(std::string_view key, std::string_view value) {
    bool stored = false;
    In(
        &stored,
        [](auto& cache, std::string_view name, std::string_view content) {
          return cache->Put(name, content);
        },
        cache_, key, value);
    Expect(stored, "", "Put returns false, and a shard can hold the value");
    known_.insert_or_assign(std::string(key), std::string(value));
    if (known_.size() > 4) was_full_ = true;
  }

  Fixture<std::string> value_;
  Object<MemoryCache> cache_;
  int many_ = 0;  // calls of PutMany
  // The model.
  std::map<std::string, std::string, std::less<>> known_;  // what may be there
  bool was_full_ = false;  // then anything may have left
  std::uint64_t hits_ = 0;
  std::uint64_t misses_ = 0;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(MemoryCacheCase, "04_04/memory_cache.h", "")
