// SPDX-License-Identifier: Apache-2.0

// A million random calls, each compared with std::vector.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "04_02/small_vector.h"

namespace workbook {
namespace {

std::uint32_t Made(std::uint64_t bits, std::uint32_t*) {
  return static_cast<std::uint32_t>(bits);
}
std::string Made(std::uint64_t bits, std::string*) {
  // Within a std::string, and on the heap.
  return std::string(bits % 40, static_cast<char>('a' + bits % 26));
}

template <class T, std::size_t N>
void Walk(int calls) {
  std::mt19937_64 random(N);
  SmallVector<T, N> vector;
  std::vector<T> model;
  for (int call = 0; call < calls; ++call) {
    const std::uint64_t bits = random();
    const std::uint64_t choice = bits % 64;
    if (model.empty() || choice < 30) {
      const T value = Made(bits >> 8, static_cast<T*>(nullptr));
      vector.push_back(value);
      model.push_back(value);
    } else if (choice < 34) {
      const std::size_t index = (bits >> 8) % model.size();
      vector.push_back(vector[index]);
      model.push_back(T(model[index]));
    } else if (choice < 60) {
      vector.pop_back();
      model.pop_back();
    } else if (choice < 61) {
      SmallVector<T, N> moved = std::move(vector);
      vector = std::move(moved);
    } else if (choice < 62) {
      SmallVector<T, N> copy = vector;
      vector.clear();
      vector = copy;
    } else if (choice < 63) {
      vector.clear();
      model.clear();
    } else {
      vector.reserve(model.size() + bits % 8);
    }
    if (vector.size() != model.size() ||
        (!model.empty() && !(vector[model.size() - 1] == model.back()))) {
      FAIL() << "call " << call << ", choice " << choice << ", N " << N
             << ": the size is " << vector.size() << ", not " << model.size()
             << ", or the last element is wrong";
    }
    if (call % 1024 == 0) {
      for (std::size_t i = 0; i < model.size(); ++i) {
        ASSERT_EQ(vector[i], model[i]) << "call " << call << ", element " << i;
      }
    }
  }
}

TEST(Task6Random, AMillionCallsAgreeWithStdVector) {
  Walk<std::uint32_t, 1>(200'000);
  Walk<std::uint32_t, 4>(400'000);
  Walk<std::string, 3>(400'000);
}

}  // namespace
}  // namespace workbook
