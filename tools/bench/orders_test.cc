// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/orders.h"

#include <set>

#include "gtest/gtest.h"

namespace workbook {
namespace {

std::vector<int> Next(InputOrders<int>& orders) {
  const auto order = orders.Next();
  return {order.begin(), order.end()};
}

TEST(InputOrders, HoldsEveryInputOnceInAnOrderOfItsOwn) {
  InputOrders<int> orders({1, 2, 3, 4, 5, 6, 7, 8}, 1);
  std::set<std::vector<int>> seen;
  for (int i = 0; i < 100; ++i) {
    std::vector<int> order = Next(orders);
    seen.insert(order);
    std::sort(order.begin(), order.end());
    EXPECT_EQ(order, (std::vector<int>{1, 2, 3, 4, 5, 6, 7, 8}));
  }
  EXPECT_GT(seen.size(), 90u);
}

TEST(InputOrders, StartsAnewOnlyAfterMoreThanAPredictorHolds) {
  InputOrders<int> orders({1, 2, 3, 4, 5, 6, 7, 8}, 1);
  const std::vector<int> first = Next(orders);
  for (std::size_t i = 1; i < kFreshInputs / 8; ++i) orders.Next();
  EXPECT_EQ(Next(orders), first);
}

TEST(InputOrders, ManyInputsHaveSixteenOrders) {
  InputOrders<int> orders(std::vector<int>(kFreshInputs), 1);
  const int* const first = orders.Next().data();
  for (int i = 1; i < 16; ++i) EXPECT_NE(orders.Next().data(), first);
  EXPECT_EQ(orders.Next().data(), first);
}

TEST(InputOrders, RepeatsWhereTheRowOrTheRunSaysSo) {
  InputOrders<int> own({1, 2, 3, 4}, 1, InputOrder::kRepeated);
  EXPECT_EQ(Next(own), Next(own));
  RepeatAllOrders(true);
  InputOrders<int> all({1, 2, 3, 4, 5, 6, 7, 8}, 1);
  RepeatAllOrders(false);
  EXPECT_EQ(Next(all), Next(all));
}

TEST(InputOrders, OneSeedOneOrder) {
  InputOrders<int> one({1, 2, 3, 4, 5, 6, 7, 8}, 5);
  InputOrders<int> same({1, 2, 3, 4, 5, 6, 7, 8}, 5);
  InputOrders<int> other({1, 2, 3, 4, 5, 6, 7, 8}, 6);
  const std::vector<int> first = Next(one);
  EXPECT_EQ(first, Next(same));
  EXPECT_NE(first, Next(other));
}

}  // namespace
}  // namespace workbook
