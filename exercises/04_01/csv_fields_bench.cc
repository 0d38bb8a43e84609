// SPDX-License-Identifier: Apache-2.0

#include "04_01/csv_fields.h"
#include "exercises/04_01/before/csv_fields.h"
#include "exercises/04_01/zero_alloc_bench.h"

#ifdef WORKBOOK_HAS_BOOST_TOKENIZER
#include <boost/tokenizer.hpp>
#endif

namespace workbook {
namespace {

constexpr std::size_t kRecords = 64;

// What all fields of a record say, one after the other.
template <typename Field, typename Read, typename Unquote>
auto Joined(Read read, Unquote unquote) {
  return [=](std::string_view csv, std::vector<char>& buffer) {
    Field fields[8];
    const auto record = read(csv, std::span<Field>(fields));
    std::size_t size = 0;
    for (std::size_t i = 0; i < record.fields.size; ++i) {
      size += unquote(fields[i], std::span(buffer).subspan(size)).size;
    }
    return std::string_view(buffer.data(), size);
  };
}

const RegisterRows registration([] {
  Texts plain;
  Texts doubled;
  for (std::size_t i = 0; i < kRecords; ++i) {
    const std::string id = std::to_string(i * i * 37);
    const std::string name = std::string("Ann Example").substr(0, 3 + i % 8);
    plain.push_back(id + "," + name + "," + name +
                    "@example.org,Zurich,\"a note, with " + id + "\"");
    doubled.push_back(id + ",\"Bob \"\"" + name + "\"\"\",bob" + id +
                      "@example.org,,\"two\"");
  }
  const std::pair<const char*, Texts> cases[] = {
      {"csv_fields/plain_record", plain},
      {"csv_fields/doubled_quotes", doubled}};
  for (const auto& [name, records] : cases) {
    AddTextRow(name, Role::kBaseline, "before", records, true,
               Joined<before::CsvField>(before::ReadCsvRecord,
                                        before::UnquoteCsvField));
    AddTextRow(name, Role::kSubject, "ReadCsvRecord", records, true,
               Joined<CsvField>(ReadCsvRecord, UnquoteCsvField));
  }
#ifdef WORKBOOK_HAS_BOOST_TOKENIZER
  // It does not know doubled quotes, so it has the first case only.
  AddTextRow(cases[0].first, Role::kPeer, "boost::tokenizer", plain, true,
             [](std::string_view csv, std::vector<char>&) {
               using Separator = boost::escaped_list_separator<char>;
               const std::string copy(csv);
               const boost::tokenizer<Separator> fields(copy);
               std::string joined;
               for (const std::string& field : fields) joined += field;
               return joined;
             });
#else
  AddGap(cases[0].first, "boost::tokenizer", "libboost1.81-dev");
#endif
});

}  // namespace
}  // namespace workbook
