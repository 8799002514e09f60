/* The board's side of docs/hardware/field-link.md. */
#ifndef LINK_H
#define LINK_H

void link_begin(void);

/* Takes in what the host sent, and sends what is due; call it again and again. */
void link_step(void);

#endif
