/* Carries bytes between pseudo-terminal and board: in the rhythm of an adapter, spoiling some. */
#define _GNU_SOURCE
#include "cable.h"

#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "crystal.h"

void cable_plug(cable_t *cable) {
    char path[64];
    struct termios raw;
    cfmakeraw(&raw);
    if (openpty(&cable->board_side, &cable->host_side, path, &raw, NULL) != 0) {
        perror("openpty");
        exit(2);
    }
    fcntl(cable->board_side, F_SETFL, O_NONBLOCK);
    unlink(cable->link_path);
    if (symlink(path, cable->link_path) != 0) perror(cable->link_path);
    cable->waiting_length = 0;
}

void cable_unplug(cable_t *cable) {
    if (!cable_is_plugged(cable)) return;
    unlink(cable->link_path);
    close(cable->host_side);
    close(cable->board_side);
    cable->board_side = -1;
}

bool cable_is_plugged(const cable_t *cable) {
    return cable->board_side >= 0;
}

/* xorshift64*: Vigna, "An experimental exploration of Marsaglia's xorshift generators, scrambled", 2016. */
static double throw_dice(cable_t *cable) {
    cable->dice ^= cable->dice >> 12;
    cable->dice ^= cable->dice << 25;
    cable->dice ^= cable->dice >> 27;
    return (double)((cable->dice * 0x2545F4914F6CDD1Dull) >> 11) / (double)(1ull << 53);
}

static uint8_t spoil(cable_t *cable, uint8_t byte) {
    if (throw_dice(cable) >= cable->spoilt_share) return byte;
    return byte ^ (uint8_t)(1 + throw_dice(cable) * 255);
}

static int64_t next_beat(int64_t now_ns, int64_t every_ns) {
    return every_ns ? (now_ns / every_ns + 1) * every_ns : now_ns;
}

void cable_carry(cable_t *cable, uint8_t byte, int64_t now_ns) {
    if (!cable_is_plugged(cable) || cable->waiting_length == sizeof cable->waiting) return;
    if (cable->waiting_length == 0) cable->waiting_until_ns = next_beat(now_ns, cable->out_every_ns);
    cable->waiting[cable->waiting_length++] = spoil(cable, byte);
}

int64_t cable_hand_over(cable_t *cable, int64_t now_ns) {
    if (cable->waiting_length == 0) return INT64_MAX;
    if (now_ns < cable->waiting_until_ns) return cable->waiting_until_ns;
    if (cable_is_plugged(cable) && write(cable->board_side, cable->waiting, cable->waiting_length) < 0 &&
        errno != EAGAIN)
        perror("write"); /* a host that reads nothing loses bytes, as on a real line */
    cable->waiting_length = 0;
    return INT64_MAX;
}

size_t cable_take(cable_t *cable, uint8_t *bytes, size_t most, int64_t *starts_at_ns) {
    if (!cable_is_plugged(cable)) return 0;
    ssize_t taken = read(cable->board_side, bytes, most);
    if (taken <= 0) return 0;
    *starts_at_ns = next_beat(monotonic_ns(), cable->in_every_ns);
    for (ssize_t i = 0; i < taken; i++) bytes[i] = spoil(cable, bytes[i]);
    return (size_t)taken;
}
