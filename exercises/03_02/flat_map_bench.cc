// SPDX-License-Identifier: Apache-2.0

// The flat map of the core tasks, with pairs of 64-bit numbers, from ten
// entries to a million. WORKBOOK_TEN_MILLION=1 adds ten million.
#include <cstdlib>
#include <functional>
#include <string>

#include "03_02/flat_map.h"
#include "exercises/03_02/given/hashing.h"
#include "exercises/03_02/maps_bench.h"
#include "exercises/03_02/peers_bench.h"
#include "tools/bench/rows.h"

namespace workbook::maps_bench {
namespace {

using Subject = FlatLike<FlatMap<Number, Number, MixedHash>>;

void AddCase(const std::string& operation, const Size& size) {
  AddBaselineAndPeers("flat_map", operation, size);
  AddOperation<Subject>("flat_map", operation, size, Role::kSubject, "FlatMap");
}

const RegisterRows registration([] {
  for (const char* operation : {"hit", "miss", "insert", "insert_reserved"}) {
    for (const Size& size : kSizes) AddCase(operation, size);
  }
  for (const char* operation : {"replace", "iterate"}) {
    for (const Size& size : {kSizes[1], kSizes[3]}) AddCase(operation, size);
  }
  if (std::getenv("WORKBOOK_TEN_MILLION") == nullptr) return;
  for (const char* operation : {"hit", "miss", "insert", "insert_reserved"}) {
    AddCase(operation, {"10m", 10'000'000});
  }
});

}  // namespace
}  // namespace workbook::maps_bench
