/* The five outputs: D4 ready lamp, D5 running lamp, D6 buzzer, D7 start signal, D13 the board's own lamp. */
#include "outputs.h"

#include <avr/io.h>

#include "hal.h"

#define PORT_D_OUTPUTS 4
#define PORT_D_FIRST PD4

void outputs_begin(void) {
    DDRD |= 0xF0;
    DDRB |= _BV(PB5);
}

void hal_output(uint8_t output, bool on) {
    UNINTERRUPTED {
        if (output < PORT_D_OUTPUTS) {
            uint8_t bit = 1 << (PORT_D_FIRST + output);
            PORTD = on ? PORTD | bit : PORTD & ~bit;
        } else if (output == PORT_D_OUTPUTS) {
            PORTB = on ? PORTB | _BV(PB5) : PORTB & ~_BV(PB5);
        }
    }
}
