// SPDX-License-Identifier: Apache-2.0

// The memory of the whole: counted, and under a limit of the kernel.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <new>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "04_04/log_analytics.h"
#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"
#include "tools/probe/sanitizer.h"
#include "tools/process/scratch_folder.h"

namespace workbook {
namespace {

// A log that no memory holds: `bytes` of lines over a thousand targets, made
// while it is read.
class EndlessLog : public ByteSource {
 public:
  explicit EndlessLog(std::uint64_t bytes) : bytes_(bytes) {}
  ssize_t Read(std::span<char> buffer) override {
    std::size_t filled = 0;
    while (filled < buffer.size()) {
      if (line_.empty() && !NextLine()) break;
      const std::size_t count = std::min(buffer.size() - filled, line_.size());
      std::copy_n(line_.data(), count, buffer.data() + filled);
      line_.remove_prefix(count);
      filled += count;
    }
    return static_cast<ssize_t>(filled);
  }

 private:
  bool NextLine() {
    if (made_ >= bytes_) return false;
    const int length = std::snprintf(
        text_, sizeof(text_),
        "192.0.2.%u - - [10/Oct/2025:13:55:36 +0000] \"GET "
        "/a/page/that/has/a/name/%u HTTP/1.1\" 200 2326 \"-\" "
        "\"Mozilla/5.0 (X11; Linux x86_64) Gecko/%u Firefox/115.0\"\n",
        lines_ % 251, lines_ * 7919 % 1000, lines_ % 13);
    line_ = {text_, static_cast<std::size_t>(length)};
    made_ += line_.size();
    ++lines_;
    return true;
  }

  const std::uint64_t bytes_;
  std::uint64_t made_ = 0;
  unsigned lines_ = 0;
  char text_[256];
  std::string_view line_;
};

class Nowhere : public ByteTarget {
 public:
  ssize_t Write(std::string_view bytes) override {
    return static_cast<ssize_t>(bytes.size());
  }
};

AllocationCounts CountsOf(std::uint64_t log_bytes) {
  const ScratchFolder folder;
  LogAnalyticsOptions options;
  options.temp_folder = folder.path().string();
  EndlessLog source(log_bytes);
  Nowhere nowhere;
  AllocationScope scope;
  LogAnalytics analytics(options);
  const LogReport report = analytics.Run(source, nowhere);
  EXPECT_TRUE(report.ok()) << report.Message();
  EXPECT_EQ(report.keys, 1000u);
  return scope.Counts();
}

// What a program needs that reads the whole log first and splits it into lines.
// [region whole]
std::size_t LinesOfTheWhole(ByteSource& source) {
  std::ostringstream all;
  std::vector<char> buffer(65'536);
  while (const ssize_t count = source.Read(buffer)) {
    all.write(buffer.data(), count);
  }
  std::istringstream text(all.str());
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines.size();
}
// [end]

TEST(Task6Memory, IsTheSameForALogOfAnyLength) {
  const AllocationCounts small = CountsOf(1 << 20);
  const AllocationCounts large = CountsOf(16 << 20);
  EXPECT_LE(large.peak_live_bytes, 8 << 20);
  EXPECT_LE(large.peak_live_bytes, small.peak_live_bytes + 4096)
      << "nothing may grow with the length";
  EXPECT_LE(large.allocations, small.allocations + 10)
      << "none a line: 15 MiB more have 100,000 lines more";
  EndlessLog source(16 << 20);
  AllocationScope whole;
  EXPECT_GT(LinesOfTheWhole(source), 100'000u);
  RecordGain("peak_bytes", whole.Counts().peak_live_bytes,
             large.peak_live_bytes);
  RecordGain("allocations", whole.Counts().allocations, large.allocations);
  RecordProperty(
      "peak_bytes_of_whole_a_log_byte",
      std::to_string(static_cast<double>(whole.Counts().peak_live_bytes) /
                     (16 << 20)));
}

std::uint64_t AddressBytes() {
  unsigned long pages = 0;
  std::FILE* const file = std::fopen("/proc/self/statm", "r");
  if (file == nullptr || std::fscanf(file, "%lu", &pages) != 1) pages = 0;
  if (file != nullptr) std::fclose(file);
  return pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

// In a child that may have 12 MiB of addresses more than now: a log of 32 MiB
// does not fit.
TEST(Task6Memory, ReadsALogThatDoesNotFitIntoTheAddressSpace) {
  if (WORKBOOK_SANITIZER_MALLOC) GTEST_SKIP() << "it needs more addresses";
  const ScratchFolder folder;
  const auto under_a_limit = [&folder] {
    const rlim_t bytes = AddressBytes() + (12 << 20);
    const rlimit limit{bytes, bytes};
    setrlimit(RLIMIT_AS, &limit);
    LogAnalyticsOptions options;
    options.temp_folder = folder.path().string();
    EndlessLog source(32 << 20);
    Nowhere nowhere;
    try {
      LogAnalytics analytics(options);
      const LogReport report = analytics.Run(source, nowhere);
      _exit(report.ok() && report.keys == 1000 ? 0 : 1);
    } catch (const std::bad_alloc&) {
      std::fputs("12 MiB of addresses were not enough\n", stderr);
    } catch (const std::exception& error) {
      std::fputs(error.what(), stderr);
    }
    _exit(2);
  };
  EXPECT_EXIT(under_a_limit(), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace workbook
