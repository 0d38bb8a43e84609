// SPDX-License-Identifier: Apache-2.0

#include "01_01/page_map.h"

#include <sys/mman.h>

#include <algorithm>
#include <cerrno>

namespace workbook {

// [given]
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

// [given]
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

// [given]
bool SystemPages::Discard(void* pages, std::size_t bytes) noexcept {
  const KeptErrno kept;
  return madvise(pages, bytes, MADV_DONTNEED) == 0;
}

// [given]
LimitedPages::~LimitedPages() {
  for (std::size_t i = 0; i < maps; ++i) {
    munmap(mappings_[i].pages, mappings_[i].bytes);
  }
}

// [given]
void* LimitedPages::Map(std::size_t bytes) noexcept {
  if (maps_left == 0 || maps == kMaxMaps) return nullptr;
  void* const pages = SystemPages().Map(bytes);
  if (pages == nullptr) return nullptr;
  --maps_left;
  mappings_[maps++] = {pages, bytes};
  mapped_bytes += bytes;
  return pages;
}

// [given]
bool LimitedPages::Discard(void* pages, std::size_t bytes) noexcept {
  if (discards_left == 0 || !SystemPages().Discard(pages, bytes)) return false;
  --discards_left;
  discarded_bytes += bytes;
  return true;
}

void* MetadataArena::Allocate(std::size_t bytes) {
  constexpr std::size_t kLineBytes = 64;
  bytes = (bytes + kLineBytes - 1) / kLineBytes * kLineBytes;
  if (bytes > left_bytes_) {
    const std::size_t chunk_bytes =
        std::max(kChunkBytes, PagesFor(bytes) << kPageShift);
    void* const chunk = source_.Map(chunk_bytes);
    if (chunk == nullptr) return nullptr;
    mapped_bytes_ += chunk_bytes;
    if (chunk_bytes > kChunkBytes) return chunk;  // keeps the rest of the other
    next_ = static_cast<std::byte*>(chunk);
    left_bytes_ = chunk_bytes;
  }
  void* const result = next_;
  next_ += bytes;
  left_bytes_ -= bytes;
  return result;
}

bool PageMap::Prepare(std::uintptr_t first_page, std::size_t pages,
                      MetadataArena& arena) {
  const std::uintptr_t last = (first_page + pages - 1) >> kLeafBits;
  if (last >= root_.size()) return false;
  for (std::uintptr_t i = first_page >> kLeafBits; i <= last; ++i) {
    if (root_[i].load(std::memory_order_relaxed) != nullptr) continue;
    void* const memory = arena.Allocate(sizeof(Leaf));
    if (memory == nullptr) return false;
    // Zeroed by the source, and not written here: 2.3 MiB would become
    // resident.
    root_[i].store(static_cast<Leaf*>(memory), std::memory_order_release);
  }
  return true;
}

void PageMap::SetEnds(Span* span) {
  const std::uintptr_t last = span->first_page + span->pages - 1;
  LeafOf(span->first_page)->spans[span->first_page % kLeafPages] = span;
  LeafOf(last)->spans[last % kLeafPages] = span;
}

void PageMap::SetAll(Span* span, std::size_t size_class) {
  for (std::size_t i = 0; i < span->pages; ++i) {
    const std::uintptr_t page = span->first_page + i;
    Leaf* const leaf = LeafOf(page);
    leaf->spans[page % kLeafPages] = span;
    leaf->classes[page % kLeafPages] = static_cast<std::uint8_t>(size_class);
  }
}

void PageMap::ClearClasses(const Span* span) {
  for (std::size_t i = 0; i < span->pages; ++i) {
    const std::uintptr_t page = span->first_page + i;
    LeafOf(page)->classes[page % kLeafPages] = 0;
  }
}

}  // namespace workbook
