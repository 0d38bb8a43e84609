#include "09_09/ring.h"

#include <functional>
#include <iterator>
#include <limits>
#include <string>
#include <tuple>

namespace workbook {
struct Key {
  int a = 0;
  int b = 0;
  bool operator==(const Key&) const = default;
};
struct Fixed {
  int raw = 0;
};
}  // namespace workbook

namespace std {
template <>
struct less<workbook::Key> {
  bool operator()(const workbook::Key& x, const workbook::Key& y) const;
};
bool less<workbook::Key>::operator()(const workbook::Key& x,
                                     const workbook::Key& y) const {
  return x.a < y.a;
}
template <>
class numeric_limits<workbook::Fixed> {
 public:
  static constexpr bool is_specialized = true;
  static workbook::Fixed max();
  static int digits;
};
workbook::Fixed numeric_limits<workbook::Fixed>::max() { return {1000}; }
int numeric_limits<workbook::Fixed>::digits = 10;
template <>
struct tuple_size<workbook::Key> : integral_constant<size_t, 2> {};
template <>
struct char_traits<workbook::Fixed> {
  static size_t length(const workbook::Fixed* text);
};
size_t char_traits<workbook::Fixed>::length(const workbook::Fixed* text) {
  size_t length = 0;
  while (text[length].raw != 0) ++length;
  return length;
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
