/* The board in steps, for conformance tests. */
#ifndef LOCKSTEP_H
#define LOCKSTEP_H

#include "board.h"

int lockstep(board_t *board);

#endif
