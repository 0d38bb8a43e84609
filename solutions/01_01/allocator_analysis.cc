// SPDX-License-Identifier: Apache-2.0

#include "01_01/allocator_analysis.h"

#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <fstream>
#include <new>
#include <random>
#include <utility>

namespace workbook {

// [given]
namespace {

// A block that goes back whatever happens.
class Block {
 public:
  Block(const MallocUnderTest& malloc, std::size_t bytes)
      : malloc_(&malloc), memory_(malloc.allocate(bytes)) {
    if (memory_ == nullptr) throw std::bad_alloc();
  }
  ~Block() {
    if (memory_ != nullptr) malloc_->deallocate(memory_);
  }
  Block(Block&& other) noexcept
      : malloc_(other.malloc_),
        memory_(std::exchange(other.memory_, nullptr)) {}
  Block& operator=(Block&& other) noexcept {
    std::swap(malloc_, other.malloc_);
    std::swap(memory_, other.memory_);
    return *this;
  }
  void* get() const { return memory_; }
  std::size_t UsableBytes() const { return malloc_->usable_size(memory_); }

 private:
  const MallocUnderTest* malloc_;
  void* memory_;
};

std::int64_t ResidentBytes() {
  std::ifstream file("/proc/self/statm");
  std::int64_t pages = 0;
  std::int64_t resident_pages = 0;
  file >> pages >> resident_pages;
  return resident_pages * sysconf(_SC_PAGESIZE);
}

// As many sizes between 16 and 32 as between 1024 and 2048.
std::size_t LogUniform(std::minstd_rand& random, std::size_t most_bytes) {
  const auto doublings =
      static_cast<std::size_t>(std::bit_width(most_bytes / 16));
  const std::size_t low = std::size_t{16}
                          << random() % std::max<std::size_t>(
                                            doublings - (doublings > 0), 1);
  return std::min(low + random() % low, most_bytes);
}

}  // namespace

double Waste::Fraction() const {
  if (usable_bytes == 0) return 0;
  return static_cast<double>(usable_bytes - requested_bytes) /
         static_cast<double>(usable_bytes);
}

// [given]
double ChurnResult::Ratio() const {
  return static_cast<double>(resident_bytes) / static_cast<double>(live_bytes);
}

std::vector<std::size_t> EffectiveClasses(const MallocUnderTest& malloc,
                                          std::size_t most_bytes) {
  std::vector<std::size_t> classes;
  for (std::size_t bytes = 1; bytes <= most_bytes; ++bytes) {
    classes.push_back(Block(malloc, bytes).UsableBytes());
  }
  std::sort(classes.begin(), classes.end());
  classes.erase(std::unique(classes.begin(), classes.end()), classes.end());
  return classes;
}

Waste InternalWaste(const MallocUnderTest& malloc,
                    std::span<const SizeCount> histogram) {
  Waste waste;
  for (const SizeCount& entry : histogram) {
    waste.requested_bytes += entry.bytes * entry.count;
    waste.usable_bytes +=
        Block(malloc, entry.bytes).UsableBytes() * entry.count;
  }
  return waste;
}

// [given]
Curve OverheadCurve(const MallocUnderTest& malloc, std::size_t most_bytes,
                    std::size_t step_bytes) {
  Curve curve{malloc.name, {}};
  for (std::size_t bytes = 1; bytes <= most_bytes; bytes += step_bytes) {
    curve.points.push_back({bytes, Block(malloc, bytes).UsableBytes()});
  }
  return curve;
}

std::vector<std::size_t> BestRequestSizes(std::span<const std::size_t> classes,
                                          std::size_t needed_bytes,
                                          std::size_t count) {
  const auto first =
      std::lower_bound(classes.begin(), classes.end(), needed_bytes);
  const auto left = static_cast<std::size_t>(classes.end() - first);
  return {first, first + static_cast<std::ptrdiff_t>(std::min(count, left))};
}

// [given]
ChurnResult Churn(const MallocUnderTest& malloc, const ChurnOptions& options) {
  std::minstd_rand random(static_cast<unsigned>(options.seed));
  std::vector<Block> blocks;
  blocks.reserve(options.live_blocks);
  std::vector<std::size_t> sizes(options.live_blocks);
  const std::int64_t before = ResidentBytes();
  const auto make = [&](std::size_t i) {
    sizes[i] = LogUniform(random, options.most_bytes);
    Block block(malloc, sizes[i]);
    std::memset(block.get(), 1, sizes[i]);
    return block;
  };
  for (std::size_t i = 0; i < options.live_blocks; ++i) {
    blocks.push_back(make(i));
  }
  for (std::size_t i = 0; i < options.rounds * options.live_blocks / 2; ++i) {
    const std::size_t victim = random() % options.live_blocks;
    blocks[victim] = make(victim);
  }
  ChurnResult result;
  result.resident_bytes = ResidentBytes() - before;
  for (const std::size_t bytes : sizes) result.live_bytes += bytes;
  return result;
}

}  // namespace workbook
