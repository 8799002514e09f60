/* What the core must know of this target at compile time. */
#ifndef TARGET_H
#define TARGET_H

#include <util/atomic.h>

#define UNINTERRUPTED ATOMIC_BLOCK(ATOMIC_RESTORESTATE)

#define LINE_BAUD 250000ul   /* exact at 16 MHz; 115,200 would be 2.1 % off */
#define TICKS_PER_BYTE 80ul  /* 10 bits at 2 MHz */

#endif
