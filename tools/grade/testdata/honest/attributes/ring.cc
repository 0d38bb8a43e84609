#include "09_09/ring.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
_Pragma("GCC diagnostic ignored \"-Wunused-variable\"")
static int kPoison = 0xde;  // not: poison, weak
__attribute__((noinline)) static int Slow() { return 1; }
[[gnu::hot]] static int Hot() { return __builtin_expect(2, 2); }
__attribute__((always_inline)) static inline int Fast() { return 3; }
#pragma GCC diagnostic pop

namespace workbook {

[[gnu::noinline]] Ring::Ring(std::size_t capacity) : capacity_(capacity) {
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
