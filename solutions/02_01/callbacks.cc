// SPDX-License-Identifier: Apache-2.0

#include "02_01/callbacks.h"

namespace workbook {

void ForEachLine(std::string_view text, LineVisitor visit) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    visit(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::function<void(double)> Thermostat::Callback() {
  return [this](double temperature) {
    if (temperature < limits_.low || temperature > limits_.high) ++outside_;
  };
}

}  // namespace workbook
