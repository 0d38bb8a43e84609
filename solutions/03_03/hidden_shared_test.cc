// SPDX-License-Identifier: Apache-2.0

// Strings that share and strings that do not, each beside a model of its
// contract. For grading: WORKBOOK_SEED chooses the walk, and a failure names
// the seed that repeats it.
#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "03_03/adaptive_count.h"
#include "03_03/rope.h"
#include "03_03/shared_string.h"
#include "03_03/small_string.h"
#include "exercises/03_03/testing/some_text.h"
#include "tools/exercise/testing/random_walk.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

TEST(Task4Hidden, HoldsTheBlocksThatItsOwnersNeed) {
  const SeedTrace trace;
  Random random(4);
  // A text, and which block it was taken of.
  struct Model {
    std::string text;
    int block = 0;
  };
  const AllocationScope scope;
  {
    std::vector<SharedString> strings(12);
    std::vector<Model> models(12);
    std::map<int, std::size_t> block_bytes;
    int next_block = 1;
    for (int step = 0; step < 20'000; ++step) {
      const std::size_t to = random.Below(12);
      const std::size_t from = random.Below(12);
      const std::size_t offset = random.Below(models[from].text.size() + 1);
      const std::size_t size = random.Below(60);
      switch (random.Below(5)) {
        case 0: {
          const std::string text = SomeText(random, 50);
          strings[to] = SharedString(text);
          models[to] = {text, text.empty() ? 0 : next_block};
          block_bytes[next_block++] = text.size();
          break;
        }
        case 1:
          strings[to] = strings[from];
          models[to] = models[from];
          break;
        case 2:
          strings[to] = strings[from].Substring(offset, size);
          models[to] = {models[from].text.substr(offset, size),
                        models[from].block};
          if (models[to].text.empty()) models[to].block = 0;
          break;
        case 3:
          if (to == from) break;
          strings[to] = std::move(strings[from]);
          models[to] = std::exchange(models[from], Model());
          break;
        default: {
          const std::size_t ratio = random.Between(1, 5);
          const std::size_t held = block_bytes[models[to].block];
          strings[to] = strings[to].Trimmed(ratio);
          if (held > ratio * models[to].text.size()) {
            models[to].block = next_block;
            block_bytes[next_block++] = models[to].text.size();
          }
        }
      }
      ASSERT_EQ(strings[to].view(), models[to].text);
      ASSERT_EQ(strings[from].view(), models[from].text);
      ASSERT_EQ(strings[to].HeldBytes(), block_bytes[models[to].block]);
    }
  }
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

TEST(Task5Hidden, RopesAreStrings) {
  const SeedTrace trace;
  Random random(5);
  const AllocationScope scope;
  {
    std::vector<Rope> ropes(8);
    std::vector<std::string> texts(8);
    for (int step = 0; step < 4000; ++step) {
      const std::size_t to = random.Below(8);
      const std::size_t a = random.Below(8);
      const std::size_t b = random.Below(8);
      if (random.Chance(20)) {
        texts[to] = SomeText(random, 400);
        ropes[to] = Rope(SharedString(texts[to]));
      } else if (random.Chance(60) &&
                 texts[a].size() + texts[b].size() < 9000) {
        texts[to] = texts[a] + texts[b];
        ropes[to] = Concat(ropes[a], ropes[b]);
      } else {
        const std::size_t offset = random.Below(texts[a].size() + 1);
        const std::size_t size = random.Below(texts[a].size() + 9);
        texts[to] = texts[a].substr(offset, size);
        ropes[to] = ropes[a].Substring(offset, size);
      }
      ASSERT_EQ(ropes[to].size(), texts[to].size());
      ASSERT_EQ(ropes[to].Flat(), texts[to]);
      if (texts[to].empty()) continue;
      const std::size_t at = random.Below(texts[to].size());
      ASSERT_EQ(ropes[to].At(at), texts[to][at]);
    }
  }
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

TEST(Task6Hidden, SmallStringsAreStrings) {
  const SeedTrace trace;
  Random random(6);
  const AllocationScope scope;
  {
    std::vector<SmallString> strings(10);
    std::vector<std::string> texts(10);
    for (int step = 0; step < 20'000; ++step) {
      const std::size_t to = random.Below(10);
      const std::size_t from = random.Below(10);
      if (random.Chance(40)) {
        texts[to] = SomeText(random, 50);
        strings[to] = SmallString(texts[to]);
      } else if (random.Chance(50)) {
        texts[to] = texts[from];
        strings[to] = strings[from];
      } else if (to != from) {
        texts[to] = std::exchange(texts[from], "");
        strings[to] = std::move(strings[from]);
      }
      for (const std::size_t i : {to, from}) {
        ASSERT_EQ(strings[i].view(), texts[i]);
        ASSERT_EQ(strings[i].c_str()[texts[i].size()], '\0');
      }
    }
  }
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

struct SometimesAlone {
  static inline bool is_alone = true;
  static bool IsSingleThreaded() { return is_alone; }
};

TEST(Task7Hidden, CountsThroughEveryChange) {
  const SeedTrace trace;
  Random random(7);
  for (int round = 0; round < 200; ++round) {
    AdaptiveCount<std::atomic<std::size_t>, SometimesAlone> count;
    std::size_t owners = 1;
    while (owners > 0) {
      SometimesAlone::is_alone = random.Chance(50);
      if (random.Chance(owners < 60 ? 48 : 10)) {
        count.Increment();
        ++owners;
      } else {
        ASSERT_EQ(count.Decrement(), --owners == 0);
      }
    }
  }
}

}  // namespace
}  // namespace workbook
