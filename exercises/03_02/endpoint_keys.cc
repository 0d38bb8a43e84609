// SPDX-License-Identifier: Apache-2.0

#include "03_02/endpoint_keys.h"

#include <functional>

#include "exercises/03_02/given/hashing.h"
#include "tools/exercise/todo.h"

namespace workbook {

std::size_t EndpointHash::operator()(EndpointView view) const {
  Todo("03_02 task 8: EndpointHash::operator()");
}

bool EndpointEqual::operator()(EndpointView a, EndpointView b) const {
  Todo("03_02 task 8: EndpointEqual::operator()");
}

void CountRequest(RequestCounts& counts, EndpointView endpoint) {
  Todo("03_02 task 8: CountRequest");
}

}  // namespace workbook
