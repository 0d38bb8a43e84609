#include "09_09/ring.h"

#include <cstdlib>
#include <new>

namespace workbook {
struct Node {
  static void* operator new(std::size_t size);
  static void operator delete(void* block);
  int value = 0;
};
void* Node::operator new(std::size_t size) { return std::malloc(size); }
void Node::operator delete(void* block) { std::free(block); }
}  // namespace workbook

static const int one = [] {
  workbook::Node* const node = new workbook::Node;
  const int value = node->value;
  delete node;
  return value;
}();

namespace workbook {

Ring::Ring(std::size_t capacity) : capacity_(capacity) {
  values_.reserve(capacity);
}

void Ring::Push(int value) {
  if (values_.size() < capacity_) {
    values_.push_back(value);
  } else {
    values_[next_] = value;
  }
  next_ = (next_ + 1) % capacity_;
}

int Ring::Sum() const {
  int sum = 0;
  for (const int value : values_) sum += value;
  return sum;
}

std::size_t Ring::Size() const { return values_.size(); }

}  // namespace workbook
