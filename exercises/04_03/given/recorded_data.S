// SPDX-License-Identifier: Apache-2.0

// The recorded requests, byte by byte: a benchmark has no folder.
    .section .rodata

    .macro requests name
    .globl workbook_requests_\name\()_begin
    .globl workbook_requests_\name\()_end
workbook_requests_\name\()_begin:
    .incbin "exercises/04_03/testdata/\name\().csv"
workbook_requests_\name\()_end:
    .endm

    requests gcc
    requests git
    requests python3
    requests sqlite3

    .section .note.GNU-stack,"",@progbits
