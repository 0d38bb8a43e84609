#include "09_09/ring.h"

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

Yes Ring::Sum() const { return {}; }

Yes Ring::Size() const { return {}; }

}  // namespace workbook
