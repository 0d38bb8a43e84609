// SPDX-License-Identifier: Apache-2.0

// Blocks of a SizeClassAllocator that go back at the end of the test.
#ifndef WORKBOOK_EXERCISES_01_02_TESTING_LENT_REQUESTS_H_
#define WORKBOOK_EXERCISES_01_02_TESTING_LENT_REQUESTS_H_

#include <cstddef>
#include <vector>

#include "01_02/size_class_allocator.h"

namespace workbook {

struct Request {
  void* block;
  std::size_t size_bytes;
};

// Blocks that go back at the end of the test, whatever happens in between.
class LentRequests {
 public:
  explicit LentRequests(SizeClassAllocator& allocator) : allocator_(allocator) {
    requests_.reserve(5000);
  }
  ~LentRequests() {
    while (!requests_.empty()) GiveBackLast();
  }
  LentRequests(const LentRequests&) = delete;
  LentRequests& operator=(const LentRequests&) = delete;

  void* Add(std::size_t size_bytes) {
    requests_.push_back({allocator_.Allocate(size_bytes), size_bytes});
    return requests_.back().block;
  }
  void GiveBackLast() {
    const Request last = requests_.back();
    requests_.pop_back();
    allocator_.Deallocate(last.block, last.size_bytes);
  }
  std::vector<Request>& requests() { return requests_; }

 private:
  SizeClassAllocator& allocator_;
  std::vector<Request> requests_;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_02_TESTING_LENT_REQUESTS_H_
