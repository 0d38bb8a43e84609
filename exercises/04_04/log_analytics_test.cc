// SPDX-License-Identifier: Apache-2.0

#include "04_04/log_analytics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <map>
#include <stdexcept>
#include <string>

#include "exercises/04_04/testdata/access_log.h"
#include "tools/exercise/testing/bounded_test.h"
#include "tools/process/scratch_folder.h"

namespace workbook {
namespace {

class TextSource : public ByteSource {
 public:
  explicit TextSource(std::string_view text, int error_number = 0)
      : text_(text), error_number_(error_number) {}
  ssize_t Read(std::span<char> buffer) override {
    if (text_.empty() && error_number_ != 0) {
      errno = error_number_;
      return -1;
    }
    // Never a whole chunk, as from a pipe.
    const std::size_t count =
        std::min({buffer.size(), text_.size(), std::size_t{4093}});
    std::copy_n(text_.data(), count, buffer.data());
    text_.remove_prefix(count);
    return static_cast<ssize_t>(count);
  }

 private:
  std::string_view text_;
  int error_number_;
};

class TextTarget : public ByteTarget {
 public:
  ssize_t Write(std::string_view bytes) override {
    if (error_number != 0) {
      errno = error_number;
      return -1;
    }
    text.append(bytes);
    return static_cast<ssize_t>(bytes.size());
  }
  std::string text;
  int error_number = 0;
};

// The same answer the plain way, from lines that are known to be well-formed.
std::string PlainReport(std::string_view log) {
  std::map<std::string, int> counts;
  while (!log.empty()) {
    const std::string_view line = log.substr(0, log.find('\n'));
    log.remove_prefix(line.size() + 1);
    std::string_view request = line.substr(line.find('"') + 1);
    request = request.substr(request.find(' ') + 1);
    request = request.substr(0, request.find(' '));
    std::string_view agent = line.substr(0, line.size() - 1);
    agent = agent.substr(agent.rfind('"') + 1);
    const auto has = [agent](const char* part) {
      return agent.find(part) != std::string_view::npos;
    };
    const char* const name = has("bot")       ? "bot"
                             : has("Firefox") ? "firefox"
                             : has("Chrome")  ? "chrome"
                             : has("Safari")  ? "safari"
                                              : "other";
    ++counts[name + (" " + std::string(request))];
  }
  std::string report;
  for (const auto& [key, count] : counts) {
    char number[32];
    std::snprintf(number, sizeof(number), "%7d ", count);
    report += number + key + "\n";
  }
  return report;
}

class Task6LogAnalytics : public BoundedTest {
 protected:
  LogAnalyticsOptions Options() {
    LogAnalyticsOptions options;
    options.temp_folder = folder_.path().string();
    return options;
  }
  std::string Report(std::string_view log, const LogAnalyticsOptions& options) {
    LogAnalytics analytics(options);
    TextSource source(log);
    TextTarget target;
    report_ = analytics.Run(source, target);
    cache_ = analytics.CacheCounts();
    return target.text;
  }
  ScratchFolder folder_;
  LogReport report_;
  CacheStatistics cache_;
};

constexpr std::string_view kLine = R"(h - - [t] "GET /a X" 200 1 "-" "curl")";

TEST_F(Task6LogAnalytics, ClassifiesAgents) {
  EXPECT_EQ(ClassifyAgent("Googlebot/2.1 Chrome Safari"), "bot");
  EXPECT_EQ(ClassifyAgent("a crawler"), "bot");
  EXPECT_EQ(ClassifyAgent("spider"), "bot");
  EXPECT_EQ(ClassifyAgent("Gecko Firefox/115"), "firefox");
  EXPECT_EQ(ClassifyAgent("Chrome/1 Safari/2"), "chrome");
  EXPECT_EQ(ClassifyAgent("Version/1 Safari/2"), "safari");
  EXPECT_EQ(ClassifyAgent("chrome"), "other") << "case matters";
  EXPECT_EQ(ClassifyAgent(""), "other");
}

TEST_F(Task6LogAnalytics, WritesWhatUniqWrites) {
  std::string log;
  for (int i = 0; i < 3; ++i) log += std::string(kLine) + "\n";
  log += R"(h - - [t] "GET /b X" 200 1 "-" "a bot")";
  EXPECT_EQ(Report(log, Options()), "      1 bot /b\n      3 other /a\n");
  EXPECT_EQ(report_.lines, 4u);
  EXPECT_EQ(report_.keys, 2u);
  EXPECT_TRUE(report_.ok());
  EXPECT_EQ(Report("", Options()), "");
}

TEST_F(Task6LogAnalytics, EverySplitOfASmallLogGivesTheSameReport) {
  const std::string log = MakeAccessLog(1500);
  const std::string expected = PlainReport(log);
  for (std::size_t bytes = 1; bytes <= log.size(); bytes += 7) {
    LogAnalyticsOptions options = Options();
    options.counter_bytes = SpillingCounter::kMinBytes;
    options.stream.chunk_bytes = bytes;
    ASSERT_EQ(Report(log, options), expected) << "chunks of " << bytes;
  }
}

TEST_F(Task6LogAnalytics, AgreesWithThePlainWay) {
  const std::string log = MakeAccessLog(4 << 20);
  LogAnalyticsOptions options = Options();
  options.counter_bytes = SpillingCounter::kMinBytes;
  EXPECT_TRUE(Report(log, options) == PlainReport(log))
      << "the reports differ (too long to print)";
  EXPECT_TRUE(report_.ok());
  EXPECT_GT(cache_.HitRatio(), 0.95) << "the same agents come again";
  EXPECT_EQ(cache_.hits + cache_.misses, report_.lines);
}

TEST_F(Task6LogAnalytics, CountsMalformedLinesAndNamesTheFirst) {
  const std::string good = std::string(kLine) + "\n";
  LogAnalyticsOptions options = Options();
  options.stream.max_record_bytes = 9000;
  std::string log = good + "nonsense\n" + good;
  log += std::string(9500, 'x') + "\n";
  log += R"(h - - [t] "GET )" + std::string(8001, 't') + R"( X" 1 1 "" "")";
  EXPECT_EQ(Report(log, options), "      2 other /a\n");
  EXPECT_EQ(report_.lines, 5u);
  EXPECT_EQ(report_.malformed, 3u);
  EXPECT_EQ(report_.first_malformed_offset, good.size());
}

TEST_F(Task6LogAnalytics, TakesATargetOfExactlyTheLimit) {
  const std::string target = "/" + std::string(kMaxTargetBytes - 1, 't');
  const std::string log =
      R"(h - - [t] "GET )" + target + R"( X" 1 1 "" "")" + "\n";
  EXPECT_EQ(Report(log, Options()), "      1 other " + target + "\n");
  EXPECT_EQ(report_.malformed, 0u);
}

TEST_F(Task6LogAnalytics, AFailedInputWritesNoReportAndLeavesNoCounts) {
  LogAnalytics analytics(Options());
  const std::string log = std::string(kLine) + "\n";
  TextSource broken(log, EIO);
  TextTarget target;
  const LogReport failed = analytics.Run(broken, target);
  EXPECT_EQ(failed.input.outcome, IoOutcome::kReadFailed);
  EXPECT_EQ(failed.input.offset, log.size());
  EXPECT_FALSE(failed.ok());
  EXPECT_EQ(target.text, "") << "half a report looks like a whole one";
  TextSource whole(log);
  EXPECT_TRUE(analytics.Run(whole, target).ok());
  EXPECT_EQ(target.text, "      1 other /a\n");
}

TEST_F(Task6LogAnalytics, SaysWhenTheOutputFails) {
  for (const int error_number : {ENOSPC, EPIPE}) {
    LogAnalytics analytics(Options());
    TextSource source(kLine);
    TextTarget target;
    target.error_number = error_number;
    const LogReport report = analytics.Run(source, target);
    EXPECT_EQ(report.output.error_number, error_number);
    EXPECT_FALSE(report.ok());
  }
}

TEST_F(Task6LogAnalytics, SamplesMemoryWhileItRuns) {
  MemoryMonitorOptions monitor_options;
  monitor_options.read = [] { return MemorySample(); };
  MemoryMonitor monitor(std::move(monitor_options));
  monitor.Sample();  // what is not written yet throws here
  LogAnalyticsOptions options = Options();
  options.monitor = &monitor;
  // Long enough for the sampler's thread to have begun.
  Report(MakeAccessLog(2 << 20), options);
  EXPECT_GT(monitor.Samples(), 1u);
  monitor.Start(std::chrono::hours(1));  // throws if it was left running
  EXPECT_THROW(Report(kLine, options), std::logic_error) << "it runs already";
  monitor.Stop();
}

}  // namespace
}  // namespace workbook
