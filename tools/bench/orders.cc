// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/orders.h"

namespace workbook {
namespace {

bool all_repeated = false;

}  // namespace

void RepeatAllOrders(bool repeated) { all_repeated = repeated; }

bool AllOrdersRepeated() { return all_repeated; }

}  // namespace workbook
