// SPDX-License-Identifier: Apache-2.0

// The program that answers, but for the calls of its description.
#include "tools/support/history/answering.h"

#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tools/support/history/child.h"
#include "tools/support/history/content.h"
#include "tools/support/history/named_threads.h"
#include "tools/support/history/packets.h"

namespace workbook::history {
namespace {

struct Functions {
  Serve call;
  Serve aside;
};

// Filled before main, by initialisers of any order.
std::map<std::uint64_t, Functions>& Sites() {
  static std::map<std::uint64_t, Functions> sites;
  return sites;
}

struct Kept {
  void* fixture = nullptr;
  Answering::Destroy destroy = nullptr;
};

// What a history has; the numbers are small.
constexpr std::size_t kMostNumbers = 4096;
std::vector<void*> places;
std::vector<Kept> fixtures;
NamedThreads threads;
// What was told of the heap.
std::array<bool, Arena::kMaxPieces> told_live;
std::size_t told_pieces = 0;

void Drop(std::uint32_t number) {
  if (number >= fixtures.size()) return;
  const Kept kept = std::exchange(fixtures[number], {});
  if (kept.fixture != nullptr) kept.destroy(kept.fixture);
}

void BeginHistory() {
  threads.EndAll();
  for (std::size_t i = fixtures.size(); i-- != 0;) {
    Drop(static_cast<std::uint32_t>(i));
  }
  places.assign(kMostNumbers, nullptr);
  fixtures.assign(kMostNumbers, {});
  arena.Reset();
  told_pieces = 0;
  ForgetTexts();
}

void PutHeap(Writer& out) {
  const auto pieces = arena.pieces();
  out.Raw(static_cast<std::uint64_t>(arena.allocations));
  std::vector<std::uint32_t> freed;
  for (std::size_t i = 0; i != told_pieces; ++i) {
    if (!told_live[i] || pieces[i].live) continue;
    told_live[i] = false;
    freed.push_back(static_cast<std::uint32_t>(i));
  }
  out.Raw(static_cast<std::uint32_t>(pieces.size() - told_pieces));
  for (; told_pieces != pieces.size(); ++told_pieces) {
    const Arena::Piece& piece = pieces[told_pieces];
    told_live[told_pieces] = piece.live;
    out.Raw(reinterpret_cast<std::uintptr_t>(piece.begin));
    out.Raw(static_cast<std::uint64_t>(piece.bytes));
    out.Raw(
        static_cast<std::uint8_t>(piece.kind == Arena::Kind::kHeap ? 0 : 1));
    out.Raw(static_cast<std::uint8_t>(piece.live));
  }
  out.Raw(static_cast<std::uint32_t>(freed.size()));
  for (const std::uint32_t i : freed) out.Raw(i);
}

// The heap is told as it is behind the call: `body` comes first in time, last
// in the answer.
void Answer(const Writer& body) {
  Writer answer;
  answer.Raw(Reply::kAnswer);
  PutHeap(answer);
  answer.bytes += body.bytes;
  if (!WritePacket(answer.bytes)) _exit(0);
}

std::byte* AddressOf(Reader& in) {
  return reinterpret_cast<std::byte*>(in.Raw<std::uintptr_t>());
}

void Fill(Reader& in) {
  std::byte* const begin = AddressOf(in);
  const auto bytes = in.Raw<std::uint64_t>();
  const auto first = in.Raw<std::uint8_t>();
  FirstFalse(bytes, [&](std::size_t i) {
    begin[i] = PatternAt(first, i);
    return true;
  });
}

void Look(Reader& in) {
  arena.CheckGuards();
  Writer body;
  const auto count = in.Raw<std::uint32_t>();
  for (std::uint32_t i = 0; i != count && in.ok(); ++i) {
    const std::byte* const begin = AddressOf(in);
    const auto bytes = in.Raw<std::uint64_t>();
    body.Raw(HashOf(bytes, [begin](std::size_t at) { return begin[at]; }));
  }
  Answer(body);
}

void Read(Reader& in) {
  const std::byte* const begin = AddressOf(in);
  const auto bytes = in.Raw<std::uint64_t>();
  Writer body;
  if (bytes < kMostPacketBytes) {
    body.bytes.assign(reinterpret_cast<const char*>(begin), bytes);
  }
  Answer(body);
}

void MakeCall(Op op, Reader& in) {
  const auto site = in.Raw<std::uint64_t>();
  const auto thread = in.Raw<std::uint8_t>();
  const auto refuse_from = in.Raw<std::uint64_t>();
  const auto found = Sites().find(site);
  if (found == Sites().end()) {
    Writer unknown;
    unknown.Raw(Reply::kUnknownSite);
    WritePacket(unknown.bytes);
    _exit(0);
  }
  Writer body;
  Question question = {refuse_from, in, body};
  const Serve serve =
      op == Op::kCall ? found->second.call : found->second.aside;
  if (thread < NamedThreads::kCount) {
    threads.Run(thread, [&] { serve(question); });
  } else {
    serve(question);
  }
  if (op != Op::kTell) Answer(body);
}

void Do(Op op, Reader& in) {
  switch (op) {
    case Op::kFresh:
      State().answering = Answers::kWantsFresh;
      _exit(0);
    case Op::kBegin:
      return BeginHistory();
    case Op::kCall:
    case Op::kAside:
    case Op::kTell:
      return MakeCall(op, in);
    case Op::kFill:
      return Fill(in);
    case Op::kLook:
      return Look(in);
    case Op::kRead:
      return Read(in);
    case Op::kDrop:
      return Drop(in.Raw<std::uint32_t>());
    case Op::kEndThreads:
      return threads.EndAll();
  }
}

void WriteFresh() {
  Writer fresh;
  fresh.Raw(Reply::kIsFresh);
  WritePacket(fresh.bytes);
}

void ServeAll(bool is_asked_for) {
  if (is_asked_for) WriteFresh();
  std::string packet;
  for (;;) {
    State().answering = Answers::kIdle;
    if (!ReadPacket(packet)) break;
    State().answering = Answers::kBusy;
    Reader in(packet);
    while (!in.IsAtEnd()) {
      ++State().calls;
      Do(in.Raw<Op>(), in);
    }
  }
  State().answering = Answers::kNoMore;
  _exit(0);
}

// False: nobody asks any more.
bool WaitForFresh() {
  std::string packet;
  while (ReadPacket(packet)) {
    if (Reader(packet).Raw<Op>() == Op::kFresh) return true;
  }
  return false;
}

int Main() {
  try {
    throw 1;  // the first throw of a program allocates what it keeps
  } catch (int) {
  }
  for (bool is_asked_for = false;; is_asked_for = true) {
    const Outcome outcome =
        RunInChild([is_asked_for] { ServeAll(is_asked_for); });
    if (State().answering == Answers::kNoMore) return 0;
    if (State().answering == Answers::kWantsFresh) continue;
    Writer fault;
    fault.Raw(Reply::kFault);
    fault.Raw(outcome.verdict == Verdict::kPassed ? Verdict::kCrashed
                                                  : outcome.verdict);
    fault.Text(outcome.verdict == Verdict::kNotWritten &&
                       State().todo[0] != '\0'
                   ? State().todo
                   : outcome.sentence);
    if (!WritePacket(fault.bytes) || !WaitForFresh()) return 0;
  }
}

}  // namespace

bool Answering::Register(std::uint64_t site, Serve call, Serve aside) {
  return Sites().emplace(site, Functions{call, aside}).second;
}

void*& Answering::PlaceOf(std::uint32_t number) {
  if (number >= places.size()) std::abort();
  return places[number];
}

void* Answering::FixtureOf(std::uint32_t number, Make make, Destroy destroy) {
  if (number >= fixtures.size()) std::abort();
  Kept& kept = fixtures[number];
  if (kept.fixture == nullptr) kept = {make(), destroy};
  return kept.fixture;
}

NamedThreads& Answering::Threads() { return threads; }

void PutThrown(Writer& answer, bool is_written, Thrown thrown) {
  if (is_written) {
    answer.Raw(thrown);
    return;
  }
  answer.Raw(kMetTodo);
  answer.Text(State().todo);
}

}  // namespace workbook::history

int main() { _exit(workbook::history::Main()); }
