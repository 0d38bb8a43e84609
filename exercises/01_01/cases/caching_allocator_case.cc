// SPDX-License-Identifier: Apache-2.0

// What CachingAllocator promises, call by call: see tools/support/history.
// Other threads come and go within a call.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
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
    if (is_made_) allocator_.End();
  }

  void Start(int) {
    Say("LimitedPages source;");
    Say("auto made = std::make_unique<CachingAllocator>(source);");
    Say("CachingAllocator& allocator = *made;");
    In([this] {
      allocator_.Make(source_);
      is_made_ = true;
    });
    BlocksAreElsewhere();
  }

  bool Allocate(int which) {
    const std::size_t bytes = kSizes[which];
    const bool was_just_freed = bytes == kLargeBytes && freed_large_;
    const std::uint64_t spans = Statistics().span_allocations;
    const std::string call = Text("Allocate(", bytes, ")");
    if (!Take(call, bytes, bytes == 0 ? 8 : 16,
              [this, bytes] { return allocator_->Allocate(bytes); })) {
      return false;
    }
    Expect(!was_just_freed || Statistics().span_allocations == spans, "",
           "it takes a lock, and the thread has just freed such a block");
    return true;
  }
  bool AllocateAligned(int) {
    constexpr std::size_t kAlignment = 4 * kPageBytes;
    return Take(
        Text("AllocateAligned(100, ", kAlignment, ")"), 100, kAlignment,
        [this] { return allocator_->AllocateAligned(100, kAlignment); });
  }
  bool AllocateZeroed(int which) {
    const std::size_t bytes = kSizes[which];
    return Take(
        Text("AllocateZeroed(", bytes, ")"), bytes, 16,
        [this, bytes] { return allocator_->AllocateZeroed(bytes); }, true);
  }
  bool AllocateTooMuch(int) {
    Say("allocator.Allocate(SIZE_MAX - 100);");
    void* block = nullptr;
    In([&] { block = allocator_->Allocate(SIZE_MAX - 100); });
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
    In([&] { allocator_->Deallocate(block.begin); });
    Expect(Allocations() == 0, "", "it allocates");
    freed_large_ = block.bytes == kLargeBytes;
    return true;
  }
  bool DeallocateElsewhere(int) {
    if (LentCount() == 0) return false;
    const Block block = Newest();
    Say("std::thread([&] { allocator.Deallocate(", block.name, "); }).join();");
    Return();
    Elsewhere([&] { allocator_->Deallocate(block.begin); });
    return true;
  }
  bool UseElsewhere(int which) {
    const std::size_t bytes = kSizes[which];
    Say("std::thread([&] { allocator.Deallocate(allocator.Allocate(", bytes,
        ")); }).join();");
    Elsewhere(
        [this, bytes] { allocator_->Deallocate(allocator_->Allocate(bytes)); });
    return true;
  }

  bool ReleaseMemory(int) {
    Say("allocator.ReleaseMemory();");
    In([this] { allocator_->ReleaseMemory(); });
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
      std::size_t usable = 0;
      In([&] { usable = allocator_->UsableSize(block.begin); });
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
    In([this] { allocator_.End(); });
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
    CachingAllocator::Statistics statistics;
    In([&] { statistics = allocator_->GetStatistics(); });
    return statistics;
  }

  template <class F>
  void Elsewhere(F call) {
    threads_.Run(0, [&] { In(call); });
    In([this] { threads_.End(0); });
  }

  template <class F>
  bool Take(const std::string& code, std::size_t bytes,
            std::size_t alignment_bytes, F call, bool is_zeroed = false) {
    if (LentCount() == 8) return false;
    const std::string name = NewName();
    Say("void* ", name, " = allocator.", code, ";");
    void* block = nullptr;
    In([&] { block = call(); });
    Expect(Allocations() == 0, "", "it allocates with malloc");
    Expect(block != nullptr, name + " != nullptr", name, " is nullptr");
    const auto* const begin = static_cast<const unsigned char*>(block);
    const auto* const other =
        std::find_if(begin, begin + bytes, [](auto byte) { return byte != 0; });
    Expect(!is_zeroed || other == begin + bytes, "", "byte ", other - begin,
           " of ", name, " is not 0");
    Lend(name, block, bytes, alignment_bytes);
    freed_large_ = false;
    return true;
  }

  CasePages source_;
  Object<CachingAllocator> allocator_;
  NamedThreads threads_;
  bool is_made_ = false;
  std::size_t kept_bytes_ = 0;  // that may stay in use
  bool freed_large_ = false;    // the last call did
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE_INSIDE(CachingAllocatorCase, "01_01/caching_allocator.h", "")
