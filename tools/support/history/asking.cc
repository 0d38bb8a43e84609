// SPDX-License-Identifier: Apache-2.0

#include "tools/support/history/asking.h"

#include <cstdlib>

#include "tools/support/history/arena.h"
#include "tools/support/history/child.h"

namespace workbook::history {
namespace {

struct Talk {
  Writer questions;
  std::string answer;
  bool wants_process = true;
  std::uint32_t numbers = 0;
  std::uint8_t thread = kMainThread;
};

Talk& TheTalk() {
  static Talk talk;
  return talk;
}

[[noreturn]] void EndBadly() {
  EndAs(Verdict::kWrong, "its process sends what can be no answer");
}

// Not the fault of the history at hand: the whole program is gone, for it
// outlives the process that makes the calls.
[[noreturn]] void EndAsGone() { EndAs(Verdict::kGone, "its process ended"); }

// What the other process said before it was gone.
[[noreturn]] void EndByFault(Reader& answer) {
  const auto verdict = answer.Raw<Verdict>();
  const std::string sentence(answer.Text());
  switch (verdict) {
    case Verdict::kNotWritten:
      RememberTodo(sentence.c_str());
      EndAs(Verdict::kNotWritten, sentence);
    case Verdict::kHangs:
      EndAs(Verdict::kHangs,
            State().in_check ? "the call returns; a question behind it does not"
                             : "the call does not return");
    case Verdict::kWrong:
      EndAs(Verdict::kWrong, sentence);
    default:
      EndAs(Verdict::kCrashed,
            sentence.empty() ? "its process ended" : sentence);
  }
}

void TakeHeap(Reader& answer) {
  arena.allocations = answer.Raw<std::uint64_t>();
  const auto pieces = answer.Raw<std::uint32_t>();
  for (std::uint32_t i = 0; i != pieces && answer.ok(); ++i) {
    Arena::Piece piece{};
    piece.begin = reinterpret_cast<std::byte*>(answer.Raw<std::uintptr_t>());
    piece.bytes = answer.Raw<std::uint64_t>();
    piece.kind = answer.Raw<std::uint8_t>() == 0 ? Arena::Kind::kHeap
                                                 : Arena::Kind::kObject;
    piece.live = answer.Raw<std::uint8_t>() != 0;
    if (!arena.Note(piece)) EndBadly();
  }
  const auto freed = answer.Raw<std::uint32_t>();
  for (std::uint32_t i = 0; i != freed && answer.ok(); ++i) {
    if (!arena.NoteFree(answer.Raw<std::uint32_t>())) EndBadly();
  }
}

}  // namespace

bool is_asking = false;

void Asking::BeginHistory() {
  Talk& talk = TheTalk();
  if (talk.wants_process) {
    talk.wants_process = false;
    talk.questions.bytes.clear();
    Tell(Op::kFresh);
    if (!WritePacket(talk.questions.bytes)) {
      EndAsGone();
    }
    talk.questions.bytes.clear();
    // What the last one still had to say is of no use.
    do {
      if (!ReadPacket(talk.answer)) {
        EndAsGone();
      }
    } while (Reader(talk.answer).Raw<Reply>() != Reply::kIsFresh);
  }
  talk.numbers = 0;
  talk.thread = kMainThread;
  ForgetTexts();
  arena.Forget();
  Tell(Op::kBegin);
}

Writer& Asking::Tell(Op op) {
  Writer& questions = TheTalk().questions;
  questions.Raw(op);
  return questions;
}

Writer& Asking::Call(Op op, std::uint64_t site, std::size_t refuse_from) {
  Writer& out = Tell(op);
  out.Raw(site);
  out.Raw(thread());
  out.Raw(static_cast<std::uint64_t>(refuse_from));
  return out;
}

Reader Asking::Ask() {
  Talk& talk = TheTalk();
  ++State().calls;
  const bool sent = WritePacket(talk.questions.bytes);
  talk.questions.bytes.clear();
  if (!sent || !ReadPacket(talk.answer)) {
    EndAsGone();
  }
  Reader answer(talk.answer);
  switch (answer.Raw<Reply>()) {
    case Reply::kAnswer:
      break;
    case Reply::kFault:
      EndByFault(answer);
    case Reply::kUnknownSite:
      EndAs(Verdict::kWrong,
            "its header has other types than the one that was handed out");
    default:
      EndBadly();
  }
  TakeHeap(answer);
  return answer;
}

Reader Asking::AskCall(Thrown& thrown) {
  Reader answer = Ask();
  const auto how = answer.Raw<std::uint8_t>();
  if (how == kMetTodo) {
    RememberTodo(std::string(answer.Text()).c_str());
    throw NotWritten{};
  }
  if (how > static_cast<std::uint8_t>(Thrown::kOther)) EndBadly();
  thrown = static_cast<Thrown>(how);
  return answer;
}

void Asking::ExpectWhole(const Reader& answer) {
  if (!answer.ok() || !answer.IsAtEnd()) EndBadly();
}

std::uint32_t Asking::NewNumber() { return TheTalk().numbers++; }

std::uint8_t& Asking::thread() { return TheTalk().thread; }

}  // namespace workbook::history
