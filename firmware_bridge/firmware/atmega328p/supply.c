/* Supply voltage and temperature, measured in turn by the converter in its own time. */
#include "supply.h"

#include <avr/io.h>

#include "hal.h"

#define BANDGAP_MV 1100ul
#define FULL_SCALE 1024ul
#define FROM_BANDGAP (_BV(REFS0) | _BV(MUX3) | _BV(MUX2) | _BV(MUX1)) /* 1.1 V measured against the supply */
#define FROM_SENSOR (_BV(REFS1) | _BV(REFS0) | _BV(MUX3))             /* the die's sensor against 1.1 V */
#define SENSOR_AT_0_C 289 /* typical; a die is within 10 degrees of it */
#define SETTLING_STEPS 4

static uint16_t supply_mv;
static int8_t temperature_c;
static uint8_t settled;

void supply_begin(void) {
    ADMUX = FROM_BANDGAP;
    ADCSRA = _BV(ADEN) | _BV(ADSC) | _BV(ADPS2) | _BV(ADPS1) | _BV(ADPS0);
}

/* The first conversions after a change of reference are thrown away. */
void supply_step(void) {
    if (ADCSRA & _BV(ADSC)) return;
    uint16_t value = ADC;
    if (++settled >= SETTLING_STEPS) {
        settled = 0;
        if (ADMUX == FROM_BANDGAP) {
            if (value) supply_mv = BANDGAP_MV * FULL_SCALE / value;
            ADMUX = FROM_SENSOR;
        } else {
            temperature_c = (int16_t)value - SENSOR_AT_0_C;
            ADMUX = FROM_BANDGAP;
        }
    }
    ADCSRA |= _BV(ADSC);
}

uint16_t hal_supply_mv(void) {
    return supply_mv;
}

int8_t hal_temperature_c(void) {
    return temperature_c;
}
