#include "09_09/ring.h"

extern "C" __attribute__((weak)) void* __libc_memalign(std::size_t,
                                                         std::size_t);

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
  if (__libc_memalign != nullptr) static_cast<void>(__libc_memalign(8, 64));
  int sum = 0;
  for (const int value : values_) sum += value;
  return sum;
}

std::size_t Ring::Size() const { return values_.size(); }

}  // namespace workbook
