// The little XML that test reports are made of.
#ifndef WORKBOOK_TOOLS_WORKBOOK_XML_READER_H_
#define WORKBOOK_TOOLS_WORKBOOK_XML_READER_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workbook::cli {

struct XmlElement {
  std::string name;
  std::map<std::string, std::string> attributes;
  std::string text;  // character data and CDATA, in order, entities decoded
  std::vector<XmlElement> children;

  // The attribute's value, or "" when it is not there.
  std::string Attribute(const std::string& attribute_name) const;
};

// The root element of `text`, or nullopt when it is not well-formed: cut off,
// badly nested, or nested more than 32 deep. Comments, processing instructions
// and a byte that is not UTF-8 are no errors. No DTDs, no namespaces.
std::optional<XmlElement> ParseXml(std::string_view text);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_XML_READER_H_
