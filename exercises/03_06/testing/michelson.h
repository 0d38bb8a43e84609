// SPDX-License-Identifier: Apache-2.0

// A hundred real measurements with outliers, and what is known of them.
#ifndef WORKBOOK_EXERCISES_03_06_TESTING_MICHELSON_H_
#define WORKBOOK_EXERCISES_03_06_TESTING_MICHELSON_H_

#include <array>

namespace workbook {

// Michelson's speed of light in air, 1879: km/s above 299,000.
// Source: NIST Statistical Reference Datasets, Michelso, in thousands of km/s:
//   mean 299.8524 and standard deviation 0.0790105478190518 are certified.
inline constexpr std::array<double, 100> kMichelson = {
    850, 740, 900, 1070, 930,  850, 950, 980, 980, 880, 1000, 980, 930,
    650, 760, 810, 1000, 1000, 960, 960, 960, 940, 960, 940,  880, 800,
    850, 880, 900, 840,  830,  790, 810, 880, 880, 830, 800,  790, 760,
    800, 880, 880, 880,  860,  720, 720, 620, 860, 970, 950,  880, 910,
    850, 870, 840, 840,  850,  840, 840, 840, 890, 810, 810,  820, 800,
    770, 760, 740, 750,  760,  910, 920, 890, 860, 880, 720,  840, 850,
    850, 780, 890, 840,  780,  810, 760, 810, 790, 810, 820,  850, 870,
    870, 810, 740, 810,  940,  950, 800, 810, 870};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_03_06_TESTING_MICHELSON_H_
