#include "09_09/ring.h"

#include <functional>

struct GlobalKey {
  int a = 0;
};

namespace std {
template <>
struct hash<GlobalKey> {
  size_t operator()(const GlobalKey& key) const;
};
size_t hash<GlobalKey>::operator()(const GlobalKey& key) const {
  return hash<int>()(key.a);
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
  for (const int value : values_) sum += value;
  return sum;
}

std::size_t Ring::Size() const { return values_.size(); }

}  // namespace workbook
