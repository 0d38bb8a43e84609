// SPDX-License-Identifier: Apache-2.0

#include "01_02/size_class_allocator.h"

#include <algorithm>
#include <limits>
#include <new>
#include <stdexcept>

namespace workbook {

// [given]
constinit const std::array<SizeClass, 67> kGoSizeClasses = {
    {{8, 1024},  {16, 512},  {24, 341},  {32, 256},  {48, 170},  {64, 128},
     {80, 102},  {96, 85},   {112, 73},  {128, 64},  {144, 56},  {160, 51},
     {176, 46},  {192, 42},  {208, 39},  {224, 36},  {240, 34},  {256, 32},
     {288, 28},  {320, 25},  {352, 23},  {384, 21},  {416, 19},  {448, 18},
     {480, 17},  {512, 16},  {576, 14},  {640, 12},  {704, 11},  {768, 10},
     {896, 9},   {1024, 8},  {1152, 7},  {1280, 6},  {1408, 11}, {1536, 5},
     {1792, 9},  {2048, 4},  {2304, 7},  {2688, 3},  {3072, 8},  {3200, 5},
     {3456, 7},  {4096, 2},  {4864, 5},  {5376, 3},  {6144, 4},  {6528, 5},
     {6784, 6},  {6912, 7},  {8192, 1},  {9472, 6},  {9728, 5},  {10240, 4},
     {10880, 3}, {12288, 2}, {13568, 3}, {14336, 4}, {16384, 1}, {18432, 4},
     {19072, 3}, {20480, 2}, {21760, 3}, {24576, 1}, {27264, 3}, {28672, 2},
     {32768, 1}}};

// [given]
namespace {

constexpr std::size_t AlignmentOf(std::size_t class_bytes) {
  return std::min(class_bytes & (~class_bytes + 1),
                  FixedSizePool::kMaxAlignmentBytes);
}

std::size_t UpstreamAlignment(std::size_t alignment_bytes) {
  return std::max(alignment_bytes, alignof(std::max_align_t));
}

}  // namespace

// [given]
SizeClassAllocator::SizeClassAllocator(const Options& options)
    : upstream_(options.upstream) {
  if (upstream_ == nullptr) {
    throw std::invalid_argument("SizeClassAllocator: upstream is nullptr");
  }
  CheckTable(options.classes);
  classes_.reserve(options.classes.size());
  for (const SizeClass& size_class : options.classes) AddClass(size_class);
}

// [given]
SizeClassAllocator::~SizeClassAllocator() {
  DebugCheck(large_blocks_ == 0,
             "allocator destroyed while large blocks of it are lent");
}

// [given]
std::size_t SizeClassAllocator::ClassBytes(std::size_t size_class) const {
  DebugCheck(1 <= size_class && size_class <= ClassCount(), "no such class");
  return classes_[size_class - 1].pool.BlockBytes();
}

// [given]
std::size_t SizeClassAllocator::ClassCount() const { return classes_.size(); }

// [given]
SizeClassAllocator::Statistics SizeClassAllocator::GetStatistics() const {
  Statistics sum = {
      .blocks = large_blocks_,
      .requested_bytes = large_requested_bytes_,
      .lent_bytes = large_bytes_,
      .large_blocks = large_blocks_,
      .large_bytes = large_bytes_,
      .held_bytes = large_bytes_ + classes_.capacity() * sizeof(Class)};
  for (const Class& each : classes_) {
    const std::size_t blocks = each.pool.LentBlocks();
    sum.blocks += blocks;
    sum.requested_bytes += each.requested_bytes;
    sum.lent_bytes += blocks * each.pool.BlockBytes();
    sum.held_bytes += each.pool.BytesHeld();
  }
  return sum;
}

// [given]
std::size_t SizeClassAllocator::BytesHeld() const {
  return GetStatistics().held_bytes;
}

// [given]
void SizeClassAllocator::CheckTable(std::span<const SizeClass> classes) {
  constexpr std::size_t kMaxClasses = std::numeric_limits<std::uint8_t>::max();
  if (classes.empty() || classes.size() > kMaxClasses) {
    throw std::invalid_argument("SizeClassAllocator: 1 to 255 classes");
  }
  std::size_t previous_bytes = 0;
  for (const SizeClass& each : classes) {
    const std::size_t step =
        each.size_bytes <= kFineLimitBytes ? kFineStepBytes : kCoarseStepBytes;
    if (each.size_bytes <= previous_bytes || each.size_bytes % step != 0 ||
        each.size_bytes > kMaxClassBytes) {
      throw std::invalid_argument(
          "SizeClassAllocator: class sizes ascend to at most 32768, in "
          "multiples of 8, above 1024 of 128");
    }
    previous_bytes = each.size_bytes;
  }
}

// [given]
void SizeClassAllocator::AddClass(const SizeClass& size_class) {
  const std::size_t size_bytes = size_class.size_bytes;
  classes_.push_back({.pool = FixedSizePool({
                          .block_size_bytes = size_bytes,
                          .alignment_bytes = AlignmentOf(size_bytes),
                          .blocks_per_chunk = size_class.blocks_per_chunk,
                      })});
  FillTables(static_cast<std::uint8_t>(classes_.size()), size_bytes);
}

void SizeClassAllocator::FillTables(std::uint8_t number,
                                    std::size_t size_bytes) {
  const auto fill = [number](auto& table, std::size_t entries) {
    const auto end = table.begin() + static_cast<std::ptrdiff_t>(
                                         std::min(entries, table.size()));
    std::replace(table.begin(), end, std::uint8_t{0}, number);
  };
  fill(fine_, size_bytes / kFineStepBytes + 1);
  if (size_bytes >= kFineLimitBytes) {
    fill(coarse_, (size_bytes - kFineLimitBytes) / kCoarseStepBytes + 1);
  }
}

// [note] CheckAlignment is given: call it first. AlignmentOf(ClassBytes(c)) is
// [note] the alignment of class c.
std::size_t SizeClassAllocator::AlignedClass(
    std::size_t size_bytes, std::size_t alignment_bytes) const {
  CheckAlignment(alignment_bytes);
  std::size_t size_class = SizeToClass(size_bytes);
  if (size_class == 0) return 0;
  while (AlignmentOf(ClassBytes(size_class)) < alignment_bytes) {
    if (++size_class > classes_.size()) return 0;
  }
  return size_class;
}

// [given]
void* SizeClassAllocator::AllocateFresh(Class& found, std::size_t size_bytes) {
  void* const block = found.pool.Allocate();
  found.requested_bytes += size_bytes;
  return block;
}

std::size_t SizeClassAllocator::RoundedToPages(std::size_t size_bytes) {
  constexpr std::size_t kMask = kPageBytes - 1;
  if (size_bytes > std::numeric_limits<std::size_t>::max() - kMask) {
    throw std::bad_alloc();
  }
  return (std::max<std::size_t>(size_bytes, 1) + kMask) & ~kMask;
}

// [note] Ask upstream_ for the alignment UpstreamAlignment(alignment_bytes).
void* SizeClassAllocator::AllocateLarge(std::size_t size_bytes,
                                        std::size_t alignment_bytes) {
  const std::size_t rounded_bytes = RoundedToPages(size_bytes);
  void* const block =
      upstream_->allocate(rounded_bytes, UpstreamAlignment(alignment_bytes));
  large_blocks_++;
  large_bytes_ += rounded_bytes;
  large_requested_bytes_ += size_bytes;
  return block;
}

// [given]
void SizeClassAllocator::DeallocateLarge(void* block, std::size_t size_bytes,
                                         std::size_t alignment_bytes) {
  const std::size_t rounded_bytes = RoundedToPages(size_bytes);
  DebugCheck(rounded_bytes <= large_bytes_,
             "foreign pointer, or the size is not the one asked for");
  large_blocks_--;
  large_bytes_ -= rounded_bytes;
  large_requested_bytes_ -= size_bytes;
  upstream_->deallocate(block, rounded_bytes,
                        UpstreamAlignment(alignment_bytes));
}

// [given]
void* SizeClassResource::do_allocate(std::size_t bytes, std::size_t alignment) {
  return allocator_.Allocate(bytes, alignment);
}

// [given]
void SizeClassResource::do_deallocate(void* block, std::size_t bytes,
                                      std::size_t alignment) {
  allocator_.Deallocate(block, bytes, alignment);
}

// [given]
bool SizeClassResource::do_is_equal(
    const memory_resource& other) const noexcept {
  const auto* resource = dynamic_cast<const SizeClassResource*>(&other);
  return resource != nullptr && &resource->allocator_ == &allocator_;
}

}  // namespace workbook
