// SPDX-License-Identifier: Apache-2.0

// Code as a colleague writes it; tools find the mistake of each function.
#ifndef WORKBOOK_CHAPTERS_TOOLS_WASTE_H_
#define WORKBOOK_CHAPTERS_TOOLS_WASTE_H_

#include <cstdio>
#include <string>
#include <thread>
#include <vector>

namespace workbook {

struct Order {
  bool paid;
  double price;
  bool gift;
  std::string city;
  int amount;
};

inline std::vector<Order> ReadOrders(int count) {
  std::vector<Order> orders;
  for (int i = 0; i < count; ++i) {
    orders.push_back({i % 3 != 0, 9.5, false, "Frankfurt am Main", i % 7});
  }
  return orders;
}

inline double PriceOf(Order order) { return order.price * order.amount; }

inline double Total(const std::vector<Order>& orders) {
  double total = 0;
  for (const Order& order : orders) total += PriceOf(order);
  return total;
}

inline const char* Title(int page) {
  char* const title = new char[4096];
  std::snprintf(title, 4096, "Orders, page %d", page);
  return title;
}

inline int CountPaid(const std::vector<Order>& orders) {
  int paid = 0;
  const auto count = [&orders, &paid](std::size_t begin) {
    for (std::size_t i = begin; i < orders.size(); i += 2) {
      if (orders[i].paid) ++paid;
    }
  };
  std::thread other(count, 1);
  count(0);
  other.join();
  return paid;
}

inline int FirstAmount(std::vector<Order>& orders) {
  const Order& first = orders.front();
  orders.reserve(2 * orders.size());
  return first.amount;
}

inline int PointsOf(int amount) { return amount * 1'000'000'000; }

}  // namespace workbook

#endif  // WORKBOOK_CHAPTERS_TOOLS_WASTE_H_
