// make_stub [--reference] IN OUT: writes the stub, or the clean reference, that
// the source IN holds.
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "tools/authoring/stub.h"

int main(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  workbook::StubForm form = workbook::StubForm::kStub;
  if (!arguments.empty() && arguments[0] == "--reference") {
    form = workbook::StubForm::kReference;
    arguments.erase(arguments.begin());
  }
  if (arguments.size() != 2) {
    std::fprintf(stderr, "usage: make_stub [--reference] IN OUT\n");
    return 2;
  }
  const workbook::StubResult stub = workbook::MakeStub(arguments[0], form);
  if (!stub.ok) {
    std::fprintf(stderr, "%s\n", stub.message.c_str());
    return 1;
  }
  std::ofstream out(arguments[1], std::ios::binary | std::ios::trunc);
  out << stub.text;
  out.close();
  if (!out) {
    std::fprintf(stderr, "%s: can't be written. Is the disk full?\n",
                 arguments[1].c_str());
    return 1;
  }
  return 0;
}
