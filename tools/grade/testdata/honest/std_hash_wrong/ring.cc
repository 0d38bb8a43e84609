#include "09_09/ring.h"

#include <functional>

namespace workbook {
struct Key {
  int a = 0;
  int b = 0;
  bool operator==(const Key&) const = default;
};
}  // namespace workbook
namespace std {
template <>
struct hash<workbook::Key> {
  size_t operator()(const workbook::Key& key) const;
};
size_t hash<workbook::Key>::operator()(const workbook::Key& key) const {
  return static_cast<size_t>(key.a);
}
}  // namespace std

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
  for (const int value : values_) sum += value + 1;
  return sum;
}

std::size_t Ring::Size() const { return values_.size(); }

}  // namespace workbook
