// SPDX-License-Identifier: Apache-2.0

// What TinyAllocator promises, call by call: see tools/support/history. Its
// pages come from the system, so its objects are looked at here.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "01_01/tiny_allocator.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

constexpr std::size_t kSizes[] = {8, 1, 5, 15, 2};

class TinyAllocatorCase : public Subject {
 public:
  static constexpr int kConfigs = 1;
  static constexpr std::uint64_t kHistories = 8000;  // each maps pages

  void Start(int) {
    Say("LimitedPages source;");
    Say("auto map = std::make_unique<PageMap>();");
    Say("PageHeap heap(source, *map);");
    Say("TinyAllocator tiny(heap, *map);");
    In(
        [](auto& map, auto& heap, auto& tiny, auto& source) {
          map.Make();
          heap.Make(*source, *map);
          tiny.Make(*heap, *map);
        },
        map_, heap_, tiny_, source_);
    Draw("tiny", tiny_);
  }

  bool Allocate(int which) {
    if (objects_.size() == 8) return false;
    const std::size_t bytes = kSizes[which];
    const std::string name = NewName();
    Say("void* ", name, " = tiny.Allocate(", bytes, ");");
    void* const memory =
        Ask([](auto& tiny, std::size_t size) { return tiny->Allocate(size); },
            tiny_, bytes);
    Expect(memory != nullptr, name + " != nullptr", name, " is nullptr");
    const auto address = reinterpret_cast<std::uintptr_t>(memory);
    const std::size_t alignment =
        std::min<std::size_t>(bytes & (~bytes + 1), 8);
    Expect(address % alignment == 0, "", name, " is not aligned to ",
           alignment);
    Expect(BlockOf(address) == BlockOf(address + bytes - 1), "", name,
           " lies in two blocks");
    for (const Known& other : objects_) {
      Expect(address + bytes <= other.address ||
                 other.address + other.bytes <= address,
             Text(name, " != ", other.name), name, " overlaps ", other.name);
    }
    Took(name, address, bytes, alignment);
    Aside(
        [](void* begin, unsigned char pattern, std::size_t size) {
          std::memset(begin, static_cast<int>(pattern), size);
        },
        memory, ++pattern_, bytes);
    objects_.push_back({name, address, bytes, pattern_});
    return true;
  }

  // 0 to 2: the k-th newest; 3: the oldest, by its last byte.
  bool Deallocate(int which) {
    const std::size_t least =
        which == 3 ? 1 : static_cast<std::size_t>(which) + 1;
    if (objects_.size() < least) return false;
    const auto found =
        which == 3 ? objects_.begin() : objects_.end() - 1 - which;
    const Known object = *found;
    const std::size_t offset = which == 3 ? object.bytes - 1 : 0;
    Say("tiny.Deallocate(static_cast<char*>(", object.name, ") + ", offset,
        ");");
    objects_.erase(found);
    In(
        [](auto& tiny, std::uintptr_t address) {
          tiny->Deallocate(reinterpret_cast<void*>(address));
        },
        tiny_, object.address + offset);
    const std::uintptr_t block = BlockOf(object.address);
    if (--live_[block] != 0) return true;
    live_.erase(block);
    if (block == current_) offset_ = 0;
    return true;
  }

  void Check() {
    for (const Known& object : objects_) {
      const std::vector<std::byte> bytes =
          BytesAt(reinterpret_cast<const void*>(object.address), object.bytes);
      Expect(bytes == std::vector(object.bytes, std::byte{object.pattern}), "",
             object.name, " was overwritten while it was alive");
    }
    const auto [objects, blocks] = Ask(
        [](auto& tiny) {
          const TinyAllocator::Statistics got = tiny->GetStatistics();
          return std::pair(got.objects, got.blocks);
        },
        tiny_);
    const bool is_current_empty = current_ != 0 && live_.count(current_) == 0;
    ExpectEqual("tiny.GetStatistics().objects", objects, objects_.size());
    ExpectEqual("tiny.GetStatistics().blocks", blocks,
                live_.size() + (is_current_empty ? 1 : 0));
  }

  // The source gives all pages back when it dies.
  bool CanEnd() const { return true; }
  void End() {
    In(
        [](auto& tiny, auto& heap, auto& map) {
          tiny.End();
          heap.End();
          map.End();
        },
        tiny_, heap_, map_);
  }

  static constexpr CallKind<TinyAllocatorCase> kCalls[] = {
      {5, &TinyAllocatorCase::Allocate},
      {4, &TinyAllocatorCase::Deallocate},
  };

 private:
  struct Known {
    std::string name;
    std::uintptr_t address;
    std::size_t bytes;
    unsigned char pattern;
  };

  static std::uintptr_t BlockOf(std::uintptr_t address) {
    return address / kTinyBlockBytes * kTinyBlockBytes;
  }

  // Where an object had to come to lie, and which block is the current one.
  void Took(const std::string& name, std::uintptr_t address, std::size_t bytes,
            std::size_t alignment) {
    const std::size_t at = (offset_ + alignment - 1) / alignment * alignment;
    if (current_ != 0 && at + bytes <= kTinyBlockBytes) {
      Expect(address == current_ + at, "", name,
             " is not in the current block, and fits it");
      offset_ = at + bytes;
      ++live_[current_];
      return;
    }
    const std::uintptr_t block = BlockOf(address);
    Expect(address == block && live_.count(block) == 0 && block != current_, "",
           name, " is not at the begin of a free block");
    ++live_[block];
    // Of two blocks, the one with more room stays current.
    if (current_ == 0 || bytes < offset_) {
      current_ = block;
      offset_ = bytes;
    }
  }

  Fixture<LimitedPages> source_;
  Object<PageMap> map_;
  Object<PageHeap> heap_;
  Object<TinyAllocator> tiny_;
  unsigned char pattern_ = 0;
  // The model.
  std::vector<Known> objects_;                  // alive, oldest first
  std::map<std::uintptr_t, std::size_t> live_;  // objects of each block
  std::uintptr_t current_ = 0;
  std::size_t offset_ = 0;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(TinyAllocatorCase, "01_01/tiny_allocator.h", "")
