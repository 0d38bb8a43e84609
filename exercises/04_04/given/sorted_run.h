// SPDX-License-Identifier: Apache-2.0

// The format of a run on disk: entries in the order of their keys.
#ifndef WORKBOOK_EXERCISES_04_04_GIVEN_SORTED_RUN_H_
#define WORKBOOK_EXERCISES_04_04_GIVEN_SORTED_RUN_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include "04_04/chunk_io.h"
#include "04_04/spilling_counter.h"

namespace workbook {

// An entry is its head, then the bytes of its key.
struct RunHead {
  std::uint64_t count;
  std::uint64_t key_bytes;
};

// Writes a run to a file.
class RunWriter : public CountSink {
 public:
  RunWriter(int fd, std::span<char> buffer)
      : target_(fd), writer_(target_, buffer) {}

  bool OnCount(std::string_view key, std::uint64_t count) override {
    const RunHead head{count, key.size()};
    return writer_.Append(
               {reinterpret_cast<const char*>(&head), sizeof(head)}) &&
           writer_.Append(key);
  }
  bool Finish() { return writer_.Flush(); }
  const IoStatus& Status() const { return writer_.Status(); }

 private:
  FdTarget target_;
  ChunkWriter writer_;
};

// Reads a run through a buffer that holds at least one entry of any size.
class RunReader {
 public:
  RunReader(int fd, std::span<char> buffer)
      : source_(fd), reader_(source_), buffer_(buffer) {}

  // Makes the next entry Key() and Count(). Returns false at the end.
  bool Next() {
    place_ += entry_bytes_;
    entry_bytes_ = 0;
    if (!Have(sizeof(RunHead))) return false;
    RunHead head;
    std::memcpy(&head, buffer_.data() + place_, sizeof(head));
    const std::size_t bytes =
        sizeof(head) + static_cast<std::size_t>(head.key_bytes);
    if (bytes > buffer_.size() || !Have(bytes)) return false;
    entry_bytes_ = bytes;
    count_ = head.count;
    key_ = {buffer_.data() + place_ + sizeof(head),
            static_cast<std::size_t>(head.key_bytes)};
    return true;
  }
  std::string_view Key() const { return key_; }
  std::uint64_t Count() const { return count_; }
  // Says how reading went: a run that ends within an entry has been cut.
  IoStatus Status() const {
    if (reader_.Status().ok() && entry_bytes_ == 0 && place_ != filled_) {
      return {IoOutcome::kShrunk, 0, reader_.BytesRead()};
    }
    return reader_.Status();
  }

 private:
  bool Have(std::size_t bytes) {
    if (filled_ - place_ >= bytes) return true;
    std::memmove(buffer_.data(), buffer_.data() + place_, filled_ - place_);
    filled_ -= place_;
    place_ = 0;
    filled_ += reader_.Fill(buffer_.subspan(filled_));
    return filled_ >= bytes;
  }

  FdSource source_;
  ChunkReader reader_;
  std::span<char> buffer_;
  std::size_t place_ = 0;
  std::size_t filled_ = 0;
  std::size_t entry_bytes_ = 0;
  std::string_view key_;
  std::uint64_t count_ = 0;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_04_04_GIVEN_SORTED_RUN_H_
