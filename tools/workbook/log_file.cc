// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/log_file.h"

#include <algorithm>
#include <fstream>
#include <system_error>

namespace workbook::cli {
namespace {

constexpr std::uintmax_t kPieceBytes = std::uintmax_t{1} << 20;

}  // namespace

LogFile ReadLog(const std::filesystem::path& path) {
  LogFile log;
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  std::ifstream stream(path, std::ios::binary);
  if (error || !stream) return log;
  log.size_bytes = size;
  const auto take = [&stream, &log](std::uintmax_t bytes) {
    const std::size_t before = log.text.size();
    log.text.resize(before + bytes);
    stream.read(log.text.data() + before, static_cast<std::streamsize>(bytes));
    log.text.resize(before + static_cast<std::size_t>(stream.gcount()));
  };
  take(std::min(size, kPieceBytes));
  if (size <= kPieceBytes) return log;
  const std::uintmax_t rest = std::min(size - kPieceBytes, kPieceBytes);
  if (rest < size - kPieceBytes) log.text += '\n';
  stream.seekg(-static_cast<std::streamoff>(rest), std::ios::end);
  take(rest);
  return log;
}

}  // namespace workbook::cli
