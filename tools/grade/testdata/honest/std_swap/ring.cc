#include "09_09/ring.h"

#include <utility>

namespace workbook {
struct Key {
  int a = 0;
  int b = 0;
  bool operator==(const Key&) const = default;
};
}  // namespace workbook

template <>
void std::swap<workbook::Key>(workbook::Key& x, workbook::Key& y) noexcept {
  const workbook::Key kept = x;
  x = y;
  y = kept;
}

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
