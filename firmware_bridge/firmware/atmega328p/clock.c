/* Timer1 counts; its overflows are counted in an interrupt. Timer0 wakes the main loop each millisecond. */
#include "clock.h"

#include <avr/interrupt.h>

#include "hal.h"

volatile uint32_t clock_overflows;

void clock_begin(void) {
    TCCR1A = 0;
    TCCR1B = _BV(CS11); /* 16 MHz / 8; input capture on the falling edge first */
    TIMSK1 = _BV(TOIE1) | _BV(ICIE1);
    TCCR0A = _BV(WGM01);
    OCR0A = 249;
    TCCR0B = _BV(CS01) | _BV(CS00); /* 16 MHz / 64 / 250 */
    TIMSK0 = _BV(OCIE0A);
}

ISR(TIMER1_OVF_vect) {
    clock_overflows++;
}

EMPTY_INTERRUPT(TIMER0_COMPA_vect)

stamp_t hal_now(void) {
    stamp_t stamp;
    UNINTERRUPTED { stamp = clock_stamp(TCNT1); }
    return stamp;
}

/* What passes between the end of the wait and the first bit, measured in the emulator. */
#define SENDING_TICKS 16

void hal_wait_until(uint32_t brief) {
    uint16_t low;
    do {
        UNINTERRUPTED { low = TCNT1; }
    } while ((int16_t)(low + SENDING_TICKS - (uint16_t)brief) < 0);
}
