// SPDX-License-Identifier: Apache-2.0

#include "tools/support/history/search.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <optional>
#include <utility>
#include <vector>

#include "tools/support/history/enumeration.h"

namespace workbook::history {
namespace {

using Clock = std::chrono::steady_clock;

class Searcher {
 public:
  Searcher(const Machine& machine, const Budget& budget)
      : machine_(machine),
        budget_(budget),
        deadline_(start_ + std::chrono::duration_cast<Clock::duration>(
                               std::chrono::duration<double>(budget.seconds))) {
  }

  Found Run() {
    Enumerate();
    if (!found_.found) WalkAtRandom();
    if (found_.found && !found_.gone) {
      Outcome played = Child([this] {
        is_played = true;
        machine_.run(found_.outcome.history, true);
      });
      if (!found_.gone) found_.outcome = std::move(played);
    }
    found_.seconds =
        std::chrono::duration<double>(Clock::now() - start_).count();
    return std::move(found_);
  }

 private:
  // A structure may keep state outside of its object, in thread-local or static
  // variables, so that a failure depends on the histories before: not repeated,
  // it is passed over, so many times.
  static constexpr int kMostChildren = 200;

  Outcome Child(const std::function<void()>& body) {
    ++found_.children;
    Outcome outcome = RunInChild(body);
    found_.histories += State().histories;
    if (found_.todo.empty()) found_.todo = State().todo;
    found_.gone |= outcome.verdict == Verdict::kGone;
    return outcome;
  }
  bool IsLate() const { return found_.gone || Clock::now() > deadline_; }
  static bool IsCase(const Outcome& outcome) {
    return outcome.verdict != Verdict::kPassed &&
           outcome.verdict != Verdict::kNotWritten &&
           outcome.verdict != Verdict::kGone;
  }

  // Takes the history over where it fails alone.
  bool Try(const History& history) {
    Outcome outcome = Child([&] { machine_.run(history, true); });
    if (!IsCase(outcome)) return false;
    found_.outcome = std::move(outcome);
    found_.found = true;
    return true;
  }

  void Enumerate() {
    std::optional<History> last;
    std::uint64_t left = budget_.enumerated;
    for (int i = 0; i != kMostChildren && !IsLate(); ++i) {
      const Outcome outcome = Child([&] {
        Enumeration enumeration(machine_, left, deadline_);
        enumeration.Run(last);
        State().complete_cost = enumeration.complete_cost();
      });
      const std::uint64_t ran = State().histories;
      found_.complete_cost =
          std::max(found_.complete_cost, State().complete_cost);
      if (outcome.verdict == Verdict::kPassed) {
        found_.complete = !IsLate();
        return;
      }
      last = History{
          .config = State().config,
          .calls = {State().given, State().given + State().given_count}};
      if (IsCase(outcome) && Try(*last)) return;
      left -= std::min(left, ran);
    }
  }

  void WalkAtRandom() {
    RandomCalls calls(machine_, budget_.seed);
    std::uint64_t left = budget_.random;
    for (int i = 0; i != kMostChildren; ++i) {
      const Outcome outcome = Child([&] {
        for (std::uint64_t k = 0; k != left && !IsLate(); ++k) {
          machine_.run(calls.Next(), true);
        }
      });
      if (outcome.verdict == Verdict::kPassed) return;
      const std::uint64_t ran = State().histories;
      if (IsCase(outcome) && Try(outcome.history)) return Shorten();
      if (!budget_.skips_unrepeated) return;
      // The child's generator went on, and this one did not.
      for (std::uint64_t k = 0; k != ran && left != 0; ++k, --left)
        calls.Next();
    }
    found_.complete = false;
  }

  // Delta debugging: leaves out runs of calls, from half of all down to one;
  // then pairs, such as a loan and its return; then makes arguments and the
  // configuration simpler; until nothing changes.
  void Shorten() {
    for (bool again = true; std::exchange(again, false);) {
      for (std::size_t run = std::max<std::size_t>(Size() / 2, 1); run != 0;
           run /= 2) {
        for (std::size_t from = 0; from + run <= Size() && !IsLate();) {
          const bool shorter = Try(Without(Best(), from, run));
          again |= shorter;
          if (!shorter) ++from;
        }
      }
      again |= LeaveOutPairs();
      again |= Simplify();
    }
  }

  bool LeaveOutPairs() {
    bool changed = false;
    for (std::size_t i = 0; i + 1 < Size() && Size() <= 12; ++i) {
      for (std::size_t k = i + 1; k < Size() && !IsLate(); ++k) {
        changed |= Try(Without(Without(Best(), k, 1), i, 1));
      }
    }
    return changed;
  }

  bool Simplify() {
    bool changed = false;
    for (std::uint8_t config = 0; config < Best().config; ++config) {
      changed |= Try({.config = config, .calls = Best().calls});
    }
    for (std::size_t i = 0; i < Size(); ++i) {
      while (i < Size() && machine_.has_simpler[Best().calls[i]] && !IsLate()) {
        History simpler = Best();
        --simpler.calls[i];
        if (!Try(simpler)) break;
        changed = true;
      }
    }
    return changed;
  }

  const History& Best() const { return found_.outcome.history; }
  std::size_t Size() const { return Best().calls.size(); }
  static History Without(History history, std::size_t from, std::size_t count) {
    const auto begin =
        history.calls.begin() + static_cast<std::ptrdiff_t>(from);
    history.calls.erase(begin, begin + static_cast<std::ptrdiff_t>(count));
    return history;
  }

  const Clock::time_point start_ = Clock::now();
  const Machine& machine_;
  const Budget budget_;
  const Clock::time_point deadline_;
  Found found_;
};

}  // namespace

std::uint8_t RandomCalls::Below(std::uint64_t bound) {  // splitmix64
  std::uint64_t z = state_ += 0x9E3779B97F4A7C15;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return static_cast<std::uint8_t>((z ^ (z >> 31)) % bound);
}

History RandomCalls::Next() {
  History history;
  history.config = Below(static_cast<std::uint64_t>(machine_.configs));
  history.calls.resize(kRandomCalls);
  for (std::uint8_t& letter : history.calls) {
    letter = Below(CountLetters(machine_));
  }
  return history;
}

Budget WithNumbers(const Machine& machine, Budget budget) {
  if (budget.enumerated == 0) budget.enumerated = machine.histories;
  if (budget.random == 0) {
    budget.random = std::max<std::uint64_t>(budget.enumerated / 16, 600);
  }
  return budget;
}

Found Search(const Machine& machine, const Budget& budget) {
  return Searcher(machine, WithNumbers(machine, budget)).Run();
}

Outcome Play(const Machine& machine, const History& history) {
  return RunInChild([&] {
    is_played = true;
    machine.run(history, true);
  });
}

}  // namespace workbook::history
