// SPDX-License-Identifier: Apache-2.0

// Also the rows of inline_any and function_ref: the ways to hide a type are
// compared with each other.
#include <benchmark/benchmark.h>

#include <any>
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <numeric>
#include <utility>
#include <variant>
#include <vector>

#include "02_02/action_queue.h"
#include "02_02/function_ref.h"
#include "02_02/inline_any.h"
#include "02_02/interface_patterns.h"
#include "tools/bench/keep.h"
#include "tools/bench/orders.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_ABSEIL_CPP
#include <absl/functional/any_invocable.h>
#include <absl/functional/function_ref.h>
#endif

namespace workbook {
namespace {

// 40 bytes: more than std::any and std::function keep inside.
struct Record {
  std::array<std::uint64_t, 5> words{};
};

struct Value {
  Value() = default;
  Value(const Value&) = delete;
  Value& operator=(const Value&) = delete;
  virtual ~Value() = default;
};
struct RecordValue : Value {
  explicit RecordValue(const Record& value) : record(value) {}
  Record record;
};
struct OtherValue : Value {};

constexpr char kMake[] = "inline_any/small_object";

// A value of 40 bytes behind an interface, made and destroyed; an item is one.
template <typename Make>
void MakeValue(benchmark::State& state, Make make) {
  Record record;
  for (auto _ : state) {
    ++record.words[0];
    auto value = make(record);
#ifndef __clang_analyzer__  // it takes the assembler of Keep for a leak
    Keep(value);
#endif
  }
  state.SetItemsProcessed(state.iterations());
}

void AddMakeRow(Role role, const char* name, auto make) {
  AddRow(kMake, role, name,
         [make](benchmark::State& state) { MakeValue(state, make); });
}

constexpr char kCast[] = "inline_any/cast";
constexpr std::int64_t kValues = 256;

// Of 256 values every second is asked for its type and is it; an item is one
// question.
template <typename Holder, typename MakeOne, typename MakeOther, typename Cast>
void CastValues(benchmark::State& state, MakeOne one, MakeOther other,
                Cast cast) {
  std::vector<Holder> values;
  for (std::int64_t i = 0; i < kValues; ++i) {
    values.push_back(i % 2 == 0 ? one() : other());
  }
  std::vector<std::uint16_t> places(kValues);
  std::iota(places.begin(), places.end(), std::uint16_t{0});
  InputOrders<std::uint16_t> orders(std::move(places), 9);
  for (auto _ : state) {
    std::int64_t found = 0;
    for (const std::uint16_t place : orders.Next()) {
      found += cast(values[place]) != nullptr ? 1 : 0;
    }
    if (found != kValues / 2) state.SkipWithError("a wrong cast");
  }
  state.SetItemsProcessed(state.iterations() * kValues);
}

template <typename Any, typename Cast>
void AddCastRow(Role role, const char* name, Cast cast) {
  AddRow(kCast, role, name, [cast](benchmark::State& state) {
    CastValues<Any>(
        state, [] { return Any(Record{}); }, [] { return Any(1.5); }, cast);
  });
}

constexpr char kCallback[] = "function_ref/callback";

// A callback with 40 bytes of capture is given to a function that calls it four
// times; an item is one giving.
template <typename Parameter>
[[gnu::noinline]] std::uint64_t CallFourTimes(Parameter callback) {
  std::uint64_t sum = 0;
  for (std::uint64_t i = 0; i < 4; ++i) sum += callback(i);
  return sum;
}

template <typename Parameter>
void Callback(benchmark::State& state) {
  Record record;
  std::uint64_t expected = 6;
  for (auto _ : state) {
    record.words[4] += 1;
    expected += 4;
    const auto add = [record](std::uint64_t i) { return record.words[4] + i; };
    if (CallFourTimes<Parameter>(add) != expected) {
      state.SkipWithError("a wrong sum");
    }
  }
  state.SetItemsProcessed(state.iterations());
}

constexpr char kDrawing[] = "interface_patterns/drawing";
constexpr int kShapes = 256;

// A list of 256 shapes is made and summed up; an item is one shape.
void VirtualDrawing(benchmark::State& state) {
  struct Shape {
    virtual ~Shape() = default;
    virtual double Area() const = 0;
  };
  struct Round : Shape {
    explicit Round(double value) : radius(value) {}
    double Area() const override { return 3.0 * radius * radius; }
    double radius;
  };
  struct Square : Shape {
    explicit Square(double value) : side(value) {}
    double Area() const override { return side * side; }
    double side;
  };
  double size = 1;
  for (auto _ : state) {
    std::vector<std::unique_ptr<Shape>> shapes;
    size += 1;
    for (int i = 0; i < kShapes; ++i) {
      if (i % 2 == 0) {
        shapes.push_back(std::make_unique<Round>(size));
      } else {
        shapes.push_back(std::make_unique<Square>(size));
      }
    }
    double total = 0;
    for (const auto& shape : shapes) total += shape->Area();
    Keep(total);
  }
  state.SetItemsProcessed(state.iterations() * kShapes);
}

void VariantDrawing(benchmark::State& state) {
  double size = 1;
  for (auto _ : state) {
    Drawing drawing(kShapes);
    size += 1;
    for (int i = 0; i < kShapes; ++i) {
      if (i % 2 == 0) {
        drawing.Add(Circle{size});
      } else {
        drawing.Add(Rectangle{size, size});
      }
    }
    Keep(drawing.TotalArea());
  }
  state.SetItemsProcessed(state.iterations() * kShapes);
}

constexpr char kActions[] = "interface_patterns/actions";
constexpr std::int64_t kActionCount = 256;

// 256 actions of 48 bytes are queued and run; an item is one action.
template <typename Push, typename Run>
void Actions(benchmark::State& state, Push push, Run run) {
  std::uint64_t sum = 0;
  std::uint64_t expected = 0;
  Record record;
  for (auto _ : state) {
    ++record.words[4];
    for (std::int64_t i = 0; i < kActionCount; ++i) {
      push([record, &sum] { sum += record.words[4]; });
    }
    run();
    expected += kActionCount * record.words[4];
  }
  Require(state, sum == expected, "actions are lost");
  state.SetItemsProcessed(state.iterations() * kActionCount);
}

template <typename Function>
void ActionsInVector(benchmark::State& state) {
  std::vector<Function> actions;
  Actions(
      state, [&actions](auto action) { actions.push_back(Function(action)); },
      [&actions] {
        for (Function& action : actions) action();
        actions.clear();
      });
}

const RegisterRows registration([] {
  AddMakeRow(Role::kBaseline, "std::any",
             [](const Record& record) { return std::any(record); });
  AddMakeRow(Role::kSubject, "InlineAny",
             [](const Record& record) { return InlineAny(record); });
  AddMakeRow(Role::kPeer, "std::unique_ptr to a base",
             [](const Record& record) -> std::unique_ptr<Value> {
               return std::make_unique<RecordValue>(record);
             });
  AddMakeRow(Role::kPeer, "std::function", [](const Record& record) {
    return std::function<std::uint64_t()>([record] { return record.words[0]; });
  });
  AddMakeRow(Role::kPeer, "std::variant", [](const Record& record) {
    return std::variant<int, double, Record>(record);
  });
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  AddMakeRow(Role::kPeer, "absl::AnyInvocable", [](const Record& record) {
    return absl::AnyInvocable<std::uint64_t()>(
        [record] { return record.words[0]; });
  });
#else
  AddGap(kMake, "absl::AnyInvocable", "libabsl-dev");
#endif

  AddRow(kCast, Role::kBaseline, "dynamic_cast", [](benchmark::State& state) {
    CastValues<std::unique_ptr<Value>>(
        state, [] { return std::make_unique<RecordValue>(Record{}); },
        []() -> std::unique_ptr<Value> {
          return std::make_unique<OtherValue>();
        },
        [](const auto& value) {
          return dynamic_cast<const RecordValue*>(value.get());
        });
  });
  AddCastRow<InlineAny>(Role::kSubject, "InlineAny::TryGet", [](auto& value) {
    return value.template TryGet<Record>();
  });
  AddCastRow<std::any>(Role::kPeer, "std::any_cast", [](auto& value) {
    return std::any_cast<Record>(&value);
  });
  AddCastRow<std::variant<double, Record>>(
      Role::kPeer, "std::get_if",
      [](auto& value) { return std::get_if<Record>(&value); });

  AddRow(kCallback, Role::kBaseline, "std::function",
         Callback<const std::function<std::uint64_t(std::uint64_t)>&>);
  AddRow(kCallback, Role::kSubject, "FunctionRef",
         Callback<FunctionRef<std::uint64_t(std::uint64_t)>>);
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  AddRow(kCallback, Role::kPeer, "absl::FunctionRef",
         Callback<absl::FunctionRef<std::uint64_t(std::uint64_t)>>);
#else
  AddGap(kCallback, "absl::FunctionRef", "libabsl-dev");
#endif

  AddRow(kDrawing, Role::kBaseline, "std::unique_ptr to a base",
         VirtualDrawing);
  AddRow(kDrawing, Role::kSubject, "Drawing", VariantDrawing);

  AddRow(kActions, Role::kBaseline, "vector of std::function",
         ActionsInVector<std::function<void()>>);
  AddRow(kActions, Role::kSubject, "ActionQueue", [](benchmark::State& state) {
    ActionQueue queue(kActionCount);
    Actions(
        state, [&queue](auto action) { queue.Push(action); },
        [&queue] { queue.RunAll(); });
  });
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  AddRow(kActions, Role::kPeer, "vector of absl::AnyInvocable",
         ActionsInVector<absl::AnyInvocable<void()>>);
#else
  AddGap(kActions, "vector of absl::AnyInvocable", "libabsl-dev");
#endif
});

}  // namespace
}  // namespace workbook
