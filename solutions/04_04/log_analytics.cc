// SPDX-License-Identifier: Apache-2.0

#include "04_04/log_analytics.h"

#include <array>
#include <chrono>
#include <functional>
#include <optional>

namespace workbook {

// [given]
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

namespace {

// Records in, keys out.
class KeyMaker : public RecordSink {
 public:
  KeyMaker(CacheShard& classes, SpillingCounter& counter,
           std::size_t max_record_bytes, LogReport& report)
      : classes_(classes),
        counter_(counter),
        max_record_bytes_(max_record_bytes),
        report_(report) {}

  bool OnRecord(std::string_view line, std::uint64_t offset) override {
    ++report_.lines;
    if (offset == 0) line = WithoutByteOrderMark(line);
    AccessRecord record;
    const std::optional<ParseError> error = ParseAccessRecord(line, record);
    if (error) return Malformed(offset, *error);
    if (record.target.size() > kMaxTargetBytes) {
      const auto target =
          static_cast<std::size_t>(record.target.data() - line.data());
      return Malformed(offset, {target + kMaxTargetBytes, kTooLongTarget});
    }
    key_.Clear();
    key_.Append(Class(record.agent)).Append(" ").Append(record.target);
    return counter_.Add(key_.View());
  }

  bool OnTooLong(const RecordError& error) override {
    ++report_.lines;
    return Malformed(error.offset, {max_record_bytes_, kTooLongLine});
  }

 private:
  std::string_view Class(std::string_view agent) {
    const std::uint64_t hash = std::hash<std::string_view>()(agent);
    if (const auto known = classes_.Get(hash, agent)) return *known;
    const std::string_view name = ClassifyAgent(agent);
    classes_.Put(hash, agent, name);
    return name;
  }

  bool Malformed(std::uint64_t offset, const ParseError& error) {
    if (report_.malformed++ == 0) {
      report_.first_malformed_offset = offset;
      report_.first_error = error;
    }
    return true;
  }

  CacheShard& classes_;
  SpillingCounter& counter_;
  const std::size_t max_record_bytes_;
  LogReport& report_;
  TextBuilder key_;
};

}  // namespace

// [given]
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

// [given]
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

// [given]
LogAnalytics::LogAnalytics(const LogAnalyticsOptions& options)
    : options_(options),
      stream_(options.stream),
      classes_(options.cache_bytes),
      counter_(options.counter_bytes, options.temp_folder) {}

// [note] What is given above, Sampling and ReportWriter, takes part. A sink of
// [note] your own makes keys of records.
LogReport LogAnalytics::Run(ByteSource& log, ByteTarget& output) {
  const Sampling sampling(options_.monitor);
  LogReport report;
  counter_.Clear();  // a run that failed may have left counts
  KeyMaker keys(classes_, counter_, options_.stream.max_record_bytes, report);
  report.input = stream_.Run(log, keys).input;
  if (report.input.ok() && counter_.Status().ok()) {
    std::array<char, std::size_t{32} << 10> buffer;
    ChunkWriter writer(output, buffer);
    ReportWriter lines(writer, report);
    counter_.Finish(lines);
    writer.Flush();
    report.output = writer.Status();
  }
  report.spill = counter_.Status();
  report.runs = counter_.Runs();
  return report;
}

}  // namespace workbook
