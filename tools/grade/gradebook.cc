// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/gradebook.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tools/grade/whole_io.h"

namespace workbook::grade {

Gradebook::Gradebook(const std::filesystem::path& folder,
                     std::size_t submissions)
    : size_(submissions), places_(submissions) {
  std::string name = (folder / ".gradebook_XXXXXX").string();
  file_ = mkostemp(name.data(), O_CLOEXEC);
  if (file_ < 0) ThrowErrno(folder.string());
  unlink(name.c_str());
}

Gradebook::~Gradebook() { close(file_); }

void Gradebook::Put(std::size_t index, const Result& result) {
  const std::string text = JsonText(result);
  const MutexLock lock(mutex_);
  WriteAt(file_, text, end_, "the gradebook");
  places_.at(index) = {end_, text.size()};
  end_ += static_cast<off_t>(text.size());
}

Result Gradebook::At(std::size_t index) const {
  Place place;
  {
    const MutexLock lock(mutex_);
    place = places_.at(index);
  }
  return nlohmann::json::parse(
      ReadAt(file_, place.length, place.start, "the gradebook"));
}

}  // namespace workbook::grade
