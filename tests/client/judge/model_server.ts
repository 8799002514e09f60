/** A model of the server's command path and of a network that loses, repeats and garbles, for the outbox's tests. */

import { wireForm, type OutboxItem } from '../../../app/client/judge/outbox/item';
import type { Outcome } from '../../../app/client/judge/outbox/machine';
import type { Receipt } from '../../../app/client/judge/wire';

export type Random = () => number;

/** mulberry32: small, seeded, good enough to choose failures. */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Command {
  readonly id: string;
  readonly type: string;
  readonly target: string;
  readonly expected_version: number | null;
  readonly made_by: string;
  readonly handed_in?: boolean;
  readonly payload: Record<string, unknown>;
}

export interface Applied {
  readonly id: string;
  readonly type: string;
  readonly target: string;
  readonly by: string;
  readonly payload: Record<string, unknown>;
}

/** The account that may hand in what others made. */
export const REFEREE = 'referee';

/** Applies a command id once; compares repeats by content; knows each target's version. */
export class ModelServer {
  readonly applied: Applied[] = [];
  readonly versions = new Map<string, number>();
  /** Commands that arrived with an id already used for other content: must stay empty. */
  readonly reused: string[] = [];
  signedIn: string | null = 'judge-a';
  /** A payload the server cannot even read: the whole request is turned down. */
  unreadable: (command: Command) => boolean = () => false;
  /** How many requests it refuses, because they are meant for another epoch. */
  guards = 0;
  private readonly first = new Map<string, { content: string; receipt: Receipt }>();
  private seq = 0;
  private epoch = 1;

  receive(commands: readonly Command[]): Outcome {
    if (this.signedIn === null) return { kind: 'signed_out' };
    if (this.guards > 0) {
      this.guards -= 1;
      return { kind: 'new_epoch', epoch: this.epoch };
    }
    if (commands.some(this.unreadable))
      return { kind: 'rejected', code: 'command_malformed', detail: 'Not readable.' };
    return { kind: 'receipts', receipts: commands.map((command) => this.answer(command)) };
  }

  /** Somebody else scores a run. */
  scoreBy(by: string, target: string): void {
    this.seq += 1;
    this.versions.set(target, this.seq);
    this.applied.push({ id: `other-${this.seq}`, type: 'EnterScore', target, by, payload: {} });
  }

  /** The disk is gone; the backup lacks the last commands, and a new epoch begins. */
  restoreWithout(lost: number): void {
    for (const gone of this.applied.splice(this.applied.length - lost)) {
      this.first.delete(gone.id);
      const before = this.applied.findLast((one) => one.target === gone.target);
      const version = before && this.first.get(before.id)?.receipt.version;
      if (version) this.versions.set(gone.target, version);
      else this.versions.delete(gone.target);
    }
    this.seq = Math.max(0, ...this.versions.values());
    this.epoch += 1;
  }

  private answer(command: Command): Receipt {
    const content = JSON.stringify([command.type, command.target, command.expected_version, command.payload]);
    const known = this.first.get(command.id);
    if (known) {
      if (known.content === content) return known.receipt;
      this.reused.push(command.id);
      return receipt(command.id, 'refused', 'id_reused', null);
    }
    const isTheirs = command.made_by === this.signedIn || (command.handed_in === true && this.signedIn === REFEREE);
    if (!isTheirs) return receipt(command.id, 'refused', 'made_by_other', null);
    const made = this.decide(command);
    this.first.set(command.id, { content, receipt: made });
    return made;
  }

  private decide(command: Command): Receipt {
    const { id, type, target, made_by: by, payload } = command;
    const version = this.versions.get(target) ?? 0;
    if (payload['refuse'] === true) return receipt(id, 'refused', 'sheet_invalid', version);
    const isVersioned = type !== 'OpenRun' && type !== 'SettleDisputes';
    if (isVersioned && command.expected_version !== version) {
      const last = this.applied.findLast((one) => one.target === target);
      return {
        ...receipt(id, 'conflict', 'version_stale', version),
        changed: [{ type: 'ScoreEntered', by: last?.by ?? '', at_utc: '', version, data: {} }],
      };
    }
    this.seq += 1;
    if (isVersioned) this.versions.set(target, this.seq);
    this.applied.push({ id, type, target, by, payload });
    return { ...receipt(id, 'accepted', 'stored', this.versions.get(target) ?? 0), epoch: this.epoch };
  }
}

function receipt(id: string, status: Receipt['status'], code: string, version: number | null): Receipt {
  return { id, status, code, detail: code, errors: [], changed: [], version, epoch: 1 };
}

/** A network in front of a server; `trouble` is how likely something goes wrong with a request. */
export function lossy(server: ModelServer, random: Random, trouble: () => number) {
  return async (batch: readonly OutboxItem[]): Promise<Outcome> => {
    const request = JSON.parse(JSON.stringify(batch.map(wireForm))) as Command[];
    await new Promise((resolve) => setImmediate(resolve));
    if (random() >= trouble()) return server.receive(request);
    const how = Math.floor(random() * 4);
    if (how === 0) return { kind: 'unreached' }; // lost on the way there
    const outcome = server.receive(request);
    if (how === 1) return { kind: 'unreached' }; // lost on the way back
    if (how === 2) server.receive(request); // repeated by the network
    if (how === 3 && outcome.kind === 'receipts') return { ...outcome, receipts: outcome.receipts.slice(1) };
    return outcome;
  };
}

/** The one-holder-at-a-time lock of `navigator.locks`, for a runtime without it. */
export function lockQueue(): Pick<LockManager, 'request'> & { readonly mostHolders: () => number } {
  let last: Promise<unknown> = Promise.resolve();
  let holders = 0;
  let most = 0;
  const request = (_name: string, work: () => Promise<unknown>): Promise<unknown> => {
    const turn = last.then(async () => {
      holders += 1;
      most = Math.max(most, holders);
      try {
        return await work();
      } finally {
        holders -= 1;
      }
    });
    last = turn.catch(() => undefined);
    return turn;
  };
  return { request: request as LockManager['request'], mostHolders: () => most };
}
