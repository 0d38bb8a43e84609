// SPDX-License-Identifier: Apache-2.0

// How good a learner's predictions are, exercise by exercise.
#ifndef WORKBOOK_TOOLS_WORKBOOK_CALIBRATION_H_
#define WORKBOOK_TOOLS_WORKBOOK_CALIBRATION_H_

#include <string>
#include <vector>

#include "tools/workbook/prediction_state.h"

namespace workbook::cli {

// Only what was answered before it was revealed counts, by the first answer and
// by the measured value of the reveal.
struct Calibration {
  std::string exercise;
  std::string title;
  int choices = 0;
  int choices_right = 0;
  int numbers = 0;
  int numbers_right = 0;
  double median_error = 0;  // the median factor of error; 0 without numbers

  bool IsEmpty() const { return choices + numbers == 0; }
};

// Thread safety: any thread, for both functions here.
Calibration CalibrationOf(const Exercise& exercise,
                          const std::vector<PredictionState>& states);

// Reads those of the whole course in its order, empty ones left out.
std::vector<Calibration> CalibrationsOf(const Session& session);

// A table with a bar for each exercise; "" where there is none.
std::string ShowCalibrations(const std::vector<Calibration>& calibrations);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_CALIBRATION_H_
