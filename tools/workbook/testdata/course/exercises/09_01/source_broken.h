#ifndef WORKBOOK_EXERCISES_09_01_SOURCE_BROKEN_H_
#define WORKBOOK_EXERCISES_09_01_SOURCE_BROKEN_H_

namespace workbook {

int SourceBroken();

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_09_01_SOURCE_BROKEN_H_
