// SPDX-License-Identifier: Apache-2.0

// log_report LOG [TEMP_FOLDER]: the report of an access log on stdout, what it
// took on stderr, in a process that may not have more than 64 MiB of addresses.
#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <new>
#include <stdexcept>
#include <string>
#include <system_error>

#include "04_04/log_analytics.h"

namespace workbook {
namespace {

constexpr rlim_t kAddressBytes = 64 << 20;
constexpr double kHighRssBytes = 24 << 20;

// A thread costs 8 MiB of addresses for its stack and 64 MiB for an arena
// unless somebody says otherwise.
bool LimitMemory() {
  mallopt(M_ARENA_MAX, 1);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, 256 * 1024);
  pthread_setattr_default_np(&attributes);
  pthread_attr_destroy(&attributes);
  const rlimit limit{kAddressBytes, kAddressBytes};
  return setrlimit(RLIMIT_AS, &limit) == 0;
}

int Fail(const std::string& message) {
  std::fprintf(stderr, "log_report: %s\n", message.c_str());
  return 1;
}

// RSS by /proc/self/statm, the least that there is on every Linux.
MemorySample ReadRss() {
  MemorySample sample;
  unsigned long pages[2] = {};
  std::FILE* const file = std::fopen("/proc/self/statm", "r");
  if (file == nullptr) return sample;
  if (std::fscanf(file, "%lu %lu", &pages[0], &pages[1]) == 2) {
    sample[MemoryMetric::kRssBytes] =
        static_cast<double>(pages[1]) *
        static_cast<double>(sysconf(_SC_PAGESIZE));
  }
  std::fclose(file);
  return sample;
}

int Report(int fd, std::uint64_t size_bytes, const std::string& temp_folder) {
  MemoryMonitor monitor(
      {.read = ReadRss,
       .thresholds = {{"rss_24_mib", MemoryMetric::kRssBytes, kHighRssBytes,
                       0.9 * kHighRssBytes, [](const MemorySample&) {
                         std::fputs("log_report: RSS is above 24 MiB\n",
                                    stderr);
                       }}}});
  LogAnalyticsOptions options;
  options.stream.promised_bytes = size_bytes;
  options.temp_folder = temp_folder;
  options.monitor = &monitor;
  LogAnalytics analytics(options);
  FdSource log(fd);
  FdTarget output(STDOUT_FILENO);
  const LogReport report = analytics.Run(log, output);
  if (!report.ok()) return Fail(report.Message());
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  std::fprintf(stderr,
               "%llu lines, %llu malformed, %llu keys, %llu runs on disk, "
               "peak RSS %ld KiB, classes from the cache %.4f, %llu samples\n",
               static_cast<unsigned long long>(report.lines),
               static_cast<unsigned long long>(report.malformed),
               static_cast<unsigned long long>(report.keys),
               static_cast<unsigned long long>(report.runs), usage.ru_maxrss,
               analytics.CacheCounts().HitRatio(),
               static_cast<unsigned long long>(monitor.Samples()));
  return 0;
}

int Main(int argc, char** argv) {
  if (argc < 2 || argc > 3) {
    std::fputs("usage: log_report LOG [TEMP_FOLDER]\n", stderr);
    return 2;
  }
  if (!LimitMemory()) return Fail("cannot limit its memory");
  const int fd = open(argv[1], O_RDONLY | O_CLOEXEC);
  struct stat state;
  if (fd < 0 || fstat(fd, &state) != 0) {
    return Fail(std::string(argv[1]) + ": " + std::strerror(errno) +
                "; name a log that can be read");
  }
  const bool is_file = S_ISREG(state.st_mode);
  try {
    return Report(
        fd, is_file ? static_cast<std::uint64_t>(state.st_size) : kUnknownSize,
        argc == 3 ? argv[2] : "/tmp");
  } catch (const std::bad_alloc&) {
    return Fail(
        "64 MiB of addresses were not enough. Take a shorter log, or do task "
        "10: its counter moves to disk what does not fit");
  } catch (const std::exception& error) {
    return Fail(error.what());
  }
}

}  // namespace
}  // namespace workbook

int main(int argc, char** argv) { return workbook::Main(argc, argv); }
