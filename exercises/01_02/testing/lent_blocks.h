// SPDX-License-Identifier: Apache-2.0

// Blocks on loan for the length of a test.
#ifndef WORKBOOK_EXERCISES_01_02_TESTING_LENT_BLOCKS_H_
#define WORKBOOK_EXERCISES_01_02_TESTING_LENT_BLOCKS_H_

#include <cstddef>
#include <vector>

namespace workbook {

// Blocks that go back at the end of the test, whatever happens in between: a
// pool reports lent blocks when it dies.
template <class Pool>
class Lent {
 public:
  explicit Lent(Pool& pool, std::size_t count = 0) : pool_(pool) {
    blocks_.reserve(2000);
    for (std::size_t i = 0; i < count; ++i) Add();
  }
  ~Lent() {
    while (!blocks_.empty()) GiveBackLast();
  }
  Lent(const Lent&) = delete;
  Lent& operator=(const Lent&) = delete;

  void* Add() {
    void* const block = pool_.Allocate();
    if (block != nullptr) blocks_.push_back(block);
    return block;
  }
  void GiveBackLast() {
    void* const block = blocks_.back();
    blocks_.pop_back();
    pool_.Deallocate(block);
  }
  std::vector<void*>& blocks() { return blocks_; }
  const std::vector<void*>& blocks() const { return blocks_; }

 private:
  Pool& pool_;
  std::vector<void*> blocks_;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_02_TESTING_LENT_BLOCKS_H_
