// SPDX-License-Identifier: Apache-2.0

// Five habits that keep a loop from allocating: pre-size, pool, reuse, batch,
// and initialise lazily.
#ifndef WORKBOOK_02_02_OPTIMIZED_H_
#define WORKBOOK_02_02_OPTIMIZED_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace workbook {

// Returns the words with ", " between them. The habit: pre-size.
// Cost: O(total length); one allocation, none for at most 15 characters. It
// asks for at most that length and 1 byte, or for the 31 bytes that libstdc++'s
// reserve() asks for at least.
std::string JoinWithCommas(std::span<const std::string_view> words);

struct Message {
  std::uint64_t id = 0;
  std::string body;
};

// Lends messages, which keep the memory of their body when they come
// back. The habit: pool.
// Thread safety: one thread at a time for each pool and its messages.
class MessagePool {
 public:
  // The largest capacity with which a body is kept: one huge message must not
  // hold its memory forever.
  static constexpr std::size_t kLargestKeptBodyBytes = 4096;

  class Recycler {
   public:
    explicit Recycler(MessagePool* pool = nullptr) : pool_(pool) {}
    void operator()(Message* message) const noexcept;

   private:
    MessagePool* pool_;
  };
  using Handle = std::unique_ptr<Message, Recycler>;

  // Makes a pool that keeps at most `max_idle` messages while no caller has
  // them. A message that comes back to a full pool, or with a body whose
  // capacity is above kLargestKeptBodyBytes, is freed instead.
  // Cost: at most one allocation, of 8 bytes for each message that may be kept.
  explicit MessagePool(std::size_t max_idle);

  // Returns a message with id 0 and an empty body. It comes back when the
  // handle dies.
  // REQUIRES: the handle dies before the pool.
  // Cost: O(1); no allocation while there is an idle message.
  // On failure: std::bad_alloc.
  Handle Acquire();

 private:
  std::vector<std::unique_ptr<Message>> idle_;
};

// Formats lines of a report, one at a time. The habit: reuse.
// Thread safety: one thread at a time for each object.
class LineFormatter {
 public:
  // Returns "name: count (percent %)", percent with one digit after the point:
  // "disk: -3 (12.5 %)". The text is valid until the next call.
  // REQUIRES: percent is finite; `name` is no part of the last line.
  // Cost: O(length); no allocation unless the line is the longest yet.
  std::string_view Format(std::string_view name, std::int64_t count,
                          double percent);

 private:
  std::string line_;
};

struct Event {
  std::uint64_t time_us = 0;
  std::uint64_t value = 0;
};

// Hands events to their sink many at a time. The habit: batch.
// Thread safety: one thread at a time for each object.
class EventBatcher {
 public:
  // It keeps its sink, so it owns it: std::function, and not FunctionRef.
  using Sink = std::function<void(std::span<const Event>)>;

  // Makes a batcher that calls `sink` with every `batch_size` events that were
  // added.
  // REQUIRES: batch_size > 0, checked in debug builds; `sink` calls no function
  // of this batcher.
  // Cost: one allocation of batch_size * 16 bytes, and what the sink takes.
  EventBatcher(std::size_t batch_size, Sink sink);

  // Adds an event, and delivers the batch if that fills it.
  // Cost: O(1) and, once a batch, the sink; no allocation.
  // On failure: what the sink throws; its batch counts as delivered.
  void Add(Event event);

  // Delivers what is there, if anything. The destructor does not.
  // Cost: the sink; no allocation.
  // On failure: what the sink throws; its batch counts as delivered.
  void Flush();

 private:
  std::size_t batch_size_;
  Sink sink_;
  std::vector<Event> events_;
};

// Finds the lines of a text by number. Most texts are kept and never asked for
// a line. The habit: initialise lazily.
// Thread safety: one thread at a time for each object, also for reading: the
// first reader writes.
class LineIndex {
 public:
  // Takes `text` over.
  // Cost: O(1), no allocation.
  explicit LineIndex(std::string text);

  // Returns the number of lines: one more than the text has '\n'.
  // Cost: the first call of Lines or Line O(text) and one allocation of 8 bytes
  // for each line; later calls O(1), none.
  std::size_t Lines();

  // Returns line `number`, counted from 0, without its '\n'. It is valid as
  // long as the index lives and is neither moved nor assigned to.
  // REQUIRES: number < Lines(), checked in debug builds.
  // Cost: that of Lines.
  std::string_view Line(std::size_t number);

 private:
  std::string text_;
  std::vector<std::size_t> starts_;  // of each line, its offset
};

}  // namespace workbook

#endif  // WORKBOOK_02_02_OPTIMIZED_H_
