// SPDX-License-Identifier: Apache-2.0

// An interface that lets its caller allocate nothing: views in, options without
// copies, results through a sink, text in a builder that keeps its buffer.
#ifndef WORKBOOK_04_04_LOW_ALLOC_API_H_
#define WORKBOOK_04_04_LOW_ALLOC_API_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

// [given]
namespace workbook {

// One line of an access log in the combined format of Apache and nginx. All
// views point into the line.
struct AccessRecord {
  std::string_view client;
  std::string_view time;  // between the brackets
  std::string_view method;
  std::string_view target;
  int status = 0;
  std::uint64_t bytes = 0;  // "-" is 0
  std::string_view referer;
  std::string_view agent;  // a quote inside is \" and stays as it is
};

// Where a line stopped making sense: the byte in the line from 0, and what was
// expected there, a literal.
struct ParseError {
  std::size_t column = 0;
  const char* expected = "";
};

// Parses CLIENT IDENT USER [TIME] "METHOD TARGET PROTOCOL" STATUS BYTES
// "REFERER" "AGENT", one space between. Text may be empty; CLIENT, METHOD and
// TARGET may not; its bytes may be any, NUL and what is no UTF-8 too. One CR at
// the end is half of a line end, and not looked at. Returns nullopt where the
// line is right, and fills `record`; else `record` is unspecified.
// Cost: O(line); no allocation.
// Thread safety: any thread.
std::optional<ParseError> ParseAccessRecord(std::string_view line,
                                            AccessRecord& record);

// Text in a buffer that is used again and again: the builder pattern, with
// calls that chain.
// Thread safety: one thread at a time for each object.
class TextBuilder {
 public:
  // Keeps at most `kept_bytes` of buffer over a Clear, so that one huge text
  // does not stay forever.
  // Cost: no allocation.
  explicit TextBuilder(std::size_t kept_bytes = 4096);

  // Adds `text`, which may be a part of View(), and returns the builder.
  // Cost: amortised O(bytes); none of the heap while the buffer has room; else
  // one allocation, of twice the capacity or of what is needed, if that is
  // more.
  // On failure: std::bad_alloc; then the text is as before.
  TextBuilder& Append(std::string_view text);
  // Adds the decimal digits of `number`, and returns the builder.
  // Cost: that of the digits' Append; no temporary on the heap.
  TextBuilder& Append(std::uint64_t number);
  // Adds `number`, right-aligned in at least `width` columns, like printf's
  // %*lu, and returns the builder.
  TextBuilder& AppendPadded(std::uint64_t number, std::size_t width);

  // Returns the text, valid until the next call that is not const.
  std::string_view View() const { return {buffer_.get(), size_bytes_}; }
  std::size_t CapacityBytes() const { return capacity_bytes_; }
  // Makes the text empty. Keeps the buffer if it has at most kept_bytes, and
  // frees a larger one: then CapacityBytes() is 0.
  // Cost: O(1); no allocation.
  void Clear();

 private:  // [given]
  const std::size_t kept_bytes_;
  std::unique_ptr<char[]> buffer_;
  std::size_t size_bytes_ = 0;
  std::size_t capacity_bytes_ = 0;
};

// What to select: options as a struct whose fields a caller names, as in
// {.target_prefix = "/api/", .limit = 10}. It holds views: all it names must
// live during the call.
struct SelectOptions {
  std::string_view target_prefix = {};             // empty: every target
  std::span<const std::string_view> methods = {};  // empty: every method
  int status_from = 100;
  int status_to = 599;
  std::size_t limit = SIZE_MAX;  // at most so many results
};

class ResultSink {
 public:
  virtual ~ResultSink() = default;
  // Takes a record, whose views are valid during the call. Returns false for:
  // enough.
  virtual bool OnResult(const AccessRecord& record) = 0;
};

struct SelectTotals {
  std::uint64_t lines = 0;  // looked at
  std::uint64_t selected = 0;
  std::uint64_t malformed = 0;
};

// Returns `text` without the byte order mark of UTF-8 (EF BB BF) that editors
// put in front of a file.
// Cost: O(1).
// Thread safety: any thread.
std::string_view WithoutByteOrderMark(std::string_view text);

// Hands each record of `text` that `options` select to `sink`, in order, until
// the sink or the limit says enough. Lines end in LF or CRLF; the last one
// needs no end. A byte order mark at the beginning is skipped. A malformed line
// is counted, and the next line is read: nothing selected, and as many
// malformed as lines, says that the text is no access log.
// Cost: O(text); no allocation.
// Thread safety: any thread.
SelectTotals SelectRecords(std::string_view text, const SelectOptions& options,
                           ResultSink& sink);

}  // namespace workbook

#endif  // WORKBOOK_04_04_LOW_ALLOC_API_H_
