// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <span>

#include "04_01/in_place.h"
#include "exercises/04_01/before/in_place.h"
#include "exercises/04_01/span_bench.h"

namespace workbook {
namespace {

bool IsOdd(std::int32_t value) { return value % 2 != 0; }

const RegisterRows registration([] {
  AddSpanRows(
      "in_place/filter", "Filter",
      [](Values in, Ints& out) { return before::Filter(in, IsOdd, out).size; },
      [](Values in, Ints& out) { return Filter(in, IsOdd, out).size; });
  AddSpanRow("in_place/filter", Role::kPeer, "std::copy_if",
             [](Values in, Ints& out) {
               return static_cast<std::size_t>(
                   std::copy_if(in.begin(), in.end(), out.begin(), IsOdd) -
                   out.begin());
             });
  const auto dedupe = [](auto function) {
    return [=](Values in, Ints& out) {
      std::copy(in.begin(), in.end(), out.begin());
      return function(std::span(out).first(in.size()));
    };
  };
  AddSpanRows("in_place/dedupe", "Dedupe", dedupe(before::Dedupe),
              dedupe(Dedupe));
});

}  // namespace
}  // namespace workbook
