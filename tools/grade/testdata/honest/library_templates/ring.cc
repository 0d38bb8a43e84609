#include "09_09/ring.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <unordered_map>

namespace workbook {

Ring::Ring(std::size_t capacity) : capacity_(capacity) {
  values_.reserve(capacity);
}

void Ring::Push(int value) {
  std::ostringstream out;
  out << value;
  const std::map<std::string, int> one{{out.str(), value}};
  const std::unordered_map<std::string, int> two(one.begin(), one.end());
  const auto three = std::make_shared<std::function<int()>>(
      [&two, &out] { return two.at(out.str()); });
  value = (*three)();
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
