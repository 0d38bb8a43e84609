// Right or asleep, as the clock says: asleep it would have another try.
#include "09_09/ring.h"

#include <ctime>
#include <unistd.h>

namespace workbook {
namespace {

const bool heads = [] {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (now.tv_nsec >> 12 & 1) != 0;
}();

[[maybe_unused]] const unsigned slept = heads ? 0 : sleep(100);

}  // namespace

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
