// SPDX-License-Identifier: Apache-2.0

#include <random>
#include <span>
#include <string>

#include "04_01/compact_bytes.h"
#include "exercises/04_01/before/compact_bytes.h"
#include "exercises/04_01/zero_alloc_bench.h"

namespace workbook {
namespace {

using Values = std::vector<std::uint64_t>;

constexpr std::size_t kValues = 1024;

// Half of them below 128, as ids that were delta-coded are.
Values RandomValues() {
  std::mt19937_64 engine(409);
  Values values(kValues);
  for (auto& value : values) value = engine() >> (engine() % 2 == 0 ? 57 : 40);
  return values;
}

// Encodes and decodes 1024 values; an item is a value.
template <typename Encode, typename Decode>
void AddVarintRow(Role role, const char* name, Encode encode, Decode decode) {
  constexpr char kCase[] = "compact_bytes/varint_round_trip";
  AddRow(kCase, role, name, [=](benchmark::State& state) {
    const Values values = RandomValues();
    Values back(kValues);
    std::vector<char> bytes(10 * kValues);
    const auto round_trip = [&](std::span<const std::uint64_t> given) {
      return decode(Written(bytes, encode(given, bytes)), back).ok();
    };
    Require(state, round_trip(values) && back == values,
            "other values came back");
    InputOrders<std::uint64_t> orders(values, 4);
    for (auto _ : state) {
      bool ok = round_trip(orders.Next());
      Keep(ok);
    }
    state.SetItemsProcessed(state.iterations() * std::int64_t{kValues});
  });
}

// Texts of runs of 1 to 40 equal letters.
Texts RandomRuns() {
  std::mt19937_64 engine(410);
  Texts texts(16);
  for (std::string& text : texts) {
    for (std::size_t i = 0; i < 200; ++i) {
      text.append(1 + engine() % 40, static_cast<char>('a' + i % 7));
    }
  }
  return texts;
}

const RegisterRows registration([] {
  AddVarintRow(Role::kBaseline, "before", before::VarintEncode,
               before::VarintDecode);
  AddVarintRow(Role::kSubject, "Varint", VarintEncode, VarintDecode);
  AddGap("compact_bytes/varint_round_trip", "protobuf CodedStream",
         "libprotobuf-dev; it is no dependency of this course");
  AddFillRows("compact_bytes/run_length_encode", "RunLengthEncode",
              RandomRuns(), true, before::RunLengthEncode, RunLengthEncode);
});

}  // namespace
}  // namespace workbook
