/* What outlives a power cut; hal_identity() and hal_boot() read it. */
#ifndef MEMORY_H
#define MEMORY_H

void memory_begin(void);

#endif
