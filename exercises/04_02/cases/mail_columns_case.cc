// SPDX-License-Identifier: Apache-2.0

// What MailColumns promises, call by call: see tools/support/history.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

#include "04_02/mail_columns.h"
#include "exercises/04_02/testing/scarce_memory.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

class MailColumnsCase : public Subject {
 public:
  static constexpr int kConfigs = 1;
  static constexpr std::uint64_t kHistories = 8000;

  void Start(int) {
    Say("ScarceMemory memory;");
    Say("MailColumns mail(&memory);");
    In([](auto& mail, auto& memory) { mail.Make(&*memory); }, mail_, memory_);
    Draw("mail", mail_);
  }

  // 0 and 1: one row, of either kind; 2: eight rows.
  bool Add(int kind) {
    const int count = kind == 2 ? 8 : 1;
    if (kind == 2) Say("for (int i = 0; i < 8; ++i)");
    for (int i = 0; i < count; ++i) {
      const MailRow row = Next(kind);
      if (i == 0) SayAdd(kind == 2 ? "  " : "", row);
      const int before = Blocks();
      Expect(AddRow(row) == Thrown::kNothing, "", "Add throws");
      const bool grows = rows_.size() == capacity_;
      if (grows) capacity_ = std::max<std::size_t>(8, 2 * capacity_);
      const int blocks = Blocks() - before;
      Expect(blocks <= (grows ? 4 : 0), "", "Add allocates ", blocks,
             " blocks for row ", rows_.size());
      rows_.push_back(row);
    }
    return true;
  }

  // All columns behind the first `allowed` find no memory.
  bool AddFails(int allowed) {
    Allow(allowed);
    const MailRow row = Next(0);
    Say("memory.allowed = ", allowed, ";");
    SayAdd("", row);
    const Thrown thrown = AddRow(row);
    Allow(1000);
    Say("memory.allowed = 1000;");
    if (thrown == Thrown::kNothing) {
      // The columns that lacked room have found it.
      if (rows_.size() == capacity_) {
        capacity_ = std::max<std::size_t>(8, 2 * capacity_);
      }
      rows_.push_back(row);
    }
    Expect(thrown == Thrown::kNothing || thrown == Thrown::kBadAlloc, "",
           "it must throw std::bad_alloc");
    return true;
  }

  // 0: the first row, 1: the last one.
  bool Remove(int which) {
    if (rows_.empty() || (which == 1 && rows_.size() == 1)) return false;
    const std::size_t row = which == 0 ? 0 : rows_.size() - 1;
    Say("mail.Remove(", row, ");");
    In([](auto& mail, std::size_t gone) { mail->Remove(gone); }, mail_, row);
    std::swap(rows_[row], rows_.back());
    rows_.pop_back();
    return true;
  }

  bool CountUnread(int) {
    Say("mail.CountUnread(1);");
    const std::size_t unread =
        Ask([](auto& mail) { return mail->CountUnread(1); }, mail_);
    std::size_t expected = 0;
    for (const MailRow& row : rows_)
      expected += row.folder == 1 && !row.is_read;
    ExpectEqual("mail.CountUnread(1)", unread, expected);
    return true;
  }

  void Check() {
    const auto [size, marks, senders] = Ask(
        [](auto& mail) {
          return std::tuple(mail->size(), mail->marks().size(),
                            mail->senders().size());
        },
        mail_);
    ExpectEqual("mail.size()", size, rows_.size());
    ExpectEqual("mail.marks().size()", marks, rows_.size());
    ExpectEqual("mail.senders().size()", senders, rows_.size());
    for (std::size_t i = 0; i != size; ++i) {
      const auto [id, sender, mark] = Ask(
          [](auto& mail, std::size_t row) {
            return std::tuple<std::int64_t, std::int32_t, std::uint8_t>(
                mail->ids()[row], mail->senders()[row], mail->marks()[row]);
          },
          mail_, i);
      ExpectEqual(Text("mail.ids()[", i, "]"), id, rows_[i].id);
      ExpectEqual(Text("mail.senders()[", i, "]"), sender, rows_[i].sender);
      ExpectEqual(Text("mail.marks()[", i, "]"), int{mark},
                  int{MarkOf(rows_[i].folder, rows_[i].is_read)});
    }
  }

  bool CanEnd() const { return true; }
  void End() {
    In([](auto& mail) { mail.End(); }, mail_);
  }

  static constexpr CallKind<MailColumnsCase> kCalls[] = {
      {3, &MailColumnsCase::Add},
      {2, &MailColumnsCase::Remove},
      {3, &MailColumnsCase::AddFails},
      {1, &MailColumnsCase::CountUnread},
  };

 private:
  Thrown AddRow(const MailRow& row) {
    return In(
        [](auto& mail, std::int64_t id, std::int32_t sender,
           std::uint8_t folder, bool is_read) {
          mail->Add({id, "", sender, folder, is_read});
        },
        mail_, row.id, row.sender, row.folder, row.is_read);
  }
  int Blocks() {
    return Aside([](auto& memory) { return memory->allocations; }, memory_);
  }
  void Allow(int allocations) {
    Aside([](auto& memory, int allowed) { memory->allowed = allowed; }, memory_,
          allocations);
  }

  MailRow Next(int kind) {
    ++id_;
    return {id_, "", static_cast<std::int32_t>(10 * id_),
            static_cast<std::uint8_t>(kind == 1 ? 2 : 1), kind == 1};
  }
  void SayAdd(const char* indent, const MailRow& row) {
    Say(indent, "mail.Add({", row.id, ", \"\", ", row.sender, ", ",
        int{row.folder}, ", ", row.is_read, "});");
  }

  Fixture<ScarceMemory> memory_;
  Object<MailColumns> mail_;
  std::int64_t id_ = 0;
  std::size_t capacity_ = 0;
  std::vector<MailRow> rows_;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(MailColumnsCase, "04_02/mail_columns.h",
              "#include \"exercises/04_02/testing/scarce_memory.h\"\n")
