/* Timer1 at 2 MHz, carried on to 48 bits. */
#ifndef CLOCK_H
#define CLOCK_H

#include <avr/io.h>

#include "stamp.h"

extern volatile uint32_t clock_overflows;

void clock_begin(void);

/* The moment of a counter value that was read within the last 16 ms. Called with interrupts off. */
static inline stamp_t clock_stamp(uint16_t low) {
    stamp_t stamp = {{low, clock_overflows}};
    if (TIFR1 & _BV(TOV1) && low < 0x8000) stamp.high++; /* it overflowed, and the interrupt is still to come */
    return stamp;
}

#endif
