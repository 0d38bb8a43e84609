// SPDX-License-Identifier: Apache-2.0

// Six call sequences that cost an allocator most, for any malloc that is
// preloaded:
//
//   reproducers MODE first|later [peak]
//
// runs MODE once, or three times and then once more, and prints for the last
// run: calls of malloc, free and realloc; page faults; peak resident memory of
// the process (VmHWM), in KiB; with "peak", what of it is anonymous, in KiB.
// The last run is MeasuredRound, so callgrind counts its instructions with
// --toggle-collect=MeasuredRound. Build it with -fno-builtin.
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

constexpr std::size_t kBlocks = 40000;
void* blocks[kBlocks];
std::uint32_t random_state = 1;
long calls = 0;
long peak_anonymous_kib = 0;

std::uint32_t Random() {
  random_state = random_state * 1664525 + 1013904223;
  return random_state >> 8;
}

// As a program does, it writes to each page of the system.
void* Get(std::size_t bytes) {
  ++calls;
  auto* const block = static_cast<char*>(std::malloc(bytes));
  if (block == nullptr) std::abort();
  for (std::size_t at = 0; at < bytes; at += 4096) block[at] = 1;
  return block;
}

void Put(void* block) {
  ++calls;
  std::free(block);
}

// The number behind `key` in a file of /proc, without a malloc.
long KibOf(const char* path, const char* key) {
  static char text[8192];
  const int file = open(path, O_RDONLY);
  if (file < 0) return 0;
  const ssize_t bytes = read(file, text, sizeof(text) - 1);
  close(file);
  text[bytes < 0 ? 0 : bytes] = '\0';
  const char* const found = std::strstr(text, key);
  return found == nullptr ? 0 : std::atol(found + std::strlen(key));
}

bool measures_peak = false;

// Where a mode has most memory live. Reading costs instructions and a fault or
// two, so it is done in a run of its own.
void AtPeak() {
  if (!measures_peak) return;
  const long kib = KibOf("/proc/self/smaps_rollup", "\nAnonymous:");
  if (kib > peak_anonymous_kib) peak_anonymous_kib = kib;
}

// A heap that swings by more than 16 MiB.
void Sawtooth() {
  constexpr int kCount = 9000;
  random_state = 1;
  for (int i = 0; i < kCount; ++i) blocks[i] = Get(1 + Random() % 4096);
  AtPeak();
  for (int i = 0; i < kCount; ++i) Put(blocks[i]);
}

// A few hundred blocks of nearly a page of the system.
void Pages4k() {
  constexpr int kCount = 300;
  for (int i = 0; i < kCount; ++i) blocks[i] = Get(4072);
  AtPeak();
  for (int i = 0; i < kCount; ++i) Put(blocks[i]);
}

// Blocks up to 32 KiB, replaced at random.
void Mixed32k() {
  constexpr int kCount = 300;
  random_state = 1;
  std::memset(blocks, 0, kCount * sizeof(void*));
  for (int i = 0; i < 2000; ++i) {
    void*& block = blocks[Random() % kCount];
    if (block != nullptr) Put(block);
    block = Get(1 + Random() % 32000);
  }
  AtPeak();
  for (int i = 0; i < kCount; ++i) {
    if (blocks[i] != nullptr) Put(blocks[i]);
  }
}

// Many small blocks that die together.
void ManySmall() {
  constexpr int kCount = 40000;
  for (int i = 0; i < kCount; ++i) blocks[i] = Get(i % 2 != 0 ? 12 : 20);
  AtPeak();
  for (int i = 0; i < kCount; ++i) Put(blocks[i]);
}

// A large block grows by a 16th at a time, beside others.
void GrowingTable() {
  void* table = Get(40000);
  int count = 0;
  for (std::size_t bytes = 40000; bytes < 3000000; bytes += bytes / 16) {
    ++calls;
    table = std::realloc(table, bytes);
    if (table == nullptr) std::abort();
    std::memset(table, 1, bytes);
    blocks[count++] = Get(40000);
    AtPeak();
  }
  Put(table);
  for (int i = 0; i < count; ++i) Put(blocks[i]);
}

// A program that has hardly begun.
void SmallProgram() {
  constexpr int kCount = 800;
  for (int i = 0; i < kCount; ++i) {
    blocks[i] = Get(static_cast<std::size_t>(16 + i / 20 * 24));
  }
  AtPeak();
  for (int i = 0; i < kCount; ++i) Put(blocks[i]);
}

// What the process has without any of them.
void Nothing() { AtPeak(); }

struct Mode {
  const char* name;
  void (*run)();
};
constexpr Mode kModes[] = {
    {"sawtooth", Sawtooth},    {"pages_4k", Pages4k},
    {"mixed_32k", Mixed32k},   {"many_small", ManySmall},
    {"growing", GrowingTable}, {"small_program", SmallProgram},
    {"nothing", Nothing},
};

long Faults() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_minflt;
}

}  // namespace

extern "C" [[gnu::noinline]] void MeasuredRound(void (*run)()) {
  run();
  asm volatile("" ::: "memory");  // no tail call: callgrind sees it return
}

int main(int argc, char** argv) {
  const char* const name = argc == 3 || argc == 4 ? argv[1] : "";
  const bool first = argc > 2 && std::strcmp(argv[2], "first") == 0;
  const bool later = argc > 2 && std::strcmp(argv[2], "later") == 0;
  measures_peak = argc == 4 && std::strcmp(argv[3], "peak") == 0;
  for (const Mode& mode : kModes) {
    if (std::strcmp(mode.name, name) != 0 || !(first || later)) continue;
    // The array is the program's own: no round pays for its pages.
    std::memset(blocks, 0xff, sizeof(blocks));
    for (int i = 0; i < (later ? 3 : 0); ++i) mode.run();
    calls = 0;
    const long faults_before = Faults();
    MeasuredRound(mode.run);
    const long faults = Faults() - faults_before;
    const long peak_kib = KibOf("/proc/self/status", "VmHWM:");
    std::printf("%s %ld calls %ld faults %ld peak KiB %ld anonymous KiB\n",
                name, calls, faults, peak_kib, peak_anonymous_kib);
    return 0;
  }
  std::fprintf(stderr, "usage: reproducers MODE first|later [peak]\nMODE:");
  for (const Mode& mode : kModes) std::fprintf(stderr, " %s", mode.name);
  std::fprintf(stderr, "\nFix: name one of these modes and which run.\n");
  return 2;
}
