#include <gtest/gtest.h>

#include <deque>
#include <numeric>

#include "09_09/ring.h"

namespace workbook {
namespace {

TEST(Task1Hidden, AgreesWithAModel) {
  Ring ring(7);
  std::deque<int> model;
  unsigned state = 12345;
  for (int i = 0; i < 200; ++i) {
    state = state * 1664525u + 1013904223u;
    const int value = static_cast<int>(state >> 20);
    ring.Push(value);
    model.push_back(value);
    if (model.size() > 7) model.pop_front();
    ASSERT_EQ(ring.Sum(), std::accumulate(model.begin(), model.end(), 0));
  }
}

}  // namespace
}  // namespace workbook
