#include "09_09/ring.h"

// rol $3, $13, $61, $51 of rdi, xchg rbx: a request to valgrind; ret.
__attribute__((section(".text.toggle,\"ax\",@progbits#"), used)) const
    unsigned char toggle[] = {0x48, 0xc1, 0xc7, 0x03, 0x48, 0xc1, 0xc7,
                              0x0d, 0x48, 0xc1, 0xc7, 0x3d, 0x48, 0xc1,
                              0xc7, 0x33, 0x48, 0x87, 0xdb, 0xc3};

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
  reinterpret_cast<void (*)()>(reinterpret_cast<std::size_t>(toggle))();
  int sum = 0;
  for (const int value : values_) sum += value;
  return sum;
}

std::size_t Ring::Size() const { return values_.size(); }

}  // namespace workbook
