// SPDX-License-Identifier: Apache-2.0

// What a scope runs, when it stops, and whose error it throws.
#include "03_05/task_scope.h"

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>

#include "exercises/03_05/testing/gate.h"
#include "exercises/03_05/testing/leaky_forms.h"
#include "exercises/03_05/testing/sleeper.h"
#include "tools/exercise/testing/bounded_test.h"

namespace workbook {
namespace {

class Task4TaskScope : public BoundedTest {
 protected:
  Task4TaskScope() : BoundedTest({.sleep = std::chrono::seconds(10)}) {}
};

// The words of what Wait throws; "nothing" without.
std::string ErrorOf(TaskScope& scope) {
  try {
    scope.Wait();
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "nothing";
}

TEST_F(Task4TaskScope, RunsEachTaskOnce) {
  std::atomic<int> ran{0};
  TaskScope scope;
  for (int i = 0; i < 20; ++i) {
    EXPECT_TRUE(scope.Start([&](const std::stop_token&) { ++ran; }));
  }
  scope.Wait();
  EXPECT_EQ(ran, 20);
  EXPECT_TRUE(scope.Start([&](const std::stop_token&) { ++ran; }))
      << "a scope in which nothing failed goes on after Wait";
  scope.Wait();
  EXPECT_EQ(ran, 21);
}

TEST_F(Task4TaskScope, RunsItsTasksAtTheSameTime) {
  Gate first;
  Gate second;
  std::atomic<int> met{0};
  TaskScope scope;
  scope.Start([&](const std::stop_token&) {
    first.Open();
    met += second.Pass() ? 1 : 0;
  });
  scope.Start([&](const std::stop_token&) {
    second.Open();
    met += first.Pass() ? 1 : 0;
  });
  scope.Wait();
  EXPECT_EQ(met, 2) << "each waits until the other has begun";
}

TEST_F(Task4TaskScope, WaitsForTasksThatTasksStart) {
  std::atomic<int> ran{0};
  TaskScope scope;
  const std::function<void(int)> start = [&](int depth) {
    scope.Start([&, depth](const std::stop_token&) {
      if (depth > 0) {
        start(depth - 1);
        start(depth - 1);
      }
      ++ran;
    });
  };
  start(4);
  scope.Wait();
  EXPECT_EQ(ran, 31) << "1 + 2 + 4 + 8 + 16";
}

TEST_F(Task4TaskScope, TheFirstErrorStopsTheRest) {
  TaskScope scope;
  std::atomic<int> stopped{0};
  for (int i = 0; i < 2; ++i) {
    scope.Start([&](std::stop_token stop) {
      if (WaitForStop(std::move(stop))) ++stopped;
    });
  }
  scope.Start([](const std::stop_token&) {
    throw std::runtime_error("no route to host");
  });
  EXPECT_EQ(ErrorOf(scope), "no route to host");
  EXPECT_EQ(stopped, 2);
  EXPECT_EQ(ErrorOf(scope), "nothing") << "an error is thrown once";
}

TEST_F(Task4TaskScope, LaterErrorsAreDropped) {
  TaskScope scope;
  for (int i = 0; i < 3; ++i) {
    scope.Start([](std::stop_token stop) {
      WaitForStop(std::move(stop));
      throw std::runtime_error("stopped in the middle");
    });
  }
  scope.Start(
      [](const std::stop_token&) { throw std::runtime_error("the cause"); });
  EXPECT_EQ(ErrorOf(scope), "the cause")
      << "the errors of those that were stopped only follow from it";
}

TEST_F(Task4TaskScope, AnErrorThatAnswersAStopIsAnErrorToo) {
  TaskScope scope;
  scope.Start([](std::stop_token stop) {
    WaitForStop(std::move(stop));
    throw std::runtime_error("stopped in the middle");
  });
  scope.RequestStop();
  EXPECT_EQ(ErrorOf(scope), "stopped in the middle")
      << "it is the first exception that left a task, and no other had caused "
         "the stop";
}

TEST_F(Task4TaskScope, ErrorsOfOneMomentAreOneError) {
  TaskScope scope;
  Gate gate;
  for (int i = 0; i < 4; ++i) {
    scope.Start([&](const std::stop_token&) {
      gate.Pass();
      throw std::runtime_error("all at once");
    });
  }
  gate.Open();
  EXPECT_EQ(ErrorOf(scope), "all at once");
  EXPECT_EQ(ErrorOf(scope), "nothing");
}

TEST_F(Task4TaskScope, StartsNothingAfterAStop) {
  TaskScope scope;
  bool ran = false;
  EXPECT_FALSE(scope.Token().stop_requested());
  scope.RequestStop();
  scope.RequestStop();
  EXPECT_TRUE(scope.Token().stop_requested());
  EXPECT_FALSE(scope.Start([&](const std::stop_token&) { ran = true; }));
  scope.Wait();
  EXPECT_FALSE(ran);
}

TEST_F(Task4TaskScope, AStopOfTheParentReachesTheTasks) {
  std::stop_source parent;
  TaskScope scope(parent.get_token());
  std::atomic<int> stopped{0};
  for (int i = 0; i < 2; ++i) {
    scope.Start([&](std::stop_token stop) {
      if (WaitForStop(std::move(stop))) ++stopped;
    });
  }
  EXPECT_FALSE(scope.Token().stop_requested());
  parent.request_stop();
  EXPECT_EQ(ErrorOf(scope), "nothing") << "a stop is no error";
  EXPECT_EQ(stopped, 2);
  TaskScope late(parent.get_token());
  EXPECT_FALSE(late.Start([](const std::stop_token&) {}));
}

TEST_F(Task4TaskScope, AnErrorLeavesTheParentAlone) {
  const std::stop_source parent;
  TaskScope scope(parent.get_token());
  scope.Start(
      [](const std::stop_token&) { throw std::runtime_error("only mine"); });
  EXPECT_EQ(ErrorOf(scope), "only mine");
  EXPECT_TRUE(scope.Token().stop_requested());
  EXPECT_FALSE(parent.stop_requested());
}

TEST_F(Task4TaskScope, WhatIsToldOfAStopMayUseTheScope) {
  TaskScope scope;
  bool could_use_it = false;
  std::optional<Sleeper> user;
  const std::stop_callback callback(scope.Token(), [&] {
    user.emplace([&] { scope.Start([](const std::stop_token&) {}); });
    could_use_it = user->Ends();
  });
  scope.Start([](const std::stop_token&) {
    throw std::runtime_error("stops the scope");
  });
  EXPECT_EQ(ErrorOf(scope), "stops the scope");
  EXPECT_TRUE(could_use_it)
      << "the stop is requested while a lock of the scope is held";
}

TEST_F(Task4TaskScope, WhatATaskHasCapturedDiesBeforeWaitReturns) {
  const auto captured = std::make_shared<int>(0);
  TaskScope scope;
  for (int i = 0; i < 5; ++i) {
    scope.Start([captured, i](const std::stop_token&) {
      if (i == 4) throw std::runtime_error("a task may fail");
    });
  }
  EXPECT_EQ(ErrorOf(scope), "a task may fail");
  EXPECT_EQ(captured.use_count(), 1);
}

}  // namespace
}  // namespace workbook
