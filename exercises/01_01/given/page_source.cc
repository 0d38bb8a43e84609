// SPDX-License-Identifier: Apache-2.0

#include "exercises/01_01/given/page_source.h"

#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <cerrno>

namespace workbook {
namespace {

// free must not change errno, and it may map a page for a buffer.
class KeptErrno {
 public:
  KeptErrno() = default;
  ~KeptErrno() { errno = kept_; }
  KeptErrno(const KeptErrno&) = delete;
  KeptErrno& operator=(const KeptErrno&) = delete;

 private:
  int kept_ = errno;
};

}  // namespace

void* SystemPages::Map(std::size_t bytes) noexcept {
  const KeptErrno kept;
  // Pages of the system are 4 KiB, ours 8: one more, and the ends go back.
  constexpr std::size_t kSlack = kPageBytes;
  if (bytes > SIZE_MAX - kSlack) return nullptr;
  void* const mapped = mmap(nullptr, bytes + kSlack, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapped == MAP_FAILED) return nullptr;
  const auto start = reinterpret_cast<std::uintptr_t>(mapped);
  const std::size_t head = (kPageBytes - start % kPageBytes) % kPageBytes;
  std::byte* const first = static_cast<std::byte*>(mapped) + head;
  // Ends that the system does not take back are addresses lost, no memory.
  if (head > 0) munmap(mapped, head);
  munmap(first + bytes, kSlack - head);
  return first;
}

bool SystemPages::Discard(void* pages, std::size_t bytes) noexcept {
  const KeptErrno kept;
  return madvise(pages, bytes, MADV_DONTNEED) == 0;
}

bool SystemPages::Move([[maybe_unused]] void* from, [[maybe_unused]] void* to,
                       [[maybe_unused]] std::size_t bytes) noexcept {
#ifdef MREMAP_DONTUNMAP
  static constinit std::atomic<std::size_t> moves = 0;
  if (moves.load(std::memory_order_relaxed) >= kMaxMoves) return false;
  const KeptErrno kept;
  if (mremap(from, bytes, bytes,
             MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP, to) != to) {
    return false;
  }
  moves.fetch_add(1, std::memory_order_relaxed);
  return true;
#else
  return false;
#endif
}

LimitedPages::~LimitedPages() {
  for (std::size_t i = 0; i < maps; ++i) {
    munmap(mappings_[i].pages, mappings_[i].bytes);
  }
}

void* LimitedPages::Map(std::size_t bytes) noexcept {
  if (maps_left == 0 || maps == kMaxMaps) return nullptr;
  void* const pages = SystemPages().Map(bytes);
  if (pages == nullptr) return nullptr;
  --maps_left;
  mappings_[maps++] = {pages, bytes};
  mapped_bytes += bytes;
  return pages;
}

bool LimitedPages::Discard(void* pages, std::size_t bytes) noexcept {
  if (discards_left == 0 || !SystemPages().Discard(pages, bytes)) return false;
  --discards_left;
  discarded_bytes += bytes;
  return true;
}

bool LimitedPages::Move(void* from, void* to, std::size_t bytes) noexcept {
  if (moves_left == 0 || !SystemPages().Move(from, to, bytes)) return false;
  --moves_left;
  moved_bytes += bytes;
  return true;
}

std::size_t LimitedPages::ResidentBytesOfMap(std::size_t number) const {
  constexpr std::size_t kSystemPageBytes = 4096;
  const Mapping& mapping = mappings_[number];
  std::size_t resident = 0;
  std::array<unsigned char, 256> pages{};
  for (std::size_t at = 0; at < mapping.bytes;) {
    const std::size_t bytes =
        std::min(mapping.bytes - at, pages.size() * kSystemPageBytes);
    mincore(static_cast<std::byte*>(mapping.pages) + at, bytes, pages.data());
    for (std::size_t i = 0; i < bytes / kSystemPageBytes; ++i) {
      resident += (pages[i] & 1u) * kSystemPageBytes;
    }
    at += bytes;
  }
  return resident;
}

}  // namespace workbook
