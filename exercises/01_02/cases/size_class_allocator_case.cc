// SPDX-License-Identifier: Apache-2.0

// What SizeClassAllocator promises, call by call: see tools/support/history.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory_resource>
#include <string>
#include <tuple>
#include <vector>

#include "01_02/size_class_allocator.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

constexpr SizeClass kFewClasses[] = {{8, 2},    {24, 2},   {64, 2},
                                     {1024, 2}, {1152, 2}, {4096, 1}};

struct Request {
  std::size_t bytes;
  std::size_t alignment_bytes;
};
constexpr Request kRequests[] = {
    {8, 8},    {9, 8},    {24, 8},    {0, 8},     {20, 64},      {1024, 8},
    {1025, 8}, {4097, 8}, {9000, 16}, {32768, 8}, {32769, 8192},
};
constexpr std::size_t kHuge[] = {SIZE_MAX, SIZE_MAX - 8190, SIZE_MAX / 2};

std::string BytesText(std::size_t bytes) {
  return bytes <= SIZE_MAX / 2 ? Text(bytes, "u")
                               : Text("SIZE_MAX - ", SIZE_MAX - bytes);
}

class SizeClassAllocatorCase : public Subject {
 public:
  static constexpr int kConfigs = 2;

  void Start(int config) {
    if (config == 0) {
      classes_.assign(std::begin(kFewClasses), std::end(kFewClasses));
      Say("constexpr SizeClass kFew[] = {{8, 2}, {24, 2}, {64, 2}, {1024, 2}, "
          "{1152, 2}, {4096, 1}};");
      Say("SizeClassAllocator allocator({.classes = kFew});");
      In(
          [](auto& allocator) {
            allocator.Make(SizeClassAllocator::Options{.classes = kFewClasses});
          },
          allocator_);
    } else {
      Say("SizeClassAllocator allocator;");
      In([](auto& allocator) { allocator.Make(); }, allocator_);
      classes_.assign(kGoSizeClasses.begin(), kGoSizeClasses.end());
      CheckGoClasses();
    }
    Expect(Allocations() <= 1, "", "the constructor allocates ", Allocations(),
           " pieces, not one");
  }

  bool Allocate(int which) {
    if (LentCount() == kMostBlocks) return false;
    const Request& request = kRequests[which];
    const std::string name = NewName();
    Say("void* ", name, " = allocator.Allocate(", request.bytes, ", ",
        request.alignment_bytes, ");");
    void* block = nullptr;
    const Thrown thrown = AllocateFor(request, &block);
    Expect(thrown == Thrown::kNothing, "", "Allocate throws");
    Lend(name, block, std::max<std::size_t>(request.bytes, 1),
         request.alignment_bytes);
    const std::size_t size_class = ClassOf(request);
    if (size_class != 0) {
      const std::size_t bytes = classes_[size_class - 1].size_bytes;
      const std::size_t alignment =
          std::min<std::size_t>(bytes & (~bytes + 1), 4096);
      Expect(reinterpret_cast<std::uintptr_t>(block) % alignment == 0, "", name,
             " is of the class of ", bytes, " bytes and not aligned to ",
             alignment);
    }
    requests_.push_back(request);
    return true;
  }

  bool Deallocate(int k) {
    const auto kth = static_cast<std::size_t>(k);
    if (kth >= LentCount()) return false;
    const Block block = Newest(kth);
    const auto found = requests_.end() - 1 - k;
    const Request request = *found;
    Say("allocator.Deallocate(", block.name, ", ", request.bytes, ", ",
        request.alignment_bytes, ");");
    Return(kth);
    requests_.erase(found);
    In(
        [](auto& allocator, std::byte* begin, std::size_t bytes,
           std::size_t alignment) {
          allocator->Deallocate(begin, bytes, alignment);
        },
        allocator_, block.begin, request.bytes, request.alignment_bytes);
    Expect(Allocations() == 0, "", "Deallocate allocates");
    return true;
  }

  bool AllocateHuge(int which) {
    const std::size_t bytes = kHuge[which];
    Say("try { allocator.Allocate(", BytesText(bytes),
        ", 8); } catch (const std::bad_alloc&) {}");
    void* block = nullptr;
    const Thrown thrown = AllocateFor({bytes, 8}, &block);
    Expect(thrown == Thrown::kBadAlloc, "",
           "no machine has so many bytes: it must throw std::bad_alloc");
    return true;
  }

  // A large one, and then one of a class whose pool needs a chunk.
  bool AllocateWithoutMemory(int which) {
    const Request request = which == 0 ? Request{40'000, 16} : kRequests[0];
    if (which == 1 && !requests_.empty()) return false;
    if (which == 1 && was_used_) return false;
    Say("// the system has no memory now");
    RefuseAllocations(1);
    void* block = nullptr;
    const Thrown thrown = AllocateFor(request, &block);
    Expect(thrown == Thrown::kBadAlloc, "", "without memory Allocate(",
           request.bytes, ") must throw std::bad_alloc");
    return true;
  }

  void Check() {
    if (!requests_.empty()) was_used_ = true;
    SizeClassAllocator::Statistics got;
    std::size_t held = 0;
    std::tie(got.blocks, got.lent_bytes, got.requested_bytes, got.large_blocks,
             got.large_bytes, got.held_bytes, held) =
        Ask(
            [](auto& allocator) {
              const auto now = allocator->GetStatistics();
              return std::tuple(now.blocks, now.lent_bytes, now.requested_bytes,
                                now.large_blocks, now.large_bytes,
                                now.held_bytes, allocator->BytesHeld());
            },
            allocator_);
    SizeClassAllocator::Statistics want;
    for (const Request& request : requests_) Count(request, want);
    const std::string code = "allocator.GetStatistics().";
    ExpectEqual(code + "blocks", got.blocks, want.blocks);
    ExpectEqual(code + "lent_bytes", got.lent_bytes, want.lent_bytes);
    ExpectEqual(code + "requested_bytes", got.requested_bytes,
                want.requested_bytes);
    ExpectEqual(code + "large_blocks", got.large_blocks, want.large_blocks);
    ExpectEqual(code + "large_bytes", got.large_bytes, want.large_bytes);
    ExpectEqual(code + "held_bytes", got.held_bytes, arena.LiveBytes());
    ExpectEqual("allocator.BytesHeld()", held, arena.LiveBytes());
  }

  bool CanEnd() const { return LentCount() == 0; }
  void End() {
    In([](auto& allocator) { allocator.End(); }, allocator_);
  }

  static constexpr CallKind<SizeClassAllocatorCase> kCalls[] = {
      {std::size(kRequests), &SizeClassAllocatorCase::Allocate},
      {2, &SizeClassAllocatorCase::Deallocate},
      {std::size(kHuge), &SizeClassAllocatorCase::AllocateHuge},
      {2, &SizeClassAllocatorCase::AllocateWithoutMemory, 2},
  };

 private:
  static constexpr std::size_t kMostBlocks = 12;

  Thrown AllocateFor(const Request& request, void** block) {
    return In(
        block,
        [](auto& allocator, std::size_t bytes, std::size_t alignment) {
          return allocator->Allocate(bytes, alignment);
        },
        allocator_, request.bytes, request.alignment_bytes);
  }

  // The class of a request, 0 for large.
  std::size_t ClassOf(const Request& request) const {
    for (std::size_t i = 0; i != classes_.size(); ++i) {
      const std::size_t bytes = classes_[i].size_bytes;
      const std::size_t alignment =
          std::min<std::size_t>(bytes & (~bytes + 1), 4096);
      if (std::max<std::size_t>(request.bytes, 1) <= bytes &&
          alignment >= std::min<std::size_t>(request.alignment_bytes, 8192)) {
        return i + 1;
      }
    }
    return 0;
  }

  void Count(const Request& request,
             SizeClassAllocator::Statistics& sum) const {
    ++sum.blocks;
    sum.requested_bytes += request.bytes;
    const std::size_t size_class = ClassOf(request);
    if (size_class != 0) {
      sum.lent_bytes += classes_[size_class - 1].size_bytes;
      return;
    }
    const std::size_t pages =
        (request.bytes + SizeClassAllocator::kPageBytes - 1) /
        SizeClassAllocator::kPageBytes * SizeClassAllocator::kPageBytes;
    sum.lent_bytes += pages;
    sum.large_bytes += pages;
    ++sum.large_blocks;
  }

  void CheckGoClasses() {
    const auto [count, of_1000, first, second] = Ask(
        [](auto& allocator) {
          return std::tuple(allocator->ClassCount(),
                            allocator->ClassBytes(allocator->SizeToClass(1000)),
                            kGoSizeClasses[1].size_bytes,
                            kGoSizeClasses[2].size_bytes);
        },
        allocator_);
    ExpectEqual("allocator.ClassCount()", count, 67);
    ExpectEqual("allocator.ClassBytes(allocator.SizeToClass(1000))", of_1000,
                1024);
    ExpectEqual("kGoSizeClasses[1].size_bytes", first, 16u);
    ExpectEqual("kGoSizeClasses[2].size_bytes", second, 24u);
  }

  Object<SizeClassAllocator> allocator_;
  std::vector<SizeClass> classes_;
  std::vector<Request> requests_;  // of the lent blocks, oldest first
  bool was_used_ = false;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(SizeClassAllocatorCase, "01_02/size_class_allocator.h", "")
