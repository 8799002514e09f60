/* Supply voltage and temperature; hal_supply_mv() and hal_temperature_c() tell the last ones. */
#ifndef SUPPLY_H
#define SUPPLY_H

void supply_begin(void);
void supply_step(void);

#endif
