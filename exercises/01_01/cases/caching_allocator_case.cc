// SPDX-License-Identifier: Apache-2.0

// What CachingAllocator promises, call by call: see tools/support/history.
// Other threads come and go within a call.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "01_01/caching_allocator.h"
#include "exercises/01_01/testing/case_pages.h"
#include "tools/support/history/description.h"
#include "tools/support/history/named_threads.h"

namespace workbook::history {
namespace {

constexpr std::size_t kLargeBytes = 100'000;
constexpr std::size_t kSizes[] = {24, kLargeBytes, 0};

class CachingAllocatorCase : public Subject {
 public:
  static constexpr int kConfigs = 1;
  static constexpr std::uint64_t kHistories = 4000;  // each makes 1 MiB

  CachingAllocatorCase() = default;
  CachingAllocatorCase(const CachingAllocatorCase&) = delete;
  CachingAllocatorCase& operator=(const CachingAllocatorCase&) = delete;
  // A process has 15 of them at most.
  ~CachingAllocatorCase() {
    if (is_made_) {
      Aside([](auto& allocator) { allocator.End(); }, allocator_);
    }
  }

  void Start(int) {
    Say("LimitedPages source;");
    Say("auto made = std::make_unique<CachingAllocator>(source);");
    Say("CachingAllocator& allocator = *made;");
    In([](auto& allocator, auto& source) { allocator.Make(*source); },
       allocator_, source_);
    is_made_ = true;
    BlocksAreElsewhere();
  }

  bool Allocate(int which) {
    const std::size_t bytes = kSizes[which];
    const bool was_just_freed = bytes == kLargeBytes && freed_large_;
    const std::uint64_t spans = Statistics().span_allocations;
    const std::string call = Text("Allocate(", bytes, ")");
    if (!Take(
            call, bytes, bytes == 0 ? 8 : 16, false,
            [](auto& allocator, std::size_t size) {
              return allocator->Allocate(size);
            },
            bytes)) {
      return false;
    }
    Expect(!was_just_freed || Statistics().span_allocations == spans, "",
           "it takes a lock, and the thread has just freed such a block");
    return true;
  }
  bool AllocateAligned(int) {
    constexpr std::size_t kAlignment = 4 * kPageBytes;
    return Take(
        Text("AllocateAligned(100, ", kAlignment, ")"), 100, kAlignment, false,
        [](auto& allocator, std::size_t alignment) {
          return allocator->AllocateAligned(100, alignment);
        },
        kAlignment);
  }
  bool AllocateZeroed(int which) {
    const std::size_t bytes = kSizes[which];
    return Take(
        Text("AllocateZeroed(", bytes, ")"), bytes, 16, true,
        [](auto& allocator, std::size_t size) {
          return allocator->AllocateZeroed(size);
        },
        bytes);
  }
  bool AllocateTooMuch(int) {
    Say("allocator.Allocate(SIZE_MAX - 100);");
    void* const block =
        Ask([](auto& allocator) { return allocator->Allocate(SIZE_MAX - 100); },
            allocator_);
    Expect(block == nullptr, "", "no machine has so many bytes");
    return true;
  }

  // The k-th newest, or the newest on a thread that ends then.
  bool Deallocate(int k) {
    const auto index = static_cast<std::size_t>(k);
    if (LentCount() <= index) return false;
    const Block block = Newest(index);
    Say("allocator.Deallocate(", block.name, ");");
    Return(index);
    In([](auto& allocator, std::byte* begin) { allocator->Deallocate(begin); },
       allocator_, block.begin);
    Expect(Allocations() == 0, "", "it allocates");
    freed_large_ = block.bytes == kLargeBytes;
    return true;
  }
  bool DeallocateElsewhere(int) {
    if (LentCount() == 0) return false;
    const Block block = Newest();
    Say("std::thread([&] { allocator.Deallocate(", block.name, "); }).join();");
    Return();
    Elsewhere(
        [](auto& allocator, std::byte* begin) { allocator->Deallocate(begin); },
        block.begin);
    return true;
  }
  bool UseElsewhere(int which) {
    const std::size_t bytes = kSizes[which];
    Say("std::thread([&] { allocator.Deallocate(allocator.Allocate(", bytes,
        ")); }).join();");
    Elsewhere(
        [](auto& allocator, std::size_t size) {
          allocator->Deallocate(allocator->Allocate(size));
        },
        bytes);
    return true;
  }

  bool ReleaseMemory(int) {
    Say("allocator.ReleaseMemory();");
    In([](auto& allocator) { allocator->ReleaseMemory(); }, allocator_);
    freed_large_ = false;
    if (LentCount() != 0) return true;
    const CachingAllocator::Statistics got = Statistics();
    ExpectEqual("allocator.GetStatistics().objects_out_of_centre",
                got.objects_out_of_centre, 0);
    const std::size_t in_use = got.pages.in_use_bytes;
    Expect(in_use <= kept_bytes_, "", "nothing is lent, and ", in_use,
           " bytes of pages are in use");
    return true;
  }

  void Check() {
    for (std::size_t k = 0; k != LentCount(); ++k) {
      const Block& block = Newest(k);
      const std::size_t usable =
          Ask([](auto& allocator,
                 std::byte* begin) { return allocator->UsableSize(begin); },
              allocator_, block.begin);
      const std::size_t least = block.bytes == 5 ? 1 : block.bytes;
      Expect(usable >= least,
             Text("allocator.UsableSize(", block.name, ") + 1 > ", least, "u"),
             "UsableSize of ", block.name, " is ", usable,
             ", less than was asked for");
    }
    const CachingAllocator::Statistics got = Statistics();
    ExpectEqual("allocator.GetStatistics().thread_caches", got.thread_caches,
                got.thread_caches == 0 ? 0 : 1);
    ExpectEqual("allocator.GetStatistics().pages.mapped_bytes",
                got.pages.mapped_bytes,
                got.pages.in_use_bytes + got.pages.free_bytes);
  }

  bool CanEnd() const { return true; }
  void End() {
    is_made_ = false;
    In([](auto& allocator) { allocator.End(); }, allocator_);
  }

  static constexpr CallKind<CachingAllocatorCase> kCalls[] = {
      {3, &CachingAllocatorCase::Allocate},
      {2, &CachingAllocatorCase::Deallocate},
      {1, &CachingAllocatorCase::ReleaseMemory},
      {2, &CachingAllocatorCase::AllocateZeroed},
      {1, &CachingAllocatorCase::AllocateAligned},
      {1, &CachingAllocatorCase::AllocateTooMuch},
      {2, &CachingAllocatorCase::UseElsewhere, 2},
      {1, &CachingAllocatorCase::DeallocateElsewhere, 2},
  };

 private:
  CachingAllocator::Statistics Statistics() {
    CachingAllocator::Statistics got;
    std::tie(got.span_allocations, got.objects_out_of_centre, got.thread_caches,
             got.pages.in_use_bytes, got.pages.free_bytes,
             got.pages.mapped_bytes) =
        Ask(
            [](auto& allocator) {
              const CachingAllocator::Statistics now =
                  allocator->GetStatistics();
              return std::tuple(now.span_allocations, now.objects_out_of_centre,
                                now.thread_caches, now.pages.in_use_bytes,
                                now.pages.free_bytes, now.pages.mapped_bytes);
            },
            allocator_);
    return got;
  }

  template <class F, class Arg>
  void Elsewhere(F call, const Arg& arg) {
    threads_.Run(0, [&] { In(call, allocator_, arg); });
    EndThread(*this, threads_, 0);
  }

  template <class F, class Arg>
  bool Take(const std::string& code, std::size_t bytes,
            std::size_t alignment_bytes, bool is_zeroed, F call,
            const Arg& arg) {
    if (LentCount() == 8) return false;
    const std::string name = NewName();
    Say("void* ", name, " = allocator.", code, ";");
    void* const block = Ask(call, allocator_, arg);
    Expect(Allocations() == 0, "", "it allocates with malloc");
    Expect(block != nullptr, name + " != nullptr", name, " is nullptr");
    if (is_zeroed) {
      const std::vector<std::byte> content = BytesAt(block, bytes);
      const auto other =
          std::find_if(content.begin(), content.end(),
                       [](auto byte) { return byte != std::byte{0}; });
      Expect(other == content.end(), "", "byte ", other - content.begin(),
             " of ", name, " is not 0");
    }
    Lend(name, block, bytes, alignment_bytes);
    freed_large_ = false;
    return true;
  }

  Fixture<CasePages> source_;
  Object<CachingAllocator> allocator_;
  NamedThreads threads_;
  bool is_made_ = false;
  std::size_t kept_bytes_ = 0;  // that may stay in use
  bool freed_large_ = false;    // the last call did
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(CachingAllocatorCase, "01_01/caching_allocator.h", "")
