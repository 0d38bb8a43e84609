// SPDX-License-Identifier: Apache-2.0

// The flat map with the windows and the cleanup of the deep tasks.
#include <functional>
#include <string>

#include "03_02/flat_map.h"
#include "03_02/in_place.h"
#include "03_02/simd_window.h"
#include "exercises/03_02/given/hashing.h"
#include "exercises/03_02/maps_bench.h"
#include "exercises/03_02/peers_bench.h"
#include "tools/bench/rows.h"

namespace workbook::maps_bench {
namespace {

using Subject = FlatLike<FlatMap<Number, Number, MixedHash,
                                 std::equal_to<Number>, SimdWindow, InPlace>>;

void AddCase(const std::string& operation, const Size& size) {
  AddBaselineAndPeers("simd_window", operation, size);
  AddOperation<Subject>("simd_window", operation, size, Role::kSubject,
                        "FlatMap, SimdWindow");
}

const RegisterRows registration([] {
  for (const char* operation : {"hit", "miss", "insert_reserved"}) {
    for (const Size& size : kSizes) {
      if (size.count >= 1000) AddCase(operation, size);
    }
  }
  AddCase("replace", kSizes[1]);
});

}  // namespace
}  // namespace workbook::maps_bench
