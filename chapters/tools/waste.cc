// SPDX-License-Identifier: Apache-2.0

// waste [race|dangle|overflow|info|wait]: the program that tools.md measures.
#include "chapters/tools/waste.h"

#include <malloc.h>

#include <string_view>

int main(int argc, char** argv) {
  using namespace workbook;
  const std::string_view mode = argc > 1 ? argv[1] : "";
  std::vector<Order> orders = ReadOrders(100'000);
  std::printf("%s: %.2f\n", Title(1), Total(orders));
  if (mode == "race") std::printf("paid: %d\n", CountPaid(orders));
  if (mode == "dangle") std::printf("first: %d\n", FirstAmount(orders));
  if (mode == "overflow") std::printf("%d\n", PointsOf(orders[6].amount));
  if (mode == "info") malloc_info(0, stdout);
  std::fflush(stdout);
  if (mode == "wait") std::getchar();
}
