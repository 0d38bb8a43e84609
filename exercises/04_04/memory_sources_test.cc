// SPDX-License-Identifier: Apache-2.0

#include "04_04/memory_sources.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "tools/probe/probe.h"
#include "tools/process/scratch_folder.h"

namespace workbook {
namespace {

// A machine made of files.
class Task11MemorySources : public testing::Test {
 protected:
  void Write(const std::string& path, const std::string& text) {
    const std::filesystem::path file = folder_.path().string() + path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
  }
  // -1 for no value.
  double Value(MemoryMetric metric) {
    const MemorySources sources(folder_.path().string());
    return sources.Read()[metric].value_or(-1);
  }
  void WriteV2() {
    Write("/proc/self/cgroup", "0::/app/web\n");
    Write("/sys/fs/cgroup/app/web/memory.current", "1000000\n");
    Write("/sys/fs/cgroup/app/web/memory.max", "max\n");
    Write("/sys/fs/cgroup/app/memory.max", "4000000\n");
    Write("/sys/fs/cgroup/memory.max", "8000000\n");
    Write("/sys/fs/cgroup/app/web/memory.stat",
          "anon 500000\nfile 450000\ninactive_anon 7\nactive_anon 9\n"
          "inactive_file 400000\nactive_file 50000\n");
    Write("/sys/fs/cgroup/app/web/memory.pressure",
          "some avg10=1.50 avg60=0.10 avg300=0.00 total=12\n"
          "full avg10=0.25 avg60=0.00 avg300=0.00 total=3\n");
  }
  ScratchFolder folder_;
};

TEST_F(Task11MemorySources, ReadsThisProcess) {
  const MemorySources sources;
  const MemorySample before = sources.Read();
  ASSERT_TRUE(before[MemoryMetric::kRssBytes]);
  EXPECT_GT(before[MemoryMetric::kRssBytes], 500'000.0);
  EXPECT_GT(before.time_ms, 1'700'000'000'000);
  constexpr std::size_t kBytes = 32 << 20;
  const std::unique_ptr<char[]> block(new char[kBytes]);
  std::memset(block.get(), 1, kBytes);
  const MemorySample after = sources.Read();
  EXPECT_GE(*after[MemoryMetric::kRssBytes],
            *before[MemoryMetric::kRssBytes] + 0.9 * kBytes);
  if (after[MemoryMetric::kAllocatedBytes]) {  // not under a sanitizer
    EXPECT_GE(*after[MemoryMetric::kAllocatedBytes],
              *before[MemoryMetric::kAllocatedBytes] + 0.9 * kBytes);
    EXPECT_GE(after[MemoryMetric::kAllocatorHeldBytes],
              after[MemoryMetric::kAllocatedBytes]);
  }
}

TEST_F(Task11MemorySources, ReadsRssAndPss) {
  Write("/proc/self/smaps_rollup",
        "5500-7ffe ---p 00000000 00:00 0      [rollup]\n"
        "Rss:                2048 kB\nPss:                 512 kB\n"
        "Pss_Anon:             11 kB\nShared_Clean:         12 kB\n");
  EXPECT_EQ(Value(MemoryMetric::kRssBytes), 2048.0 * 1024);
  EXPECT_EQ(Value(MemoryMetric::kPssBytes), 512.0 * 1024);
}

TEST_F(Task11MemorySources, TakesRssFromStatmWhereThereIsNoRollup) {
  Write("/proc/self/statm", "9000 100 50 1 0 60 0\n");
  EXPECT_EQ(Value(MemoryMetric::kRssBytes),
            100.0 * static_cast<double>(sysconf(_SC_PAGESIZE)));
  EXPECT_EQ(Value(MemoryMetric::kPssBytes), -1);
}

TEST_F(Task11MemorySources, ReadsCgroupVersion2) {
  WriteV2();
  EXPECT_EQ(Value(MemoryMetric::kCgroupUsedBytes), 1e6);
  EXPECT_EQ(Value(MemoryMetric::kCgroupLimitBytes), 4e6)
      << "max is no limit, and a parent's limit holds";
  EXPECT_EQ(Value(MemoryMetric::kCgroupInactiveBytes), 4e5);
  EXPECT_EQ(Value(MemoryMetric::kWorkingSetBytes), -1) << "the monitor's part";
  EXPECT_EQ(Value(MemoryMetric::kPressureSomePercent), 1.5);
  EXPECT_EQ(Value(MemoryMetric::kPressureFullPercent), 0.25);
  Write("/sys/fs/cgroup/app/web/memory.max", "3000000\n");
  EXPECT_EQ(Value(MemoryMetric::kCgroupLimitBytes), 3e6);
  Write("/sys/fs/cgroup/app/web/memory.max", "0\n");
  EXPECT_EQ(Value(MemoryMetric::kCgroupLimitBytes), 0)
      << "a limit of nothing is a limit";
}

TEST_F(Task11MemorySources, ReadsCgroupVersion1) {
  Write("/proc/self/cgroup",
        "12:cpu,cpuacct:/c\n5:memory:/m/n\n1:name=systemd:/s\n0::/u\n");
  const std::string group = "/sys/fs/cgroup/memory/m";
  Write(group + "/n/memory.usage_in_bytes", "1000\n");
  Write(group + "/n/memory.limit_in_bytes", "9223372036854771712\n");
  EXPECT_EQ(Value(MemoryMetric::kCgroupUsedBytes), 1000);
  EXPECT_EQ(Value(MemoryMetric::kCgroupLimitBytes), -1)
      << "this number means no limit";
  Write(group + "/n/memory.stat",
        "cache 800\ninactive_file 300\ntotal_cache 900\n"
        "total_inactive_file 600\ntotal_active_file 100\n");
  EXPECT_EQ(Value(MemoryMetric::kCgroupInactiveBytes), 600)
      << "with the groups below it, as usage_in_bytes has them";
  Write(group + "/memory.limit_in_bytes", "5000\n");
  EXPECT_EQ(Value(MemoryMetric::kCgroupLimitBytes), 5000);
}

TEST_F(Task11MemorySources, FindsTheGroupInsideAContainer) {
  Write("/proc/self/cgroup", "0::/system.slice/docker-1234.scope\n");
  Write("/sys/fs/cgroup/memory.current", "77\n");
  Write("/sys/fs/cgroup/memory.max", "99\n");
  EXPECT_EQ(Value(MemoryMetric::kCgroupUsedBytes), 77);
  EXPECT_EQ(Value(MemoryMetric::kCgroupLimitBytes), 99);
}

TEST_F(Task11MemorySources, TakesTheMachinesPressureWhereTheGroupHasNone) {
  WriteV2();
  std::filesystem::remove(folder_.path() /
                          "sys/fs/cgroup/app/web/memory.pressure");
  EXPECT_EQ(Value(MemoryMetric::kPressureSomePercent), -1)
      << "a kernel without PSI";
  Write("/proc/pressure/memory", "some avg10=7.00 avg60=0 avg300=0 total=1\n");
  EXPECT_EQ(Value(MemoryMetric::kPressureSomePercent), 7);
  EXPECT_EQ(Value(MemoryMetric::kPressureFullPercent), -1);
  EXPECT_EQ(Value(MemoryMetric::kCgroupUsedBytes), 1e6)
      << "what is missing takes nothing else away";
}

TEST_F(Task11MemorySources, WorksWhereNothingIsThere) {
  const MemorySample sample = MemorySources(folder_.path().string()).Read();
  for (const MemoryMetric metric :
       {MemoryMetric::kRssBytes, MemoryMetric::kPssBytes,
        MemoryMetric::kCgroupUsedBytes, MemoryMetric::kCgroupInactiveBytes,
        MemoryMetric::kCgroupLimitBytes, MemoryMetric::kPressureSomePercent,
        MemoryMetric::kPressureFullPercent}) {
    EXPECT_FALSE(sample[metric]) << "no value is not 0";
  }
}

TEST_F(Task11MemorySources, IsNotMisledByStrangeFiles) {
  Write("/proc/self/cgroup", "nonsense\n\n0:\n:::\n0::/g\n");
  Write("/sys/fs/cgroup/g/memory.current", "");
  Write("/sys/fs/cgroup/g/memory.max", "-5\n");
  Write("/sys/fs/cgroup/g/memory.pressure", "some avg10=\n");
  Write("/proc/self/smaps_rollup", "x\nRss: many kB\n");
  for (const MemoryMetric metric :
       {MemoryMetric::kRssBytes, MemoryMetric::kCgroupUsedBytes,
        MemoryMetric::kCgroupLimitBytes, MemoryMetric::kPressureSomePercent}) {
    EXPECT_EQ(Value(metric), -1);
  }
}

// Writes ten bytes when the pipe is opened, and 300 more when they were read.
void WriteInTwoPieces(const std::string& fifo, const std::stop_token& stop) {
  sigset_t pipe_signal;
  sigemptyset(&pipe_signal);
  sigaddset(&pipe_signal, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe_signal, nullptr);
  int fd = -1;
  while (fd < 0 && !stop.stop_requested()) {
    fd = open(fifo.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
  }
  if (fd < 0) return;
  const std::string many(300, '1');
  EXPECT_EQ(write(fd, many.data(), 10), 10);
  for (int waiting = 1; waiting > 0 && !stop.stop_requested();) {
    if (ioctl(fd, FIONREAD, &waiting) != 0) break;
  }
  // The reader may have enough, and be gone.
  const ssize_t written = write(fd, many.data(), many.size());
  EXPECT_TRUE(written == 300 || written == -1);
  close(fd);
}

// A reader's buffer has an end, and a file may come in pieces.
TEST_F(Task11MemorySources, ReadsNoFurtherThanItsBuffer) {
  WriteV2();
  const std::string usage = "/sys/fs/cgroup/app/web/memory.current";
  Write(usage, "77\n" + std::string(5000, '9'));
  EXPECT_EQ(Value(MemoryMetric::kCgroupUsedBytes), 77);
  EXPECT_EQ(Value(MemoryMetric::kCgroupLimitBytes), 4e6) << "nothing else";
  const std::string fifo = folder_.path().string() + usage;
  std::filesystem::remove(fifo);
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  const MemorySources sources(folder_.path().string());
  std::jthread writer(
      [&fifo](const std::stop_token& stop) { WriteInTwoPieces(fifo, stop); });
  const std::optional<double> value =
      sources.Read()[MemoryMetric::kCgroupUsedBytes];
  EXPECT_TRUE(!value || *value > 0) << "a number, or none";
}

TEST_F(Task11MemorySources, ReadAllocatesNothing) {
  WriteV2();
  const MemorySources machine;
  const MemorySources files(folder_.path().string());
  AllocationScope scope;
  for (int i = 0; i < 10; ++i) {
    machine.Read();
    files.Read();
  }
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "a monitor must not need memory when there is none";
}

}  // namespace
}  // namespace workbook
