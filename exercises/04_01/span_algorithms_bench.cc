// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <functional>
#include <span>

#include "04_01/span_algorithms.h"
#include "exercises/04_01/before/span_algorithms.h"
#include "exercises/04_01/span_bench.h"

namespace workbook {
namespace {

const RegisterRows registration([] {
  AddSpanRows(
      "span_algorithms/top_16", "TopK",
      [](Values in, Ints& out) {
        return before::TopK(in, std::span(out).first(16));
      },
      [](Values in, Ints& out) { return TopK(in, std::span(out).first(16)); });
  AddSpanRow("span_algorithms/top_16", Role::kPeer, "std::partial_sort_copy",
             [](Values in, Ints& out) {
               std::partial_sort_copy(in.begin(), in.end(), out.begin(),
                                      out.begin() + 16, std::greater<>());
               return std::size_t{16};
             });
});

}  // namespace
}  // namespace workbook
