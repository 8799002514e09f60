/* Inputs; hal_level() reads them. */
#ifndef INPUTS_H
#define INPUTS_H

void inputs_begin(void);

#endif
