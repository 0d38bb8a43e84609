// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/layout/layout_svg.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "fmt/format.h"
#include "tools/text/escape.h"
#include "tools/workbook/layout/layout_text.h"

namespace workbook::cli {
namespace {

constexpr double kByteWidth = 13;
constexpr double kLeft = 118;
constexpr double kRowHeight = 40;
constexpr double kTextHeight = 16;
constexpr double kWidth = kLeft + kByteWidth * kCacheLineBytes + 20;
// What a letter of the fixed-width font takes at 12 px, and some room.
constexpr double kLetterWidth = 7.4;
// A part that fills more whole rows than this is not drawn row by row.
constexpr int64_t kWholeRows = 3;

// Light, so that black text reads on each; neighbours differ in brightness too.
constexpr std::array<std::string_view, 6> kFills = {
    "#cfe3f7", "#fbe3b5", "#d4efd0", "#f6d3dc", "#e2d9f3", "#eeeeee"};

// Grows downwards as it is drawn.
class Picture {
 public:
  void Text(double x, std::string_view text, std::string_view style = "") {
    body_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\"{}>{}</text>\n", x, y_,
                         style, EscapeHtml(text));
  }
  void Add(const std::string& element) { body_ += element; }
  void Down(double by) { y_ += by; }
  double y() const { return y_; }
  const std::string& body() const { return body_; }

 private:
  std::string body_;
  double y_ = 20;
};

std::string Label(const Part& part, size_t number, double width) {
  std::string name = part.IsUnused()
                         ? PartName(part)
                         : fmt::format("{} {}", number, PartName(part));
  if (kLetterWidth * static_cast<double>(name.size()) <= width) return name;
  const std::string brief =
      part.IsUnused() ? std::string() : std::to_string(number);
  return kLetterWidth * static_cast<double>(brief.size()) <= width ? brief : "";
}

// The piece of a part that lies in one row.
void DrawPiece(Picture& picture, const Part& part, size_t number,
               int64_t row_bits) {
  constexpr int64_t kRowBits = kCacheLineBytes * 8;
  const int64_t from = std::max(part.offset_bits, row_bits);
  const int64_t to = std::min(part.EndBits(), row_bits + kRowBits);
  if (from >= to) return;
  const double x =
      kLeft + static_cast<double>(from - row_bits) / 8 * kByteWidth;
  const double width = static_cast<double>(to - from) / 8 * kByteWidth;
  const std::string fill = part.IsUnused()
                               ? "url(#hatch)"
                               : std::string(kFills[number % kFills.size()]);
  picture.Add(fmt::format(
      "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{}\" "
      "fill=\"{}\" class=\"{}\"><title>{}, from byte {}</title></rect>\n",
      x, picture.y(), width, kRowHeight - 10, fill,
      part.IsUnused() ? "unused" : "part", EscapeHtml(PartName(part)),
      BytesAndBits(part.offset_bits)));
  const std::string label = Label(part, number, width);
  if (label.empty()) return;
  picture.Add(fmt::format(
      "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\"{}>{}</text>\n",
      x + width / 2, picture.y() + 19, part.IsUnused() ? " class=\"halo\"" : "",
      EscapeHtml(label)));
}

void DrawAxis(Picture& picture) {
  picture.Text(8, "bytes", " class=\"quiet\"");
  for (int64_t byte = 0; byte <= kCacheLineBytes; byte += 8) {
    picture.Text(kLeft + static_cast<double>(byte) * kByteWidth,
                 std::to_string(byte),
                 " class=\"quiet\" text-anchor=\"middle\"");
  }
  picture.Down(8);
}

// The part that fills this row and its neighbours, or nullptr.
const Part* Filling(const std::vector<Part>& parts, int64_t row) {
  constexpr int64_t kRowBits = kCacheLineBytes * 8;
  for (const Part& part : parts) {
    const int64_t first = (part.offset_bits + kRowBits - 1) / kRowBits;
    const int64_t last = part.EndBits() / kRowBits - 1;
    if (last - first + 1 > kWholeRows && row > first && row < last) {
      return &part;
    }
  }
  return nullptr;
}

// The first of `parts` has the number `first`.
void DrawRows(Picture& picture, const Record& record,
              const std::vector<Part>& parts, size_t first = 1) {
  const int64_t rows =
      (record.size_bytes + kCacheLineBytes - 1) / kCacheLineBytes;
  for (int64_t row = 0; row < rows; ++row) {
    if (const Part* filling = Filling(parts, row)) {
      const int64_t last = filling->EndBits() / 8 / kCacheLineBytes - 1;
      picture.Down(kTextHeight);
      picture.Text(kLeft, fmt::format("{} more lines of {} are not drawn",
                                      last - row, PartName(*filling)));
      picture.Down(kTextHeight);
      row = last - 1;
      continue;
    }
    const double top = picture.y();
    picture.Down(19);
    picture.Text(8, fmt::format("line {}, +{}", row, row * kCacheLineBytes));
    picture.Down(-19);
    for (size_t i = 0; i < parts.size(); ++i) {
      DrawPiece(picture, parts[i], first + i, row * kCacheLineBytes * 8);
    }
    picture.Add(
        fmt::format("<rect x=\"{}\" y=\"{:.1f}\" width=\"{}\" "
                    "height=\"{}\" class=\"line\"/>\n",
                    kLeft, top, kByteWidth * kCacheLineBytes, kRowHeight - 10));
    picture.Down(kRowHeight);
  }
}

void DrawTable(Picture& picture, const std::vector<Part>& parts) {
  constexpr std::string_view kRight = " text-anchor=\"end\"";
  constexpr std::string_view kQuietRight =
      " class=\"quiet\" text-anchor=\"end\"";
  constexpr double kOffset = 90;
  constexpr double kSize = 150;
  constexpr double kName = 170;
  picture.Down(6);
  picture.Text(kOffset, "offset", kQuietRight);
  picture.Text(kSize, "bytes", kQuietRight);
  picture.Text(kName, "part, type", " class=\"quiet\"");
  picture.Down(kTextHeight);
  for (size_t i = 0; i < parts.size(); ++i) {
    picture.Text(30, std::to_string(i + 1), kRight);
    picture.Text(kOffset, BytesAndBits(parts[i].offset_bits), kRight);
    picture.Text(kSize, PartSize(parts[i]), kRight);
    picture.Text(kName, parts[i].type.empty()
                            ? PartName(parts[i])
                            : PartName(parts[i]) + ", " + parts[i].type);
    picture.Down(kTextHeight);
  }
}

// Members of a union share their bytes: each gets rows of its own.
void DrawRecord(Picture& picture, const Record& record) {
  const auto parts = WithHoles(record);
  picture.Text(
      8,
      fmt::format("{} {}: {} {}, alignment {}", record.kind, record.name,
                  record.size_bytes, record.size_bytes == 1 ? "byte" : "bytes",
                  record.alignment_bytes),
      " class=\"head\"");
  picture.Down(22);
  DrawAxis(picture);
  if (record.kind == "union") {
    for (size_t i = 0; i < parts.size(); ++i) {
      DrawRows(picture, record, {parts[i]}, i + 1);
    }
  } else {
    DrawRows(picture, record, parts);
  }
  DrawTable(picture, parts);
  picture.Down(28);
}

constexpr std::string_view kStyle =
    "<style>text{font:12px monospace;fill:#111}"
    ".head{font-weight:bold;font-size:14px}.quiet{fill:#555}"
    ".part,.unused{stroke:#333;stroke-width:.8}"
    ".line{fill:none;stroke:#111;stroke-width:2}"
    ".halo{paint-order:stroke;stroke:#fff;stroke-width:4px}</style>\n"
    "<defs><pattern id=\"hatch\" width=\"7\" height=\"7\" "
    "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
    "<rect width=\"7\" height=\"7\" fill=\"#fff\"/>"
    "<line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"7\" stroke=\"#333\" "
    "stroke-width=\"2.4\"/></pattern></defs>\n";

}  // namespace

std::string LayoutSvg(const std::vector<Record>& records) {
  Picture picture;
  std::string names;
  for (const Record& record : records) {
    names += (names.empty() ? "" : ", ") + record.name;
    DrawRecord(picture, record);
  }
  picture.Text(8,
               "A framed row is a cache line of 64 bytes, for an object that "
               "begins on one. Hatched: bytes of no field.",
               " class=\"quiet\"");
  picture.Down(16);
  return fmt::format(
             "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" "
             "width=\"{0:.0f}\" height=\"{1:.0f}\" viewBox=\"0 0 {0:.0f} "
             "{1:.0f}\">\n<title>Layout of {2}</title>\n",
             kWidth, picture.y(), EscapeHtml(names)) +
         std::string(kStyle) +
         "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n" +
         picture.body() + "</svg>\n";
}

}  // namespace workbook::cli
