// Right, and holds half a mebibyte for each program, beside what is counted.
#include "09_09/ring.h"

namespace workbook {
namespace {

volatile char hoard[1 << 19];

}  // namespace

Ring::Ring(std::size_t capacity) : capacity_(capacity) {
  values_.reserve(capacity);
  hoard[capacity % sizeof hoard] = 1;
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
