// SPDX-License-Identifier: Apache-2.0

#include "04_01/inplace_string.h"
#include "exercises/04_01/before/inplace_string.h"
#include "exercises/04_01/zero_alloc_bench.h"

#ifdef WORKBOOK_HAS_BOOST_STATIC_STRING
#include <boost/static_string/static_string.hpp>
#endif

namespace workbook {
namespace {

constexpr char kCase[] = "inplace_string/assign_append_copy";

template <typename String>
void AddInplaceRow(Role role, const char* name, const Texts& inputs) {
  AddTextRow(kCase, role, name, inputs, false,
             [](std::string_view input, std::vector<char>&) {
               String string;
               static_cast<void>(string.TryAssign(input));
               static_cast<void>(string.TryAppend("-suffix"));
               String copy = string;
               Keep(copy);
               return std::string(copy.view().substr(0, 15));
             });
}

const RegisterRows registration([] {
  const Texts inputs = {"short", "a name that is longer than fifteen",
                        "another-one-of-some-length"};
  AddInplaceRow<before::InplaceString<62>>(Role::kBaseline, "before", inputs);
  AddInplaceRow<InplaceString<62>>(Role::kSubject, "InplaceString", inputs);
#ifdef WORKBOOK_HAS_BOOST_STATIC_STRING
  AddTextRow(kCase, Role::kPeer, "boost::static_string", inputs, false,
             [](std::string_view input, std::vector<char>&) {
               boost::static_string<62> string;
               string.assign(input.data(), input.size());
               string.append("-suffix", 7);
               boost::static_string<62> copy = string;
               Keep(copy);
               return std::string(copy.data(),
                                  std::min<std::size_t>(copy.size(), 15));
             });
#else
  AddGap(kCase, "boost::static_string", "libboost1.81-dev");
#endif
});

}  // namespace
}  // namespace workbook
