/* Mends simavr 1.6: there, a write to TIFR1 clears every flag, and an overflow of Timer1 gets lost (32.8 ms).

   On the chip, only the flags written as one are cleared. */
#include <simavr/avr_timer.h>
#include <string.h>

#include "board.h"

#define TIFR1_AT 0x36

static void clear(avr_t *avr, avr_int_vector_t *vector, uint8_t written) {
    if (vector->raised.reg != TIFR1_AT || !(written >> vector->raised.bit & 1)) return;
    if (avr_regbit_get(avr, vector->raised)) avr_clear_interrupt(avr, vector);
}

static void write_flags(avr_t *avr, avr_io_addr_t address, uint8_t written, void *of_timer) {
    avr_timer_t *timer = of_timer;
    (void)address;
    clear(avr, &timer->overflow, written);
    clear(avr, &timer->icr, written);
    for (int i = 0; i < AVR_TIMER_COMP_COUNT; i++) clear(avr, &timer->comp[i].interrupt, written);
}

void timer_flags_mend(avr_t *avr) {
    for (avr_io_t *io = avr->io_port; io; io = io->next) {
        avr_timer_t *timer = (avr_timer_t *)io;
        if (strcmp(io->kind, "timer") != 0 || timer->name != '1') continue;
        avr->io[AVR_DATA_TO_IO(TIFR1_AT)].w.c = write_flags;
        avr->io[AVR_DATA_TO_IO(TIFR1_AT)].w.param = timer;
    }
}
