// SPDX-License-Identifier: Apache-2.0

// The files of testdata, as the tests find them.
#ifndef WORKBOOK_EXERCISES_03_06_TESTING_TESTDATA_H_
#define WORKBOOK_EXERCISES_03_06_TESTING_TESTDATA_H_

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

namespace workbook {

// Returns the whole text of a file in exercises/03_06/testdata.
// On failure: a failed expectation, and an empty text.
inline std::string ReadTestdata(const std::string& name) {
  const std::string path = "exercises/03_06/testdata/" + name;
  std::ifstream file(path);
  EXPECT_TRUE(file) << path << " can't be read. Fix: start the test by Bazel";
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_03_06_TESTING_TESTDATA_H_
