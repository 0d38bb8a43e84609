#include "09_09/ring.h"

#include <exception>
#include <memory_resource>
#include <stdexcept>
#include <streambuf>

namespace workbook {
class RingError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
  const char* what() const noexcept override { return "a ring"; }
};
class Buffer : public std::streambuf {
  int overflow(int c) override { return c; }
};
class Resource : public std::pmr::memory_resource {
  void* do_allocate(std::size_t, std::size_t) override { return nullptr; }
  void do_deallocate(void*, std::size_t, std::size_t) override {}
  bool do_is_equal(const memory_resource&) const noexcept override {
    return true;
  }
};
Buffer buffer;
Resource resource;
}  // namespace workbook

namespace workbook {

Ring::Ring(std::size_t capacity) : capacity_(capacity) {
  values_.reserve(capacity);
}

void Ring::Push(int value) {
  if (capacity_ == 0) std::throw_with_nested(RingError("no room"));
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
