// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/slow_tests.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace workbook {
namespace {

constexpr int kTimesLimit = 10;
constexpr std::size_t kToldTests = 8;

struct SlowTest {
  std::string label;
  double seconds = 0;
  int limit_seconds = 0;

  double Share() const { return seconds / limit_seconds; }
};

std::vector<SlowTest> SlowTests(const BuildEvents& events) {
  std::vector<SlowTest> slow;
  for (const auto& [label, target] : events.targets) {
    if (!target.test || target.test->cached || target.timeout_seconds == 0) {
      continue;
    }
    const SlowTest test{label, target.test->duration_ms / 1000.0,
                        target.timeout_seconds};
    if (test.Share() * kTimesLimit > 1) slow.push_back(test);
  }
  std::stable_sort(slow.begin(), slow.end(),
                   [](const SlowTest& one, const SlowTest& other) {
                     return one.Share() > other.Share();
                   });
  return slow;
}

}  // namespace

void TellSlowTests(const BuildEvents& events, const std::string& config,
                   GateLog& log) {
  const std::vector<SlowTest> slow = SlowTests(events);
  for (std::size_t i = 0; i < std::min(slow.size(), kToldTests); ++i) {
    log.Note(fmt::format(
        "slow: {}{} took {:.1f} s of the {} s that it may take. If this "
        "machine is idle, give it the next larger size",
        slow[i].label, config.empty() ? "" : " (" + config + ")",
        slow[i].seconds, slow[i].limit_seconds));
  }
  if (slow.size() > kToldTests) {
    log.Note(fmt::format("slow: {} more took over a tenth of their limit",
                         slow.size() - kToldTests));
  }
}

}  // namespace workbook
