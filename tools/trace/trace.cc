// SPDX-License-Identifier: Apache-2.0

#include "tools/trace/trace.h"

#include <zlib.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <map>
#include <queue>
#include <unordered_map>
#include <utility>

namespace workbook {
namespace {

void Put(std::string& bytes, std::uint64_t value) {
  while (value >= 128) {
    bytes += static_cast<char>(value % 128 + 128);
    value /= 128;
  }
  bytes += static_cast<char>(value);
}

// False: the bytes end within the number, or it has more than 64 bits.
bool Get(std::string_view bytes, std::size_t& at, std::uint64_t& value) {
  value = 0;
  for (unsigned shift = 0; at < bytes.size() && shift < 64; shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes[at++]);
    value |= std::uint64_t{byte & 127u} << shift;
    if (byte < 128) return true;
  }
  return false;
}

// Slots of blocks that live; a freed one is used again, the lowest first.
class Slots {
 public:
  std::uint32_t Take() {
    if (free_.empty()) return count_++;
    const std::uint32_t slot = free_.top();
    free_.pop();
    return slot;
  }
  void Give(std::uint32_t slot) { free_.push(slot); }
  std::uint32_t count() const { return count_; }

 private:
  std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>>
      free_;
  std::uint32_t count_ = 0;
};

std::string NotWhole(const std::string& name) {
  return name + ": is no whole gzip file. Record and pack it again.";
}

std::optional<std::string> Inflate(const gzFile file, const std::string& path,
                                   std::string& bytes) {
  if (file == nullptr) return path + ": can't be opened. Does it exist?";
  char buffer[1 << 16];
  int count = 0;
  while ((count = gzread(file, buffer, sizeof(buffer))) > 0) {
    bytes.append(buffer, static_cast<std::size_t>(count));
  }
  const bool whole = gzclose(file) == Z_OK && count == 0;
  if (whole) return std::nullopt;
  return NotWhole(path);
}

// The same from memory, without a file: a grader's jail has no memfd_create.
std::optional<std::string> Inflate(std::string_view packed,
                                   const std::string& name,
                                   std::string& bytes) {
  constexpr int kGzip = 16 + MAX_WBITS;
  z_stream stream{};
  if (inflateInit2(&stream, kGzip) != Z_OK) return name + ": no memory is left";
  // zlib's own type for what it only reads.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  char buffer[1 << 16];
  int state = Z_OK;
  while (state == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(buffer);
    stream.avail_out = sizeof(buffer);
    state = inflate(&stream, Z_NO_FLUSH);
    bytes.append(buffer, sizeof(buffer) - stream.avail_out);
  }
  inflateEnd(&stream);
  if (state == Z_STREAM_END && stream.avail_in == 0) return std::nullopt;
  return NotWhole(name);
}

}  // namespace

Trace FromRaw(const std::vector<RawEvent>& raw) {
  Trace trace;
  Slots slots;
  std::unordered_map<std::uint64_t, std::uint32_t> where;
  std::uint32_t thread = 0;
  for (const RawEvent& event : raw) {
    if (event.thread != thread) {
      thread = event.thread;
      trace.events.push_back({TraceOp::kThread, 0, thread, 0});
    }
    const bool frees = static_cast<TraceOp>(event.op) == TraceOp::kFree;
    const auto known = where.find(frees ? event.block : event.old);
    if (frees) {
      if (known == where.end()) continue;
      trace.events.push_back({TraceOp::kFree, 0, known->second, 0});
      slots.Give(known->second);
      where.erase(known);
    } else if (known != where.end()) {
      const std::uint32_t slot = known->second;
      trace.events.push_back({TraceOp::kReallocate, 0, slot, event.bytes});
      where.erase(known);
      where[event.block] = slot;
    } else {
      const std::uint32_t slot = slots.Take();
      trace.events.push_back(
          {TraceOp::kAllocate, event.alignment_power, slot, event.bytes});
      where[event.block] = slot;
    }
  }
  trace.slots = slots.count();
  return trace;
}

namespace {

// Turns the numbers of a packed trace into events, and knows what is live.
class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : bytes_(bytes) {}

  bool AtEnd() const { return at_ == bytes_.size(); }
  // False: what follows is no event.
  bool Next(Trace& trace) {
    std::uint64_t word = 0;
    if (!Get(bytes_, at_, word)) return false;
    const auto op = static_cast<TraceOp>(word % 4);
    if (op == TraceOp::kThread) return Prefix(word / 4, trace);
    TraceEvent event{op, alignment_power_, 0, 0};
    if (op == TraceOp::kAllocate) {
      event.slot = slots_.Take();
      event.bytes = word / 4;
      live_.resize(slots_.count());
      live_[event.slot] = true;
      alignment_power_ = 0;
    } else {
      if (word / 4 >= live_.size() || !live_[word / 4]) return false;
      event.slot = static_cast<std::uint32_t>(word / 4);
      if (op == TraceOp::kReallocate && !Get(bytes_, at_, event.bytes)) {
        return false;
      }
      if (op == TraceOp::kFree) {
        live_[event.slot] = false;
        slots_.Give(event.slot);
      }
    }
    trace.events.push_back(event);
    return true;
  }
  std::uint32_t slots() const { return slots_.count(); }

 private:
  bool Prefix(std::uint64_t value, Trace& trace) {
    constexpr std::uint64_t kMaxThreads = 1 << 16;
    if (value % 2 == 0) {
      if (value / 2 >= kMaxThreads) return false;
      const auto thread = static_cast<std::uint32_t>(value / 2);
      trace.events.push_back({TraceOp::kThread, 0, thread, 0});
    } else {
      if (value / 2 >= 48) return false;
      alignment_power_ = static_cast<std::uint8_t>(value / 2);
    }
    return true;
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  std::uint8_t alignment_power_ = 0;
  Slots slots_;
  std::vector<bool> live_;
};

Trace Decode(const std::optional<std::string>& problem, std::string_view bytes,
             const std::string& name) {
  if (!problem) return ReadUnpackedTrace(bytes, name);
  Trace trace;
  trace.problem = *problem;
  return trace;
}

}  // namespace

Trace ReadUnpackedTrace(std::string_view unpacked, const std::string& name) {
  Trace trace;
  Decoder decoder(unpacked);
  while (!decoder.AtEnd()) {
    if (decoder.Next(trace)) continue;
    trace.problem = name + ": event " + std::to_string(trace.events.size()) +
                    " is no event of a trace. Pack it again.";
    return trace;
  }
  trace.slots = decoder.slots();
  return trace;
}

Trace ReadTrace(const std::string& path) {
  std::string bytes;
  const auto problem = Inflate(gzopen(path.c_str(), "rb"), path, bytes);
  return Decode(problem, bytes, path);
}

Trace ReadPackedTrace(std::string_view packed, const std::string& name) {
  std::string bytes;
  const auto problem = Inflate(packed, name, bytes);
  return Decode(problem, bytes, name);
}

std::optional<std::string> WriteTrace(const Trace& trace,
                                      const std::string& path) {
  std::string bytes;
  for (const TraceEvent& event : trace.events) {
    const auto op = static_cast<std::uint64_t>(event.op);
    const bool allocates = event.op == TraceOp::kAllocate;
    if (allocates && event.alignment_power > 0) {
      Put(bytes, event.alignment_power * std::uint64_t{8} + 7);
    }
    const std::uint64_t value = allocates ? event.bytes : event.slot;
    Put(bytes, event.op == TraceOp::kThread ? value * 8 + 3 : value * 4 + op);
    if (event.op == TraceOp::kReallocate) Put(bytes, event.bytes);
  }
  const std::string part = path + ".part";
  const gzFile file = gzopen(part.c_str(), "wb9");
  const auto size = static_cast<unsigned>(bytes.size());
  const bool written = file != nullptr && gzwrite(file, bytes.data(), size) ==
                                              static_cast<int>(size);
  const bool closed = file != nullptr && gzclose(file) == Z_OK;
  if (written && closed && std::rename(part.c_str(), path.c_str()) == 0) {
    return std::nullopt;
  }
  std::remove(part.c_str());
  return path + ": can't be written. Does its folder exist, is there room?";
}

}  // namespace workbook
