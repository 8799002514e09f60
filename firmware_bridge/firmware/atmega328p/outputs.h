/* Outputs; hal_output() switches them. */
#ifndef OUTPUTS_H
#define OUTPUTS_H

void outputs_begin(void);

#endif
