#include "09_09/ring.h"

namespace workbook {

Ring::Ring(std::size_t capacity) : capacity_(capacity) {}

void Ring::Push(int value) {
  values_.push_back(value);
  if (values_.size() > capacity_) values_.pop_front();
}

int Ring::Sum() const {
  int sum = 0;
  for (const int value : values_) sum += value;
  return sum;
}

std::size_t Ring::Size() const { return values_.size(); }

}  // namespace workbook
