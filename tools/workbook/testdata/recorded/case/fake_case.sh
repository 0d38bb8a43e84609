#!/bin/sh
# Stands in for the program of a description: the same case each time.
if [ "$1" = --test ]; then
  echo "TEST(MyCases, $2) {}"
else
  cat <<'CASE'
case
WRONG: b lies in memory that is still lent as a
0:0,0


> Pool pool;
    the heap is empty

> void* a = pool.Allocate();
    heap 1, 16 bytes |[a LENT]|

> void* b = pool.Allocate();
    heap 1, 16 bytes |[b LENT]|
    pool:  +0=->b
CASE
fi
exit 1
