// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include "04_01/caller_buffer.h"
#include "exercises/04_01/before/caller_buffer.h"
#include "exercises/04_01/zero_alloc_bench.h"

namespace workbook {
namespace {

// A line of twelve parts.
template <typename Writer>
[[gnu::noinline]] auto WriteLine(std::string_view part,
                                 std::span<char> buffer) {
  Writer writer(buffer);
  for (int i = 0; i < 6; ++i) {
    writer.Append(part);
    writer.Append(',');
  }
  return writer.Finish();
}

const RegisterRows registration([] {
  const Texts parts = {"one", "two, and more", "",
                       "something longer than that"};
  constexpr char kCase[] = "caller_buffer/line";
  AddFillRows(kCase, "BufferWriter", parts, false,
              WriteLine<before::BufferWriter>, WriteLine<BufferWriter>);
  AddTextRow(kCase, Role::kPeer, "fmt::format_to_n", parts, false,
             [](std::string_view part, std::vector<char>& buffer) {
               const auto result = fmt::format_to_n(
                   buffer.data(), buffer.size(), "{},{},{},{},{},{},", part,
                   part, part, part, part, part);
               return std::string_view(buffer.data(), result.size);
             });
});

}  // namespace
}  // namespace workbook
