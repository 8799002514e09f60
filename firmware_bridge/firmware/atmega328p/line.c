/* The serial line: a few frames in, a ring of bytes out. */
#include "line.h"

#include <avr/interrupt.h>
#include <avr/io.h>
#include <stddef.h>

#include "clock.h"
#include "hal.h"

#define LONGEST_FRAME 64
#define FRAMES 4 /* a power of two: while one is answered, others may come */
#define RING_BYTES 128 /* a power of two */

typedef struct {
    uint8_t bytes[LONGEST_FRAME];
    uint8_t length;
    stamp_t ended_at;
} slot_t;

static slot_t slots[FRAMES];
static volatile uint8_t filling, reading; /* equal: none is waiting */
static uint8_t fill_length;
static bool is_overlong;

static uint8_t ring[RING_BYTES];
static volatile uint8_t ring_first, ring_count;

void line_begin(void) {
    UBRR0 = F_CPU / 16 / LINE_BAUD - 1;
    UCSR0C = _BV(UCSZ01) | _BV(UCSZ00);
    UCSR0B = _BV(RXEN0) | _BV(TXEN0) | _BV(RXCIE0);
}

/* A frame that finds no free slot behind it is lost; the host sends it again. */
static inline void end_frame(void) {
    uint8_t next = (filling + 1) % FRAMES;
    if (fill_length && !is_overlong && next != reading) {
        slots[filling].ended_at = clock_stamp(TCNT1);
        slots[filling].length = fill_length;
        filling = next;
    }
    fill_length = 0;
    is_overlong = false;
}

ISR(USART_RX_vect) {
    uint8_t byte = UDR0;
    if (byte == 0) end_frame();
    else if (fill_length < LONGEST_FRAME) slots[filling].bytes[fill_length++] = byte;
    else is_overlong = true;
}

ISR(USART_UDRE_vect) {
    if (ring_count == 0) {
        UCSR0B &= ~_BV(UDRIE0);
        return;
    }
    UDR0 = ring[ring_first];
    ring_first = (ring_first + 1) % RING_BYTES;
    ring_count--;
}

bool line_is_waiting(void) {
    return filling != reading;
}

received_t hal_received(void) {
    received_t received = {NULL};
    if (line_is_waiting()) {
        slot_t *slot = &slots[reading];
        received = (received_t){slot->bytes, slot->length, slot->ended_at};
    }
    return received;
}

void hal_received_done(void) {
    reading = (reading + 1) % FRAMES;
}

uint8_t hal_room(void) {
    return RING_BYTES - ring_count;
}

void hal_send(const uint8_t *bytes, uint8_t length) {
    while (length--) {
        UNINTERRUPTED {
            ring[(ring_first + ring_count) % RING_BYTES] = *bytes++;
            ring_count++;
            UCSR0B |= _BV(UDRIE0);
        }
    }
}
