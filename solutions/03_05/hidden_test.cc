// SPDX-License-Identifier: Apache-2.0

// Random histories, each beside a model of its contract. For grading:
// WORKBOOK_SEED chooses the walk, and a failure names the seed that repeats it.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <map>
#include <memory>
#include <numeric>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "03_05/creation_sites.h"
#include "03_05/leak_diff.h"
#include "03_05/sessions.h"
#include "03_05/timer_queue.h"
#include "exercises/03_05/testing/process_watch.h"
#include "tools/exercise/testing/random_walk.h"

namespace workbook {
namespace {

// Six of twelve threads, and a few tasks and bytes.
Snapshot RandomSnapshot(Random& random) {
  std::array<int, 12> ids{};
  std::iota(ids.begin(), ids.end(), 1);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    std::swap(ids[i], ids[random.Between(i, ids.size() - 1)]);
  }
  return {ThreadIds{ids[0], ids[1], ids[2], ids[3], ids[4], ids[5]},
          static_cast<std::int64_t>(random.Below(4)),
          static_cast<std::int64_t>(random.Below(4))};
}

TEST(Task1Hidden, RandomSnapshotsDifferByTheirSets) {
  const SeedTrace trace;
  Random random(1);
  for (int round = 0; round < 500; ++round) {
    const Snapshot before = RandomSnapshot(random);
    const Snapshot after = random.Chance(30) ? before : RandomSnapshot(random);
    std::vector<int> fresh;
    for (const int id : after.threads) {
      if (std::count(before.threads.begin(), before.threads.end(), id) == 0) {
        fresh.push_back(id);
      }
    }
    const LeakDiff diff = DiffOf(before, after);
    ASSERT_EQ(diff.threads, fresh);
    ASSERT_EQ(diff.tasks, after.tasks - before.tasks);
    ASSERT_EQ(diff.live_bytes, after.live_bytes - before.live_bytes);
    ASSERT_EQ(diff.IsClean(), fresh.empty() && after.tasks <= before.tasks &&
                                  after.live_bytes <= before.live_bytes);
  }
}

TEST(Task2Hidden, WhoeverLetsGoFirstNothingIsLeft) {
  const SeedTrace trace;
  Random random(2);
  const ProcessWatch watch;
  const Snapshot before = watch.Take();
  for (int round = 0; round < 100; ++round) {
    std::vector<std::shared_ptr<void>> held;
    auto room = std::make_shared<Room>("lobby");
    held.push_back(room);
    for (std::size_t i = random.Below(4); i > 0; --i) {
      const auto connection = std::make_shared<Connection>();
      held.push_back(room->Join(connection));
      held.push_back(connection);
      ASSERT_TRUE(connection->Deliver("hello"));
    }
    room.reset();
    while (!held.empty()) {
      std::swap(held[random.Below(held.size())], held.back());
      held.pop_back();
    }
  }
  EXPECT_TRUE(DiffOf(before, watch.Take()).IsClean());
}

TEST(Task5Hidden, TimersAgreeWithASortedList) {
  const SeedTrace trace;
  Random random(5);
  for (int round = 0; round < 60; ++round) {
    TimerQueue timers;
    std::vector<int> called;
    std::map<std::pair<std::size_t, int>, TimerQueue::Id> model;
    std::size_t now = 0;
    for (int step = 0; step < 80; ++step) {
      const auto at = [](std::size_t second) {
        return TimerQueue::TimePoint(
            std::chrono::seconds(static_cast<int>(second)));
      };
      if (random.Chance(60)) {
        const std::size_t due = now + random.Below(10);
        model[{due, step}] =
            timers.Add(at(due), [&called, step] { called.push_back(step); });
      } else if (random.Chance(50) && !model.empty()) {
        auto it = model.begin();
        std::advance(it,
                     static_cast<std::ptrdiff_t>(random.Below(model.size())));
        ASSERT_TRUE(timers.Cancel(it->second));
        ASSERT_FALSE(timers.Cancel(it->second));
        model.erase(it);
      } else {
        now += random.Below(6);
        called.clear();
        std::vector<int> expected;
        while (!model.empty() && model.begin()->first.first <= now) {
          expected.push_back(model.begin()->first.second);
          model.erase(model.begin());
        }
        ASSERT_EQ(timers.RunDue(at(now)), expected.size());
        ASSERT_EQ(called, expected);
      }
      ASSERT_EQ(timers.Size(), model.size());
    }
  }
}

TEST(Task6Hidden, SumsAgreeWithAList) {
  const SeedTrace trace;
  Random random(6);
  const std::vector<std::string> files = {"a.cc", "b.cc", "c.cc"};
  CreationSites sites;
  std::map<CreationSites::Id, SiteTotal> model;
  for (int step = 0; step < 2000; ++step) {
    if (random.Chance(55) || model.empty()) {
      const Site site{random.Pick(files),
                      static_cast<int>(random.Between(1, 3))};
      const auto bytes = static_cast<std::int64_t>(random.Below(5));
      model[sites.Add(site, bytes)] = {site, 1, bytes};
    } else {
      auto it = model.begin();
      std::advance(it, static_cast<std::ptrdiff_t>(random.Below(model.size())));
      sites.Remove(it->first);
      model.erase(it);
    }
    if (step % 50 != 0) continue;
    const CreationSites::Id mark = random.Below(sites.Mark() + 1);
    std::map<std::pair<std::string_view, int>, SiteTotal> sums;
    for (auto it = model.upper_bound(mark); it != model.end(); ++it) {
      const SiteTotal& one = it->second;
      SiteTotal& sum = sums[{one.site.file, one.site.line}];
      sum = {one.site, sum.objects + 1, sum.bytes + one.bytes};
    }
    std::vector<SiteTotal> expected;
    for (const auto& [place, sum] : sums) expected.push_back(sum);
    std::stable_sort(expected.begin(), expected.end(),
                     [](const SiteTotal& a, const SiteTotal& b) {
                       return std::tie(a.bytes, a.objects) >
                              std::tie(b.bytes, b.objects);
                     });
    ASSERT_EQ(sites.AliveSince(mark), expected);
  }
}

}  // namespace
}  // namespace workbook
