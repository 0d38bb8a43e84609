#include "09_09/ring.h"

#include <cstdlib>

extern "C" int ring_compare(const void* a, const void* b) {
  return *static_cast<const int*>(a) - *static_cast<const int*>(b);
}
extern "C" {
int ring_smallest(int* values, int count) {
  std::qsort(values, static_cast<std::size_t>(count), sizeof(int), ring_compare);
  return values[0];
}
int ring_uses = 0;
}

namespace workbook {

Ring::Ring(std::size_t capacity) : capacity_(capacity) {
  values_.reserve(capacity);
  int two[2] = {2, 1};
  ring_uses += ring_smallest(two, 2);
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
