/* The eight inputs: stamped by capture (1), by external interrupt (0, 2) or by pin change (3 to 7).

   channel  pin  Arduino  stamped by
   0        PD2  D2       INT0
   1        PB0  D8       input capture: to half a microsecond
   2        PD3  D3       INT1
   3 to 7   PC0-PC4  A0-A4  pin change
*/
#include "inputs.h"

#include <avr/interrupt.h>
#include <avr/io.h>

#include "channels.h"
#include "clock.h"
#include "hal.h"

#define PORT_C_FIRST 3
#define PORT_C_PINS 5
#define PORT_C_MASK ((1 << PORT_C_PINS) - 1)
/* From an edge to the reading of the counter: seven cycles of hardware and the pushes of the interrupt's entry. */
#define ENTRY_TICKS 6
#define PIN_CHANGE_ENTRY_TICKS 8

static uint8_t port_c_was;

void inputs_begin(void) {
    PORTD |= _BV(PD2) | _BV(PD3);
    PORTB |= _BV(PB0);
    PORTC |= PORT_C_MASK;
    EICRA = _BV(ISC00) | _BV(ISC10); /* any edge */
    EIMSK = _BV(INT0) | _BV(INT1);
    PCMSK1 = PORT_C_MASK;
    PCICR = _BV(PCIE1);
    if (!(PINB & _BV(PB0))) TCCR1B |= _BV(ICES1);
    port_c_was = PINC;
    channels_begin();
}

bool hal_level(uint8_t channel) {
    switch (channel) {
        case 0: return PIND & _BV(PD2);
        case 1: return PINB & _BV(PB0);
        case 2: return PIND & _BV(PD3);
        default: return PINC & 1 << (channel - PORT_C_FIRST);
    }
}

ISR(INT0_vect) {
    uint16_t low = TCNT1;
    channel_edge(0, PIND & _BV(PD2), stamp_earlier(clock_stamp(low), ENTRY_TICKS));
}

ISR(INT1_vect) {
    uint16_t low = TCNT1;
    channel_edge(2, PIND & _BV(PD3), stamp_earlier(clock_stamp(low), ENTRY_TICKS));
}

ISR(PCINT1_vect) {
    uint16_t low = TCNT1;
    uint8_t levels = PINC;
    uint8_t changed = (levels ^ port_c_was) & PORT_C_MASK;
    stamp_t at = stamp_earlier(clock_stamp(low), PIN_CHANGE_ENTRY_TICKS);
    port_c_was = levels;
    for (uint8_t i = 0; i < PORT_C_PINS; i++)
        if (changed & 1 << i) channel_edge(PORT_C_FIRST + i, levels & 1 << i, at);
}

/* The capture unit sees one kind of edge at a time; turn it round for the next one. */
ISR(TIMER1_CAPT_vect) {
    stamp_t at = clock_stamp(ICR1);
    bool rise = TCCR1B & _BV(ICES1);
    TCCR1B ^= _BV(ICES1);
    TIFR1 = _BV(ICF1); /* turning it may have raised the flag */
    channel_edge(1, rise, at);
    bool level = PINB & _BV(PB0);
    if (level != rise) {
        /* The pulse was over before the unit was turned: its other edge is stamped here, a few microseconds late. */
        channel_edge(1, level, clock_stamp(TCNT1));
        TCCR1B ^= _BV(ICES1);
        TIFR1 = _BV(ICF1);
    }
}
