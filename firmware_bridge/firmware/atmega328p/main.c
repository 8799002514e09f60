/* An Uno or Nano as Baige's timing board: everything begins here, and the main loop sleeps when nothing is due. */
#include <avr/interrupt.h>
#include <avr/sleep.h>

#include "channels.h"
#include "clock.h"
#include "inputs.h"
#include "line.h"
#include "link.h"
#include "memory.h"
#include "outputs.h"
#include "supply.h"

/* Wakes at any interrupt, at the latest in a millisecond; idle sleep keeps every clock running. */
static void rest(void) {
    cli();
    if (line_is_waiting()) {
        sei();
        return;
    }
    sei();
    sleep_cpu(); /* sei lets one more instruction pass, so no interrupt can slip in between */
}

int main(void) {
    memory_begin();
    outputs_begin();
    clock_begin();
    inputs_begin();
    line_begin();
    supply_begin();
    set_sleep_mode(SLEEP_MODE_IDLE);
    sleep_enable();
    sei();
    link_begin();
    for (;;) {
        link_step();
        channels_settle();
        supply_step();
        rest();
    }
}
