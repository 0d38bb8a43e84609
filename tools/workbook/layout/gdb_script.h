// SPDX-License-Identifier: Apache-2.0

// What gdb runs to print layouts; a text, so that the command needs no other
// file.
#ifndef WORKBOOK_TOOLS_WORKBOOK_LAYOUT_GDB_SCRIPT_H_
#define WORKBOOK_TOOLS_WORKBOOK_LAYOUT_GDB_SCRIPT_H_

namespace workbook::cli {

// Reads ASKED, a list of lines, or None for the type of the probe's variable.
// Types of a file are found by their line there, as gdb 13 does not say which
// file a type is from.
inline constexpr const char* kGdbScript = R"py(
import json
import re

import gdb

KINDS = {gdb.TYPE_CODE_STRUCT: "struct", gdb.TYPE_CODE_UNION: "union"}


def is_class(type_):
    return type_.code in KINDS


def type_name(type_):
    name = str(type_)
    name = re.sub(r"^(struct|class|union|enum) ", "", name)
    return "" if "{...}" in name else name


def part(field):
    type_ = field.type.strip_typedefs()
    kind = "field"
    if field.is_base_class:
        kind = "base"
    elif field.artificial:
        kind = "virtual table"
    elif field.bitsize:
        kind = "bit-field"
    name = field.name or ""
    if is_class(type_) and not name:
        name = "(%s)" % KINDS[type_.code]
    return {
        "kind": kind,
        "name": name,
        "type": type_name(field.type),
        "offset_bits": field.bitpos,
        "size_bits": field.bitsize or type_.sizeof * 8,
        "alignment": type_.alignof,
        "empty": is_class(type_)
        and all(getattr(f, "bitpos", None) is None for f in type_.fields()),
    }


def record(type_, line):
    parts = []
    virtual_bases = []
    for field in type_.fields():
        if getattr(field, "bitpos", None) is not None:
            parts.append(part(field))
        elif field.is_base_class:
            virtual_bases.append(field.name)
    return {
        "name": type_.tag or type_name(type_),
        "kind": "class" if str(type_).startswith("class ") else KINDS[type_.code],
        "line": line,
        "size": type_.sizeof,
        "alignment": type_.alignof,
        "parts": parts,
        "virtual_bases": virtual_bases,
    }


def asked_type():
    symbol = gdb.lookup_global_symbol("workbook_layout_probe::asked")
    type_ = symbol.type.target().unqualified().strip_typedefs()
    return [(type_, 0)]


def types_at(lines):
    found = []
    for text in gdb.execute("info types -q .", to_string=True).split("\n"):
        match = re.match(r"(\d+):\s+(.*);$", text)
        if not match or match.group(2).startswith(("typedef ", "enum ")):
            continue
        name = match.group(2)
        last = re.sub(r"<.*", "", name).split("::")[-1]
        if lines.get(match.group(1)) != last:
            continue
        try:
            found.append((gdb.lookup_type(name), int(match.group(1))))
        except gdb.error:
            pass
    return found


types = asked_type() if ASKED is None else types_at(ASKED)
for type_, line in types:
    if is_class(type_):
        print(json.dumps(record(type_, line)))
    else:
        print(json.dumps({"scalar": str(type_), "size": type_.sizeof}))
)py";

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_LAYOUT_GDB_SCRIPT_H_
