// SPDX-License-Identifier: Apache-2.0

// Watches memory: samples it, and calls back when it is too much.
#ifndef WORKBOOK_04_04_MEMORY_MONITOR_H_
#define WORKBOOK_04_04_MEMORY_MONITOR_H_

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "04_04/memory_sources.h"
#include "tools/exercise/thread_annotations.h"

namespace workbook {

// Returns what the control group uses and the kernel cannot take back by
// dropping file pages: used bytes less inactive ones, and 0 where these are
// more, since the two are read one after the other. No value where one of the
// two has none.
// Cost: O(1), no allocation.
// Thread safety: any thread.
// Source: the kubelet evicts by this figure, as cAdvisor computes it.
std::optional<double> WorkingSetBytes(const MemorySample& sample);

// Fires once when the metric comes to `fire_at` or above, and not again before
// a sample was below `rearm_below`: a value that swings around fire_at would
// fire at every other sample. A sample without the metric changes nothing.
struct MemoryThreshold {
  std::string name;  // letters, digits and _ : it becomes a label
  MemoryMetric metric = MemoryMetric::kRssBytes;
  double fire_at = 0;
  double rearm_below = 0;
  // Runs on the thread that samples, one callback at a time; it may call any
  // function but Sample, Stop and the destructor. It must not throw.
  std::function<void(const MemorySample&)> callback;
};

struct MemoryMonitorOptions {
  std::function<MemorySample()> read;  // MemorySources::Read, or a test's
  std::size_t history = 1024;          // samples kept, the youngest
  std::vector<MemoryThreshold> thresholds;
};

// What a monitor knows at one moment, for reports.
struct MonitorSnapshot {
  struct Fired {
    std::string name;  // of the threshold
    std::uint64_t times = 0;
  };
  std::uint64_t samples = 0;          // taken
  std::vector<MemorySample> history;  // the youngest of them, oldest first
  std::vector<Fired> fired;           // in the order of the thresholds
};

// Thread safety: any thread; Start, Stop and the destructor from one at a time.
class MemoryMonitor {
 public:
  // Takes the options.
  // Cost: allocates the history, here and never again.
  // On failure: std::invalid_argument for no `read`, no history, a threshold
  // without a callback, with a name that is no label, or with rearm_below above
  // fire_at.
  explicit MemoryMonitor(MemoryMonitorOptions options);
  ~MemoryMonitor();  // stops
  MemoryMonitor(const MemoryMonitor&) = delete;
  MemoryMonitor& operator=(const MemoryMonitor&) = delete;

  // Takes one sample now: reads it, adds its working set, keeps it in the
  // history and counts it, and then calls back for each threshold that fires,
  // in their order. Samples of several threads come one after the other.
  // REQUIRES: no callback of this monitor calls it; it would wait for itself.
  // Checked in debug builds: DebugCheck aborts with a message that has "called
  // by a callback" in it.
  // Cost: that of `read` and the callbacks; no allocation.
  void Sample();

  // Starts a thread that samples at once and then every `period`, until Stop,
  // which wakes it and joins; the first sample is taken in any case.
  // Cost: a thread.
  // On failure: std::logic_error where it runs already.
  void Start(std::chrono::milliseconds period);
  // Ends the thread, if one runs, and joins it.
  // REQUIRES: no callback of this monitor calls it; checked as in Sample.
  // Cost: that of the sample that is taken just now.
  void Stop();

  // Returns how many samples were taken.
  std::uint64_t Samples() const;
  // Returns all that a report needs.
  // Cost: O(history); a few allocations.
  MonitorSnapshot Snapshot() const;

 private:  // [given]
  struct State {
    bool armed = true;
    std::uint64_t fired = 0;
  };

  // Adds a sample to the history and counts it; locks mutex_ itself.
  void Keep(const MemorySample& sample);
  // Returns whether threshold `index` fires at this sample; changes its State.
  // Locks mutex_ itself, so Sample holds sampling_ only.
  bool Fires(std::size_t index, const MemorySample& sample);
  void CallBack(std::size_t index, const MemorySample& sample);
  // Makes the check that Sample and Stop promise.
  void RefuseCallbacks() const;
  void Run(std::chrono::milliseconds period);

  const MemoryMonitorOptions options_;
  // Sample holds it, callbacks included: one sample at a time, in order.
  Mutex sampling_;
  // On which thread a callback runs, if one does.
  std::atomic<std::thread::id> calling_back_;
  // For all that follows.
  mutable Mutex mutex_;
  std::vector<State> states_ GUARDED_BY(mutex_);
  // A ring: sample i at i % size.
  std::vector<MemorySample> history_ GUARDED_BY(mutex_);
  std::uint64_t samples_ GUARDED_BY(mutex_) = 0;
  bool stopping_ GUARDED_BY(mutex_) = false;
  std::condition_variable_any stop_;
  std::thread sampler_;
};

}  // namespace workbook

#endif  // WORKBOOK_04_04_MEMORY_MONITOR_H_
