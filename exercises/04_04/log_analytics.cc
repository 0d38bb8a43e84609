// SPDX-License-Identifier: Apache-2.0

#include "04_04/log_analytics.h"

#include <array>
#include <chrono>
#include <functional>
#include <optional>

#include "tools/exercise/todo.h"

namespace workbook {

namespace {

constexpr std::chrono::milliseconds kSamplePeriod{20};

// Counts in, the report's lines out.
class ReportWriter : public CountSink {
 public:
  ReportWriter(ChunkWriter& writer, LogReport& report)
      : writer_(writer), report_(report) {}

  bool OnCount(std::string_view key, std::uint64_t count) override {
    line_.Clear();
    line_.AppendPadded(count, 7).Append(" ").Append(key).Append("\n");
    ++report_.keys;
    return writer_.Append(line_.View());
  }

 private:
  ChunkWriter& writer_;
  LogReport& report_;
  TextBuilder line_;
};

// Samples from its beginning to its end.
class Sampling {
 public:
  explicit Sampling(MemoryMonitor* monitor) : monitor_(monitor) {
    if (monitor_ != nullptr) monitor_->Start(kSamplePeriod);
  }
  ~Sampling() {
    if (monitor_ != nullptr) monitor_->Stop();
  }
  Sampling(const Sampling&) = delete;
  Sampling& operator=(const Sampling&) = delete;

 private:
  MemoryMonitor* monitor_;
};

}  // namespace

std::string_view ClassifyAgent(std::string_view agent) {
  struct Rule {
    std::string_view part;
    std::string_view name;
  };
  constexpr Rule kRules[] = {
      {"bot", "bot"},         {"crawl", "bot"},     {"spider", "bot"},
      {"Firefox", "firefox"}, {"Chrome", "chrome"}, {"Safari", "safari"},
  };
  for (const Rule& rule : kRules) {
    if (agent.find(rule.part) != std::string_view::npos) return rule.name;
  }
  return "other";
}

std::string LogReport::Message() const {
  for (const IoStatus& status : {input, spill, output}) {
    if (!status.ok()) return status.Message();
  }
  if (!AllMalformed()) return "";
  return "all " + std::to_string(lines) +
         " lines are malformed; the first, at byte " +
         std::to_string(first_malformed_offset) + ", lacks " +
         first_error.expected + " at column " +
         std::to_string(first_error.column);
}

LogAnalytics::LogAnalytics(const LogAnalyticsOptions& options)
    : options_(options),
      stream_(options.stream),
      classes_(options.cache_bytes),
      counter_(options.counter_bytes, options.temp_folder) {}

LogReport LogAnalytics::Run(ByteSource& log, ByteTarget& output) {
  // What is given above, Sampling and ReportWriter, takes part. A sink of
  // your own makes keys of records.
  Todo("04_04 task 6: LogAnalytics::Run");
}

}  // namespace workbook
