// SPDX-License-Identifier: Apache-2.0

// Watches memory: samples it, calls back when it is too much, and exports it.
#ifndef WORKBOOK_04_04_MEMORY_MONITOR_H_
#define WORKBOOK_04_04_MEMORY_MONITOR_H_

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "04_04/memory_sources.h"

namespace workbook {

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

// Thread safety: any thread; Start, Stop and the destructor from one at a time.
class MemoryMonitor {
 public:
  // Cost: allocates the history, here and never again.
  // On failure: std::invalid_argument for no `read`, no history, a threshold
  // without a callback, with a name that is no label, or with rearm_below above
  // fire_at.
  explicit MemoryMonitor(MemoryMonitorOptions options);
  ~MemoryMonitor();  // stops
  MemoryMonitor(const MemoryMonitor&) = delete;
  MemoryMonitor& operator=(const MemoryMonitor&) = delete;

  // Takes one sample now, and fires what is to be fired.
  // Cost: that of `read` and the callbacks; no allocation.
  void Sample();

  // A thread that samples at once and then every `period`, until Stop, which
  // wakes it and joins; the first sample is taken in any case. Starting twice
  // is a std::logic_error; Stop always may.
  void Start(std::chrono::milliseconds period);
  void Stop();

  std::uint64_t Samples() const;

  // The youngest sample in Prometheus's text format 0.0.4: HELP, TYPE and value
  // of each metric that it has, how often each threshold fired, and how many
  // samples were taken. Appends to `text`.
  void AppendPrometheus(std::string& text) const;

  // The history, oldest first: a head, then a line a sample, CRLF as RFC 4180
  // has it, an empty field for no value. Appends to `text`.
  void AppendCsv(std::string& text) const;

 private:
  struct State {
    bool armed = true;
    std::uint64_t fired = 0;
  };

  // Your data members.

  const MemoryMonitorOptions options_;
  std::mutex sampling_;  // one sample at a time, so that each fires in order
  mutable std::mutex mutex_;
  // Guarded by mutex_, with what follows.
  std::vector<State> states_;
  // A ring: sample i at i % size.
  std::vector<MemorySample> history_;
  std::uint64_t samples_ = 0;
  bool stopping_ = false;
  std::condition_variable stop_;
  std::thread sampler_;
};

}  // namespace workbook

#endif  // WORKBOOK_04_04_MEMORY_MONITOR_H_
