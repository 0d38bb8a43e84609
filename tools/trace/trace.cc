#include "tools/trace/trace.h"

#include <zlib.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <map>
#include <queue>
#include <unordered_map>

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
bool Get(const std::string& bytes, std::size_t& at, std::uint64_t& value) {
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

std::optional<std::string> Inflate(const std::string& path,
                                   std::string& bytes) {
  const gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return path + ": can't be opened. Does it exist?";
  char buffer[1 << 16];
  int count = 0;
  while ((count = gzread(file, buffer, sizeof(buffer))) > 0) {
    bytes.append(buffer, static_cast<std::size_t>(count));
  }
  const bool whole = gzclose(file) == Z_OK && count == 0;
  if (whole) return std::nullopt;
  return path + ": is no whole gzip file. Record and pack it again.";
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
      trace.events.push_back({TraceOp::kThread, thread, 0});
    }
    const bool frees = static_cast<TraceOp>(event.op) == TraceOp::kFree;
    const auto known = where.find(frees ? event.block : event.old);
    if (frees) {
      if (known == where.end()) continue;
      trace.events.push_back({TraceOp::kFree, known->second, 0});
      slots.Give(known->second);
      where.erase(known);
    } else if (known != where.end()) {
      const std::uint32_t slot = known->second;
      trace.events.push_back({TraceOp::kReallocate, slot, event.bytes});
      where.erase(known);
      where[event.block] = slot;
    } else {
      const std::uint32_t slot = slots.Take();
      trace.events.push_back({TraceOp::kAllocate, slot, event.bytes});
      where[event.block] = slot;
    }
  }
  trace.slots = slots.count();
  return trace;
}

Trace ReadTrace(const std::string& path) {
  Trace trace;
  std::string bytes;
  if (const auto problem = Inflate(path, bytes)) {
    trace.problem = *problem;
    return trace;
  }
  Slots slots;
  std::vector<bool> live;
  for (std::size_t at = 0; at < bytes.size();) {
    std::uint64_t word = 0;
    std::uint64_t size = 0;
    bool good = Get(bytes, at, word);
    TraceEvent event{static_cast<TraceOp>(word % 4), 0, 0};
    if (event.op == TraceOp::kAllocate) {
      event.slot = slots.Take();
      event.bytes = word / 4;
      live.resize(slots.count());
      live[event.slot] = true;
    } else {
      event.slot = static_cast<std::uint32_t>(word / 4);
      const bool of_block = event.op != TraceOp::kThread;
      good =
          good && (!of_block || (event.slot < live.size() && live[event.slot]));
      if (event.op == TraceOp::kReallocate) good = good && Get(bytes, at, size);
      event.bytes = size;
      if (good && event.op == TraceOp::kFree) {
        live[event.slot] = false;
        slots.Give(event.slot);
      }
    }
    if (!good) {
      trace.problem = path + ": event " + std::to_string(trace.events.size()) +
                      " is no event of a trace. Pack it again.";
      return trace;
    }
    trace.events.push_back(event);
  }
  trace.slots = slots.count();
  return trace;
}

std::optional<std::string> WriteTrace(const Trace& trace,
                                      const std::string& path) {
  std::string bytes;
  for (const TraceEvent& event : trace.events) {
    const auto op = static_cast<std::uint64_t>(event.op);
    const bool allocates = event.op == TraceOp::kAllocate;
    Put(bytes, (allocates ? event.bytes : event.slot) * 4 + op);
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
