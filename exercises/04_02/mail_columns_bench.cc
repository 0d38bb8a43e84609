// SPDX-License-Identifier: Apache-2.0

// How many messages of a folder are unread, among ten thousand.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "04_02/mail_columns.h"
#include "exercises/04_02/given/mail.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {
namespace {

constexpr char kCase[] = "mail_columns/count_unread";
constexpr std::size_t kRows = 10'000;

struct Rows {
  void Reserve(std::size_t count) { rows.reserve(count); }
  void Add(const MailRow& row) { rows.push_back(row); }
  std::size_t CountUnread(std::uint8_t folder) const {
    std::size_t unread = 0;
    for (const MailRow& row : rows) {
      unread += row.folder == folder && !row.is_read;
    }
    return unread;
  }
  std::vector<MailRow> rows;
};

// An item is one row that is looked at.
template <class Mail>
void Count(benchmark::State& state) {
  Mail mail;
  mail.Reserve(kRows);
  std::uint64_t bits = 1;
  for (std::size_t i = 0; i < kRows; ++i) {
    bits = bits * 6364136223846793005u + 1442695040888963407u;
    mail.Add({static_cast<std::int64_t>(i), "subject", 1,
              static_cast<std::uint8_t>(bits >> 59), (bits >> 40 & 1) != 0});
  }
  Digest digest;
  for (std::uint8_t i = 0; i < 32; ++i) digest.Add(mail.CountUnread(i));
  RequireSameDigest(state, kCase, digest);
  std::uint8_t folder = 0;
  for (auto _ : state) {
    std::size_t unread = mail.CountUnread(folder);
    Keep(unread);
    folder = static_cast<std::uint8_t>((folder + 1) % 32);
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(kRows));
}

const RegisterRows registration([] {
  AddRow(kCase, Role::kBaseline, "std::vector of rows", &Count<Rows>)
      ->CountedIterations(4);
  AddRow(kCase, Role::kSubject, "MailColumns", &Count<MailColumns>)
      ->CountedIterations(4);
});

}  // namespace
}  // namespace workbook
