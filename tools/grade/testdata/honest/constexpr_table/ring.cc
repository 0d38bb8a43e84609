#include "09_09/ring.h"

#include <array>

namespace workbook {
inline constexpr std::array<int, 64> kSquares = [] {
  std::array<int, 64> squares{};
  for (int i = 0; i < 64; ++i) squares[static_cast<unsigned>(i)] = i * i;
  return squares;
}();
struct alignas(64) Line {
  char bytes[64];
};
Line line;
const int kSeventh = kSquares[7];
extern const int kEighth;
const int kEighth = kSquares[8];
}  // namespace workbook

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
