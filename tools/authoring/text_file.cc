#include "tools/authoring/text_file.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <system_error>

namespace workbook {

namespace fs = std::filesystem;

std::optional<std::string> ReadTextFile(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return std::nullopt;
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return std::nullopt;
  return std::string{std::istreambuf_iterator<char>(stream), {}};
}

std::string ReplaceTextFile(const fs::path& path, const std::string& text) {
  const fs::path next = path.string() + ".new." + std::to_string(getpid());
  std::error_code ignored;
  {
    std::ofstream stream(next, std::ios::binary | std::ios::trunc);
    stream << text;
    stream.close();
    if (!stream) {
      fs::remove(next, ignored);
      return next.string() +
             " can't be written; is the folder writable, and "
             "is there space?";
    }
  }
  std::error_code error;
  fs::rename(next, path, error);
  if (!error) return {};
  fs::remove(next, ignored);
  return path.string() + " can't be replaced: " + error.message();
}

std::vector<std::string> FileNames(const fs::path& folder,
                                   const std::string& ending) {
  std::vector<std::string> names;
  std::error_code error;
  for (const fs::directory_entry& entry :
       fs::directory_iterator(folder, error)) {
    std::string name = entry.path().filename().string();
    if (entry.is_regular_file() && name.ends_with(ending)) {
      names.push_back(std::move(name));
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

int LineThatStartsWith(const std::string& text, const std::string& start) {
  std::istringstream lines(text);
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.starts_with(start)) return number;
  }
  return 0;
}

}  // namespace workbook
