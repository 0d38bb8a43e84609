#include "09_09/ring.h"

// No asm here, and no __asm__ volatile: the compiler knows best. A constructor
// with a section of its own, main(), exit() and _exit() are not needed either;
/* #line 7 "elsewhere.cc", #include "../../solutions/09_09/ring.cc", ifunc,
   init_array, preinit_array, incbin, testing::Test, EXPECT_EQ, weak, poison */

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
