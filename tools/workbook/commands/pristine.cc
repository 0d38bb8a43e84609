#include "tools/workbook/commands/pristine.h"

#include <utility>

#include "tools/authoring/stub.h"

namespace workbook::cli {

PristineFile ReadPristine(const std::filesystem::path& root,
                          const Exercise& exercise, const std::string& file) {
  PristineFile pristine;
  pristine.source = root / exercise.solution_folder / file;
  StubResult stub = MakeStub(pristine.source.string(), StubForm::kStub);
  if (stub.ok) {
    pristine.text = std::move(stub.text);
  } else {
    pristine.message = std::move(stub.message);
  }
  return pristine;
}

}  // namespace workbook::cli
