// SPDX-License-Identifier: Apache-2.0

// What a CacheShard promises whose order is S3FifoOrder, call by call: see
// tools/support/history. What was asked for again outlives a scan, and so does
// what comes back soon after it left.
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
#include "04_04/s3_fifo.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

constexpr std::size_t kEntries = 12;  // that the budget holds
constexpr std::string_view kKeys[] = {"a", "b", "c", "d"};
constexpr std::string_view kShort = "01234567";
constexpr std::string_view kLong = "0123456789";
constexpr std::size_t kScanned = 12;

// Other keys have no hash whose last three bits are those of the first.
constexpr std::uint64_t HashOf(std::uint64_t number) {
  const std::uint64_t low = number == 0 ? 0 : 1 + number % 7;
  return (number * 0x9E3779B97F4A7C15) << 3 | low;
}

constexpr char kPreamble[] = R"(
#include "04_04/cache_shard.h"

// Of keys with a number; the first has low bits of its own.
std::uint64_t hash(std::string_view key) {
  const auto number = static_cast<std::uint64_t>(key[0] - 'a');
  const std::uint64_t low = number == 0 ? 0 : 1 + number % 7;
  return (number * 0x9E3779B97F4A7C15) << 3 | low;
}
void Scan(CacheShard& cache, std::uint64_t from) {
  for (std::uint64_t number = from; number != from + 12; ++number) {
    const std::uint64_t hash =
        (number * 0x9E3779B97F4A7C15) << 3 | (1 + number % 7);
    cache.Put(hash, "s" + std::to_string(number), "1234567");
  }
}

)";

class S3FifoCase : public Subject {
 public:
  static constexpr int kConfigs = 1;

  void Start(int) {
    const auto [fixed, entry] = Ask([] {
      S3FifoOrder order;
      const CacheShard probe(1000, 128, &order);
      return std::pair(probe.FixedBytes(),
                       CacheShard::EntryBytes(kKeys[0], kShort));
    });
    budget_ = fixed + kEntries * entry;
    Say("S3FifoOrder order;");
    Say("CacheShard cache(", budget_, ", 128, &order);  // ", kEntries,
        " entries");
    In(
        [](auto& order, auto& cache, std::size_t budget) {
          order.Make();
          cache.Make(budget, std::size_t{128}, &*order);
        },
        order_, cache_, budget_);
  }

  bool Put(int key) {
    const auto index = static_cast<std::size_t>(key);
    Say("cache.Put(hash(\"", kKeys[index], "\"), \"", kKeys[index], "\", \"",
        kShort, "\");");
    PutNow(index, kKeys[index], kShort);
    return true;
  }
  bool PutLonger(int) {
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
    const bool should_be =
        index == 0 && (first_ == First::kUsed || first_ == First::kMain);
    Expect(!should_be || value.has_value(), "", kKeys[index],
           " is not there any more");
    ++(value ? hits_ : misses_);
    if (!value) return true;
    Expect(found != model_.end(), "", kKeys[index],
           " has a value, and none "
           "was put");
    Expect(*value == found->value, "", "the value of ", kKeys[index], " is \"",
           *value, "\"; expected \"", found->value, "\"");
    if (index == 0 && first_ == First::kSmall) first_ = First::kUsed;
    return true;
  }

  bool Erase(int) {
    Say("cache.Erase(hash(\"a\"), \"a\");");
    In([](auto& cache) { cache->Erase(HashOf(0), kKeys[0]); }, cache_);
    Forget(kKeys[0]);
    return true;
  }

  // As many new keys as the budget holds, which are not asked for again.
  bool Scan(int) {
    Say("Scan(cache, ", 10 + scanned_, ");  // ", kScanned,
        " keys that are put once");
    for (std::size_t i = 0; i != kScanned; ++i) {
      const std::size_t number = 10 + scanned_++;
      PutNow(number, "s" + std::to_string(number), kShort.substr(1));
    }
    if (first_ == First::kUsed) {
      first_ = First::kMain;
    } else if (first_ != First::kMain) {
      const bool has_left = first_ == First::kSmall;
      first_ = has_left ? First::kGhost : First::kUnknown;
    }
    return true;
  }

  void Check() {
    CacheStatistics got;
    std::size_t used = 0;
    std::tie(got.hits, got.misses, got.refused, used) = Ask(
        [](auto& cache) {
          const CacheStatistics now = cache->Statistics();
          return std::tuple(now.hits, now.misses, now.refused,
                            cache->UsedBytes());
        },
        cache_);
    Expect(used <= budget_, "", "cache.UsedBytes() is ", used,
           ", more than the budget of ", budget_);
    ExpectEqual("cache.UsedBytes()", used, arena.LiveBytes());
    ExpectEqual("cache.Statistics().hits", got.hits, hits_);
    ExpectEqual("cache.Statistics().misses", got.misses, misses_);
    ExpectEqual("cache.Statistics().refused", got.refused, refused_);
  }

  bool CanEnd() const { return true; }
  void End() {
    In(
        [](auto& order, auto& cache) {
          cache.End();
          order.End();
        },
        order_, cache_);
  }

  static constexpr CallKind<S3FifoCase> kCalls[] = {
      {4, &S3FifoCase::Put},       {2, &S3FifoCase::Get},
      {1, &S3FifoCase::Scan, 2},   {1, &S3FifoCase::Erase},
      {1, &S3FifoCase::PutLonger}, {1, &S3FifoCase::PutTooLarge},
  };

 private:
  struct Entry {
    std::string key;
    std::string value;
  };
  // How the first key stands with S3-FIFO.
  enum class First { kUnknown, kSmall, kUsed, kGhost, kMain };

  std::vector<Entry>::iterator Find(std::string_view key) {
    return std::find_if(model_.begin(), model_.end(),
                        [key](const Entry& entry) { return entry.key == key; });
  }

  void Forget(std::string_view key) {
    const auto found = Find(key);
    if (found != model_.end()) model_.erase(found);
    if (key == kKeys[0]) first_ = First::kUnknown;
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
    const First first = first_;
    const bool was_known = Find(key) != model_.end();
    Forget(key);
    if (key == kKeys[0]) {
      first_ = first == First::kGhost ? First::kMain
               : was_known            ? First::kUnknown
                                      : First::kSmall;
    } else {
      first_ = first;
    }
    model_.push_back({std::string(key), std::string(value)});
  }

  Object<S3FifoOrder> order_;
  Object<CacheShard> cache_;
  std::size_t budget_ = 0;
  std::size_t scanned_ = 0;
  // The model: what may be there.
  std::vector<Entry> model_;
  First first_ = First::kUnknown;
  std::uint64_t hits_ = 0;
  std::uint64_t misses_ = 0;
  std::uint64_t refused_ = 0;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(S3FifoCase, "04_04/s3_fifo.h", kPreamble)
