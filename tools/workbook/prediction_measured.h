// SPDX-License-Identifier: Apache-2.0

// The measured answer of a prediction: what tests recorded, what `bench` kept.
#ifndef WORKBOOK_TOOLS_WORKBOOK_PREDICTION_MEASURED_H_
#define WORKBOOK_TOOLS_WORKBOOK_PREDICTION_MEASURED_H_

#include <filesystem>
#include <string>
#include <vector>

#include "tools/course/predictions.h"
#include "tools/workbook/recorded_properties.h"

namespace workbook::cli {

// What is known of one exercise.
struct Measurements {
  std::string exercise;
  RecordedProperties recorded;
  std::vector<std::string> figures;  // JSON objects of `bench`, oldest first
};

// Reads the kept ones of `exercise`.
// Cost: reads every kept measurement of its benchmark.
Measurements LoadMeasurements(const std::filesystem::path& state_folder,
                              const std::string& exercise);

struct MeasuredAnswer {
  std::string text;     // a number in full, or a choice; "" is not there yet
  std::string command;  // what produces it: "./workbook bench 03_06"
};

// Finds the answer. That of a choice stands in the file, and its test proves
// it. A number of "test:Suite.Test" without a property is the property that is
// named as the prediction. A row is found by CASE/IMPLEMENTATION or CASE alone;
// of several rows, yours comes first, then the reference.
// Thread safety: any thread.
// On failure: an empty `text`.
MeasuredAnswer FindMeasured(const Prediction& prediction,
                            const Measurements& measurements);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_PREDICTION_MEASURED_H_
