#include "09_09/ring.h"

#include <deque>
#include <string>

namespace workbook {
template <typename T>
struct Box {
  T value;
  T Get() const { return value; }
};
template struct Box<int>;
}  // namespace workbook
template class std::vector<std::string>;
template class std::vector<int>;
template class std::deque<int>;
template class std::basic_string<char>;

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
