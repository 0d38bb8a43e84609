#include "09_09/ring.h"

#include <string>

namespace workbook {
int environ_ = 0;
int index = 0;
int count = 0;
int read(int file) { return file + count; }
int write(int file) { return file + index; }
int malloc(int size) { return size; }
namespace detail {
int clock_gettime(int id) { return id; }
char** environ = nullptr;
}  // namespace detail
}  // namespace workbook

int step = 0;
static int optind = 0;
static int Exit() { return optind + step; }
static const int gone = Exit();

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
