/* The board in real time, on a pseudo-terminal. */
#ifndef PACED_H
#define PACED_H

#include "board.h"
#include "cable.h"
#include "crystal.h"

int paced(board_t *board, cable_t *cable, crystal_t *crystal);

#endif
