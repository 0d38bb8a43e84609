// SPDX-License-Identifier: Apache-2.0

// Four ways not to allocate in a loop: pre-size, pool, reuse, batch.
#ifndef WORKBOOK_EXERCISES_02_02_BEFORE_OPTIMIZED_H_
#define WORKBOOK_EXERCISES_02_02_BEFORE_OPTIMIZED_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace workbook::before {

// Pre-size: the words with ", " between them.
// Cost: O(total length); one allocation, none for at most 15 characters.
std::string JoinWithCommas(std::span<const std::string_view> words);

struct Message {
  std::uint64_t id = 0;
  std::string body;
};

// Pool: messages that keep the memory of their body when they come back.
// Thread safety: one thread at a time for each pool and its messages.
class MessagePool {
 public:
  // A body that grew past this many bytes is not kept: one huge message must
  // not hold its memory for ever.
  static constexpr std::size_t kLargestKeptBodyBytes = 4096;

  class Recycler {
   public:
    explicit Recycler(MessagePool* pool = nullptr) : pool_(pool) {}
    void operator()(Message* message) const noexcept;

   private:
    MessagePool* pool_;
  };
  using Handle = std::unique_ptr<Message, Recycler>;

  // Keeps at most `max_idle` messages that nobody uses.
  explicit MessagePool(std::size_t max_idle);

  // A message with id 0 and an empty body. It comes back when the handle dies.
  // REQUIRES: the handle dies before the pool.
  // Cost: O(1); no allocation while there is an idle message.
  // On failure: std::bad_alloc.
  Handle Acquire();

 private:
  std::size_t max_idle_;
};

// Reuse: lines of a report, one at a time.
// Thread safety: one thread at a time for each object.
class LineFormatter {
 public:
  // "name: count (percent %)", percent with one digit: "disk: -3 (12.5 %)".
  // The text is valid until the next call.
  // REQUIRES: percent is finite.
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

// Batch: events that reach their sink many at a time.
// Thread safety: one thread at a time for each object.
class EventBatcher {
 public:
  // It keeps its sink, so it owns it: std::function, and not FunctionRef.
  using Sink = std::function<void(std::span<const Event>)>;

  // Calls `sink` with every `batch_size` events that were added.
  // REQUIRES: batch_size > 0, checked in debug builds.
  // Cost: one allocation of batch_size * 16 bytes, and what the sink takes.
  EventBatcher(std::size_t batch_size, Sink sink);

  // Cost: O(1) and, once a batch, the sink; no allocation.
  // On failure: what the sink throws; its batch counts as delivered.
  void Add(Event event);

  // Delivers what is there, if anything. The destructor does not.
  void Flush();

 private:
  std::size_t batch_size_;
  Sink sink_;
  std::vector<std::shared_ptr<Event>> events_;
};

}  // namespace workbook::before

#endif  // WORKBOOK_EXERCISES_02_02_BEFORE_OPTIMIZED_H_
