// SPDX-License-Identifier: Apache-2.0

#include "04_02/boxed_value.h"

#include <bit>
#include <cmath>

#include "tools/exercise/todo.h"

namespace workbook {

BoxedValue::BoxedValue() { Todo("04_02 task 10: BoxedValue::BoxedValue"); }

BoxedValue BoxedValue::Number(double value) {
  Todo("04_02 task 10: BoxedValue::Number");
}

BoxedValue BoxedValue::Integer(std::int32_t value) {
  Todo("04_02 task 10: BoxedValue::Integer");
}

BoxedValue BoxedValue::Bool(bool value) {
  Todo("04_02 task 10: BoxedValue::Bool");
}

BoxedValue BoxedValue::Pointer(const void* value) {
  Todo("04_02 task 10: BoxedValue::Pointer");
}

BoxedKind BoxedValue::kind() const { Todo("04_02 task 10: BoxedValue::kind"); }

double BoxedValue::number() const { Todo("04_02 task 10: BoxedValue::number"); }

std::int32_t BoxedValue::integer() const {
  Todo("04_02 task 10: BoxedValue::integer");
}

bool BoxedValue::boolean() const { Todo("04_02 task 10: BoxedValue::boolean"); }

const void* BoxedValue::pointer() const {
  Todo("04_02 task 10: BoxedValue::pointer");
}

}  // namespace workbook
