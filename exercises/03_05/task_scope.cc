// SPDX-License-Identifier: Apache-2.0

#include "03_05/task_scope.h"

#include "tools/exercise/todo.h"

namespace workbook {

TaskScope::TaskScope(std::stop_token parent)
    : parent_(std::move(parent), PassOn{stop_}) {}

TaskScope::~TaskScope() {
  // Yours. No Todo: it may not leave a destructor.
}

bool TaskScope::Start(Task task) { Todo("03_05 task 4: TaskScope::Start"); }

void TaskScope::Run(Threads::iterator self, Task task) {
  Todo("03_05 task 4: TaskScope::Run");
}

void TaskScope::Wait() { Todo("03_05 task 4: TaskScope::Wait"); }

void TaskScope::RequestStop() { Todo("03_05 task 4: TaskScope::RequestStop"); }

std::stop_token TaskScope::Token() const {
  Todo("03_05 task 4: TaskScope::Token");
}

}  // namespace workbook
