// SPDX-License-Identifier: Apache-2.0

#include "tools/exercise/todo.h"

#include <string>

namespace workbook {

void Todo(const char* place) {
  throw TodoError(std::string(place) + " is yours to write");
}

}  // namespace workbook
