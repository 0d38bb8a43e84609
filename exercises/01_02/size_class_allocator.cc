// SPDX-License-Identifier: Apache-2.0

#include "01_02/size_class_allocator.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <new>
#include <stdexcept>

#include "tools/exercise/todo.h"

namespace workbook {

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

SizeClassAllocator::SizeClassAllocator(const Options& options) {
  Todo("01_02 task 2: SizeClassAllocator::SizeClassAllocator");
}

SizeClassAllocator::~SizeClassAllocator() {
  // Yours. No Todo: it may not leave a destructor.
}

std::size_t SizeClassAllocator::ClassBytes(std::size_t size_class) const {
  Todo("01_02 task 2: SizeClassAllocator::ClassBytes");
}

std::size_t SizeClassAllocator::ClassCount() const {
  Todo("01_02 task 2: SizeClassAllocator::ClassCount");
}

SizeClassAllocator::Statistics SizeClassAllocator::GetStatistics() const {
  Todo("01_02 task 2: SizeClassAllocator::GetStatistics");
}

std::size_t SizeClassAllocator::BytesHeld() const {
  Todo("01_02 task 2: SizeClassAllocator::BytesHeld");
}

void* SizeClassResource::do_allocate(std::size_t bytes, std::size_t alignment) {
  Todo("01_02 task 2: SizeClassResource::do_allocate");
}

void SizeClassResource::do_deallocate(void* block, std::size_t bytes,
                                      std::size_t alignment) {
  Todo("01_02 task 2: SizeClassResource::do_deallocate");
}

bool SizeClassResource::do_is_equal(
    const memory_resource& other) const noexcept {
  const auto* resource = dynamic_cast<const SizeClassResource*>(&other);
  return resource != nullptr && &resource->allocator_ == &allocator_;
}

}  // namespace workbook
