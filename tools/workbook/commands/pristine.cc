// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/commands/pristine.h"

#include <utility>

#include "tools/authoring/stub/stub.h"

namespace workbook::cli {

PristineFile ReadPristine(const std::filesystem::path& root,
                          const Exercise& exercise, const std::string& file) {
  PristineFile pristine;
  pristine.source = root / StubSource(root, exercise, file);
  StubResult stub = MakeStub(root, exercise, file);
  if (stub.ok) {
    pristine.text = std::move(stub.text);
  } else {
    pristine.message = std::move(stub.message);
  }
  return pristine;
}

}  // namespace workbook::cli
