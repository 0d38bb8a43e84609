#ifndef WORKBOOK_EXERCISES_09_01_LINKED_H_
#define WORKBOOK_EXERCISES_09_01_LINKED_H_

namespace workbook {

int Linked();

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_09_01_LINKED_H_
