// SPDX-License-Identifier: Apache-2.0

// Two benchmarks at the same time measure each other.
#ifndef WORKBOOK_TOOLS_BENCH_COMPARISON_BENCH_LOCK_H_
#define WORKBOOK_TOOLS_BENCH_COMPARISON_BENCH_LOCK_H_

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>

namespace workbook {

// Held by one process of the machine at a time, whoever runs it and from
// whichever checkout; gone when the process is, however it ends.
class BenchLock {
 public:
  // Waits for at most `patience`; `on_wait` is called once, before waiting.
  // On failure: held() is false and error() says why.
  BenchLock(const std::filesystem::path& file, std::chrono::seconds patience,
            const std::function<void()>& on_wait);
  ~BenchLock();
  BenchLock(const BenchLock&) = delete;
  BenchLock& operator=(const BenchLock&) = delete;

  bool held() const { return held_; }
  const std::string& error() const { return error_; }

 private:
  int descriptor_ = -1;
  bool held_ = false;
  std::string error_;
};

// The one file of this machine: /tmp/memory-workbook-bench.lock, or what
// WORKBOOK_BENCH_LOCK names; only tests set that.
std::filesystem::path BenchLockFile();

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_COMPARISON_BENCH_LOCK_H_
