#include "09_09/ring.h"

#include <valgrind/callgrind.h>

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
  CALLGRIND_TOGGLE_COLLECT;
  int sum = 0;
  for (int i = 0; i < 1000; ++i) {
    sum = 0;
    for (const int value : values_) sum += value;
  }
  CALLGRIND_TOGGLE_COLLECT;
  return sum;
}

std::size_t Ring::Size() const { return values_.size(); }

}  // namespace workbook
