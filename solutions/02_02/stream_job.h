// SPDX-License-Identifier: Apache-2.0

// Scenario: a stream job. Text comes in chunks of any size, and records leave
// as soon as they are complete.
#ifndef WORKBOOK_02_02_STREAM_JOB_H_
#define WORKBOOK_02_02_STREAM_JOB_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "02_02/function_ref.h"

namespace workbook {

// One zone of the time zone database; the views are valid during the call.
struct ZoneRecord {
  std::string_view name;
  int eras = 0;  // lines: times in which one offset and one set of rules held
  // Of the last era, the one of today.
  int offset_seconds = 0;
  std::string_view format;
};

struct StreamTotals {
  long lines = 0;
  long rules = 0;
  long links = 0;
  long zones = 0;
  long rejected = 0;
};

// Reads the compact form of the time zone database (man 8 zic). A line that
// begins with "# " or "#" is a comment, with "R " a rule, with "L " a link,
// with "Z " the first era of a zone: name, offset, rules, format, end. Any
// other line that is not empty is the next era of that zone, without "Z" and
// name. An offset is [-]H[:MM[:SS]] with at most two digits each, or "-" for 0.
//
// A zone is complete when a line that is not one of its eras comes, or the end.
// Rejected is a line of more than kMaxLineBytes, a zone or era without four
// fields (offset, rules and format of an era) or with a wrong offset, and an
// era without a zone before it; a rejected "Z" line opens no zone. A line that
// is too long is rejected whatever it is, a comment too, and completes the zone
// before it. Empty lines do nothing. Lines end with LF or CRLF, the last one of
// a stream may lack its end; that CR, and a byte order mark at the beginning of
// the stream, which is skipped, count for the length of their line. Names and
// formats may hold any other bytes, NUL and what is no UTF-8 too.
//
// Thread safety: one thread at a time for each object.
class StreamJob {
 public:
  static constexpr std::size_t kMaxLineBytes = 256;

  // The sink of one call: it is used during that call only, so a reference
  // does.
  using Sink = FunctionRef<void(const ZoneRecord&)>;

  // Makes a job, and the room for all that it will ever remember.
  // Cost: at most 3 allocations in the whole life of the object, of at most 4 *
  // kMaxLineBytes together, whatever the length of the streams.
  StreamJob();

  // Takes the next piece of the stream and calls `sink` with every zone that it
  // completes. Lines, words and names may be split anywhere.
  // Cost: O(chunk); no allocation.
  // On failure: what the sink throws; the job may only be destroyed then.
  void Process(std::string_view chunk, Sink sink);

  // Ends the stream: reads a last line that has no line end, and completes the
  // last zone. Another stream may begin.
  // Cost: O(kMaxLineBytes); no allocation.
  void Flush(Sink sink);

  // Returns the counts of everything so far; a last line without a line end
  // counts at Flush.
  const StreamTotals& Totals() const { return totals_; }

 private:
  StreamTotals totals_;
  using Text = std::string_view;
  void ReadLine(Text line, Sink sink);
  void ReadEra(Text line);
  void CloseZone(Sink sink);

  bool at_first_line_ = true;
  bool zone_is_open_ = false;
  int eras_ = 0;
  int offset_seconds_ = 0;
  std::string name_;
  std::string format_;
  std::string carry_;  // the beginning of a line whose end has not come
  bool line_is_too_long_ = false;
};

}  // namespace workbook

#endif  // WORKBOOK_02_02_STREAM_JOB_H_
