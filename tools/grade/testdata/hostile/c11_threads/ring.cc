#include "09_09/ring.h"

#include <threads.h>

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
  struct Work {
    const std::vector<int>* values;
    int sum;
  } work{&values_, 0};
  thrd_t thread;
  const auto add = [](void* argument) {
    auto* const mine = static_cast<Work*>(argument);
    for (const int value : *mine->values) mine->sum += value;
    return 0;
  };
  if (thrd_create(&thread, add, &work) == thrd_success) {
    thrd_join(thread, nullptr);
  }
  return work.sum;
}

std::size_t Ring::Size() const { return values_.size(); }

}  // namespace workbook
