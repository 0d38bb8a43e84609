#include "09_09/ring.h"

#if 0
#include "../../solutions/09_09/ring.cc"
#line 1 "old.cc"
#pragma GCC poison printf
asm("nop");  // don't
#ifdef OLD
#endif
int main() { return testing::Run(); }
#endif
#ifdef _MSC_VER
__asm { nop }
#endif

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
