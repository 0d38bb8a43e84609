// SPDX-License-Identifier: Apache-2.0

// A locale in which 1234.5 is written 1.234,5, for the length of a test.
#ifndef WORKBOOK_EXERCISES_04_01_TESTING_COMMA_LOCALE_H_
#define WORKBOOK_EXERCISES_04_01_TESTING_COMMA_LOCALE_H_

#include <clocale>
#include <locale>
#include <string>

namespace workbook {

class CommaPunctuation : public std::numpunct<char> {
 protected:
  char do_decimal_point() const override { return ','; }
  char do_thousands_sep() const override { return '.'; }
  std::string do_grouping() const override { return "\3"; }
};

// Sets the locale of new C++ streams, and that of C where the system has one
// with a decimal comma. Both are "C" again when it dies.
class CommaLocale {
 public:
  CommaLocale() {
    for (const char* name : {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8"}) {
      if (std::setlocale(LC_ALL, name) != nullptr) break;
    }
    // The locale counts its facets' users, and deletes them.
    std::locale::global(
        std::locale(std::locale::classic(), new CommaPunctuation));
  }
  ~CommaLocale() {
    std::locale::global(std::locale::classic());
    std::setlocale(LC_ALL, "C");
  }
  CommaLocale(const CommaLocale&) = delete;
  CommaLocale& operator=(const CommaLocale&) = delete;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_04_01_TESTING_COMMA_LOCALE_H_
