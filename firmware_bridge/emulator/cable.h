/* What is between the board's line and the host: a pseudo-terminal, and how badly a cable and its adapter carry. */
#ifndef CABLE_H
#define CABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    const char *link_path;  /* a symbolic link that always names the present pseudo-terminal */
    double spoilt_share;    /* of bytes, each way */
    int64_t out_every_ns;   /* an adapter hands bytes to the host at multiples of this; 0: at once */
    int64_t in_every_ns;    /* and takes them from it */
    uint64_t dice;
    int host_side, board_side;
    uint8_t waiting[8192];
    size_t waiting_length;
    int64_t waiting_until_ns;
} cable_t;

void cable_plug(cable_t *cable);
void cable_unplug(cable_t *cable);
bool cable_is_plugged(const cable_t *cable);
/* A byte that left the board. */
void cable_carry(cable_t *cable, uint8_t byte, int64_t now_ns);
/* Hands over what is due; when the next is, or INT64_MAX. */
int64_t cable_hand_over(cable_t *cable, int64_t now_ns);
/* What the host sent; `*starts_at_ns` is when the adapter begins to pass it on. */
size_t cable_take(cable_t *cable, uint8_t *bytes, size_t most, int64_t *starts_at_ns);

#endif
