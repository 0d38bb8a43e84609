#include "09_09/ring.h"

#include <algorithm>
#include <numeric>
using namespace std;

namespace workbook {

namespace detail {
int Add(int a, int b) { return a + b; }
}  // namespace detail

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
  return accumulate(values_.begin(), values_.end(), 0, detail::Add);
}

std::size_t Ring::Size() const { return values_.size(); }

}  // namespace workbook
