/* The serial line; hal_received() and hal_send() use it. */
#ifndef LINE_H
#define LINE_H

#include <stdbool.h>

void line_begin(void);
bool line_is_waiting(void);

#endif
