// SPDX-License-Identifier: Apache-2.0

// All parts in one program: which agents asked for what, how often, over an
// access log of any size.
#ifndef WORKBOOK_04_04_LOG_ANALYTICS_H_
#define WORKBOOK_04_04_LOG_ANALYTICS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "04_04/cache_shard.h"
#include "04_04/chunk_io.h"
#include "04_04/low_alloc_api.h"
#include "04_04/memory_monitor.h"
#include "04_04/spilling_counter.h"
#include "04_04/stream_processor.h"

namespace workbook {

struct LogAnalyticsOptions {
  StreamOptions stream = {};
  std::size_t counter_bytes = std::size_t{4} << 20;
  std::size_t cache_bytes = std::size_t{256} << 10;
  std::string temp_folder = "/tmp";
  // Samples on its own thread while a run lasts, where there is one. Run starts
  // and stops it.
  MemoryMonitor* monitor = nullptr;
};

inline constexpr std::size_t kMaxTargetBytes = 8000;
inline constexpr char kTooLongTarget[] =
    "the end of a target of 8000 bytes at most";
inline constexpr char kTooLongLine[] = "a line end";

struct LogReport {
  std::uint64_t lines = 0;
  std::uint64_t malformed = 0;  // too long, or no access record
  // Where the first of these begins: its byte in the stream. A line behind a
  // byte order mark begins with the mark, at 0.
  std::uint64_t first_malformed_offset = 0;
  ParseError first_error;  // where in that line, and what
  std::uint64_t keys = 0;  // lines of the report
  std::uint64_t runs = 0;  // that went to disk
  IoStatus input;
  IoStatus spill;
  IoStatus output;

  // Lines, and not one of them is an access record: it is another file.
  bool AllMalformed() const { return lines > 0 && malformed == lines; }
  bool ok() const {
    return input.ok() && spill.ok() && output.ok() && !AllMalformed();
  }
  // Returns why it is not ok, "" where it is: what the first of input, spill
  // and output that failed says, or
  //   all 3 lines are malformed; the first, at byte 0, lacks the end at column
  //   73
  std::string Message() const;
};

// Returns the class of an agent: "bot" where it has one of bot, crawl, spider
// in it, else "firefox" for Firefox, "chrome" for Chrome, "safari" for Safari,
// else "other"; the first that fits, and case matters.
// Cost: O(agent), up to six passes; no allocation.
// Thread safety: any thread.
std::string_view ClassifyAgent(std::string_view agent);

// Thread safety: one Run at a time for each object.
class LogAnalytics {
 public:
  // Makes the parts.
  // Cost: counter_bytes, cache_bytes and the stream's chunks, here; a run
  // allocates its record buffer, whatever the length of the log.
  // On failure: std::invalid_argument where a part refuses its option.
  explicit LogAnalytics(const LogAnalyticsOptions& options);

  // Reads an access log, lines that end in LF or CRLF, behind a byte order mark
  // or none, and writes its report: for each pair of class and target, in the
  // order of bytes, the count in seven columns, a space, the class, a space,
  // the target, '\n' - the bytes that
  //   awk '{ print class, target }' | LC_ALL=C sort | uniq -c
  // writes. The class of an agent that was seen lately comes from a cache, and
  // is not worked out again. Malformed lines, and targets above 8000 bytes, are
  // counted and left out; what comes after them is read. The first is told: the
  // column where it stops making sense, 8000 bytes into the target for one that
  // is too long, max_record_bytes for a line that is; both with the expectation
  // that kTooLongTarget and kTooLongLine have. Columns of the first line count
  // behind a byte order mark. A second run begins with no counts.
  // Cost: memory that does not depend on the length of the log, beside that of
  // the counter.
  // On failure: of a disk, what the report says, and a part of it may have been
  // written; a failed input writes no report. A log of which every line is
  // malformed has an empty report, and is not ok(). std::logic_error where the
  // monitor runs already.
  LogReport Run(ByteSource& log, ByteTarget& output);

  // Returns the counts of the cache of classes: a hit is a class that was not
  // worked out again.
  CacheStatistics CacheCounts() const { return classes_.Statistics(); }

 private:
  LogAnalyticsOptions options_;
  StreamProcessor stream_;
  CacheShard classes_;  // from agent to class
  SpillingCounter counter_;
};

}  // namespace workbook

#endif  // WORKBOOK_04_04_LOG_ANALYTICS_H_
