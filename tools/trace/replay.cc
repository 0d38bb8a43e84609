// SPDX-License-Identifier: Apache-2.0

#include "tools/trace/replay.h"

#include <fcntl.h>
#include <malloc.h>
#include <sched.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <new>
#include <thread>

namespace workbook {

struct Replay::Event {
  std::uint64_t bytes;
  std::uint32_t slot;
  std::uint32_t turn;  // of the slot: how many of its events came before
  TraceOp op;
  std::uint8_t alignment_power;
};

struct Replay::Slot {
  void* block;
  std::atomic<std::uint32_t> turn;
};

struct Replay::Sampler {
  int file = -1;
  std::atomic<std::size_t> most_bytes{0};

  // 0: it cannot be read.
  std::size_t ResidentNow() const {
    // Code comes by 64 KiB around each fault, whatever is in the file's cache:
    // "Rss:" of one and the same replay wandered by 450 KiB.
    constexpr char kLabel[] = "\nAnonymous:";
    char text[1024];
    const ssize_t count = pread(file, text, sizeof(text) - 1, 0);
    if (count <= 0) return 0;
    text[count] = '\0';
    const char* const line = std::strstr(text, kLabel);
    if (line == nullptr) return 0;
    return std::strtoul(line + sizeof(kLabel) - 1, nullptr, 10) * 1024;
  }
  void Look() {
    const std::size_t now = ResidentNow();
    std::size_t most = most_bytes.load();
    while (most < now && !most_bytes.compare_exchange_weak(most, now)) {
    }
  }
};

namespace {

constexpr std::size_t kSystemPageBytes = 4096;
constexpr std::size_t kLooks = 1024;

// Writes each page: it is resident from here on.
template <class T>
T* Mapped(std::size_t count) {
  const std::size_t bytes = std::max<std::size_t>(count, 1) * sizeof(T);
  void* const memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  return static_cast<T*>(memory);
}

// As resident as the program's own use would make it.
void Touch(void* block, std::uint64_t bytes) {
  auto* const memory = static_cast<volatile char*>(block);
  for (std::uint64_t i = 0; i < bytes; i += kSystemPageBytes) memory[i] = 1;
}

// The trace without changes of thread, each event with the thread that runs it,
// and with the frees that the program left out.
struct FlatTrace {
  std::vector<TraceEvent> events;
  std::vector<std::uint32_t> threads;
  std::uint32_t thread_count = 1;
  std::size_t peak_live_bytes = 0;
};

FlatTrace Flatten(const Trace& trace) {
  FlatTrace flat;
  std::vector<std::uint64_t> sizes(trace.slots);
  std::vector<bool> is_live(trace.slots);
  std::size_t live_bytes = 0;
  std::uint32_t thread = 0;
  for (const TraceEvent& event : trace.events) {
    if (event.op == TraceOp::kThread) {
      thread = event.slot;
      flat.thread_count = std::max(flat.thread_count, thread + 1);
      continue;
    }
    flat.events.push_back(event);
    flat.threads.push_back(thread);
    live_bytes += event.bytes - sizes[event.slot];
    sizes[event.slot] = event.bytes;
    is_live[event.slot] = event.op != TraceOp::kFree;
    flat.peak_live_bytes = std::max(flat.peak_live_bytes, live_bytes);
  }
  for (std::uint32_t slot = 0; slot < trace.slots; ++slot) {
    if (!is_live[slot]) continue;
    flat.events.push_back({TraceOp::kFree, 0, slot, 0});
    flat.threads.push_back(0);
  }
  return flat;
}

}  // namespace

MallocFunctions ProcessMalloc() {
  return {&std::malloc, &memalign, &std::realloc, &std::free};
}

Replay::Replay(const Trace& trace) : slot_count_(trace.slots) {
  const FlatTrace flat = Flatten(trace);
  event_count_ = flat.events.size();
  peak_live_bytes_ = flat.peak_live_bytes;
  events_ = Mapped<Event>(event_count_);
  slots_ = Mapped<Slot>(slot_count_);
  std::vector<std::uint32_t> turns(slot_count_);
  std::vector<std::uint32_t> turn_of(event_count_);
  for (std::size_t i = 0; i < event_count_; ++i) {
    turn_of[i] = turns[flat.events[i].slot]++;
  }
  Event* next = events_;
  for (std::uint32_t thread = 0; thread < flat.thread_count; ++thread) {
    Section section{next, next};
    for (std::size_t i = 0; i < event_count_; ++i) {
      if (flat.threads[i] != thread) continue;
      const TraceEvent& from = flat.events[i];
      // A malloc of 0 bytes is one of 1 here: it has a block everywhere.
      *section.end++ = {std::max<std::uint64_t>(from.bytes, 1), from.slot,
                        turn_of[i], from.op, from.alignment_power};
    }
    next = section.end;
    threads_.push_back(section);
  }
}

Replay::~Replay() {
  munmap(events_, std::max<std::size_t>(event_count_, 1) * sizeof(Event));
  munmap(slots_, std::max<std::size_t>(slot_count_, 1) * sizeof(Slot));
}

void Replay::RunSection(const Section& section,
                        const MallocFunctions& functions,
                        std::size_t sample_every) {
  std::size_t until_look = sample_every;
  for (const Event* event = section.begin; event != section.end; ++event) {
    Slot& slot = slots_[event->slot];
    while (slot.turn.load(std::memory_order_acquire) != event->turn) {
      if (out_of_memory_.load(std::memory_order_relaxed)) return;
      sched_yield();
    }
    if (event->op == TraceOp::kFree) {
      functions.deallocate(slot.block);
    } else {
      void* block = nullptr;
      if (event->op == TraceOp::kReallocate) {
        block = functions.reallocate(slot.block, event->bytes);
      } else if (event->alignment_power > 0) {
        block = functions.allocate_aligned(
            std::size_t{1} << event->alignment_power, event->bytes);
      } else {
        block = functions.allocate(event->bytes);
      }
      if (block == nullptr) {
        out_of_memory_ = true;  // whoever waits for the block gives up
        return;
      }
      Touch(block, event->bytes);
      slot.block = block;
    }
    slot.turn.store(event->turn + 1, std::memory_order_release);
    if (sample_every > 0 && --until_look == 0) {
      sampler_->Look();
      until_look = sample_every;
    }
  }
}

bool Replay::RunThreads(const MallocFunctions& functions,
                        std::size_t sample_every) {
  for (std::size_t i = 0; i < slot_count_; ++i) {
    slots_[i].turn.store(0, std::memory_order_relaxed);
  }
  out_of_memory_ = false;
  const auto run = [&](const Section& section) {
    RunSection(section, functions, sample_every);
  };
  std::vector<std::thread> others;
  others.reserve(threads_.size());
  for (std::size_t i = 1; i < threads_.size(); ++i) {
    others.emplace_back(run, threads_[i]);
  }
  run(threads_[0]);
  for (std::thread& thread : others) thread.join();
  return !out_of_memory_;
}

Replay::ResidentBytes Replay::MeasureResident(
    const MallocFunctions& functions) {
  Sampler sampler;
  sampler.file = open("/proc/self/smaps_rollup", O_RDONLY | O_CLOEXEC);
  const std::size_t start_bytes = sampler.file < 0 ? 0 : sampler.ResidentNow();
  if (start_bytes == 0) {
    return {0, "/proc/self/smaps_rollup can't be read: is /proc mounted?"};
  }
  sampler.most_bytes = start_bytes;
  sampler_ = &sampler;
  const std::size_t every = std::max<std::size_t>(event_count_ / kLooks, 1);
  const bool served = RunThreads(functions, every);
  sampler_ = nullptr;
  close(sampler.file);
  if (!served) return {0, "the malloc returned nullptr"};
  return {sampler.most_bytes - start_bytes, ""};
}

}  // namespace workbook
