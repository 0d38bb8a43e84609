// SPDX-License-Identifier: Apache-2.0

// The packed traces, byte by byte.
    .section .rodata

    .macro trace name
    .globl workbook_trace_\name\()_begin
    .globl workbook_trace_\name\()_end
workbook_trace_\name\()_begin:
    .incbin "tools/trace/testdata/\name\().trace.gz"
workbook_trace_\name\()_end:
    .endm

    trace git
    trace python3
    trace sqlite3
    trace gcc
    trace git_grep
    trace lld

    .section .note.GNU-stack,"",@progbits
