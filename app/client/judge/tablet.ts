/** Everything the tablet is made of, put together once and handed to every page. */

import { computed, effect, signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

import type { EscalationsData } from '../feed/escalations';
import { Feed } from '../feed/feed';
import type { Match } from '../feed/matches';
import type { QueueData, Run } from '../feed/shapes';
import type { Ruleset } from '../rules/types';
import { post, postCommands } from './api';
import { Live } from './live';
import type { Wish } from './outbox/item';
import { Outbox } from './outbox/outbox';
import { OutboxStorage } from './outbox/storage';
import { joinedQueue, queueTopics } from './queue/joined';
import { Session } from './session/session';
import { Telling } from './sheet/telling';
import { openDatabase, type Database } from './store/database';
import { DraftStore } from './store/drafts';
import { FactStore } from './store/facts';
import { askForPersistence, type Persistence } from './store/persistence';
import { RulesetStore, type RulesetAddress } from './store/rulesets';
import { hallOffsetMin } from './words';

const SESSION_CHECK_MS = 60_000;
const RULES_AGAIN_MS = 3_000;

interface ScheduleFields {
  readonly fields: readonly { readonly code: string }[];
}

export class Tablet {
  readonly facts: FactStore;
  readonly drafts: DraftStore;
  readonly session: Session;
  readonly live: Live;
  readonly outbox: Outbox;
  readonly telling: Telling;
  readonly persistence = signal<Persistence>('unknown');
  /** Rulesets at hand, by digest. */
  readonly rulesets = signal<Readonly<Record<string, Ruleset>>>({});
  private readonly chosenField = signal<string | null>(null);

  readonly competition = computed(() => this.session.me.value?.account.competition ?? null);
  /** The fields this person may judge on: their own, or all there are. */
  readonly fields = computed<readonly string[]>(() => {
    const own = this.session.me.value?.account.fields ?? [];
    const slug = this.competition.value;
    if (own.length > 0 || slug === null) return own;
    const schedule = this.live.topic<ScheduleFields>(`c/${slug}/schedule`).value;
    return schedule?.data.fields.map((field) => field.code) ?? [];
  });
  readonly field = computed(() => {
    const fields = this.fields.value;
    const chosen = this.chosenField.value;
    if (chosen !== null && fields.includes(chosen)) return chosen;
    return fields.length === 1 ? (fields[0] ?? null) : null;
  });
  /** My field's queue, or null until it was first heard. */
  readonly queue = computed(() => {
    const [slug, field, me] = [this.competition.value, this.field.value, this.session.me.value];
    if (slug === null || field === null || me === null) return null;
    const { shared, sheets } = queueTopics(slug, field, me.account);
    const told = [shared, sheets].map((topic) => this.live.topic<QueueData>(topic).value);
    return joinedQueue(told[0] ?? null, told[1] ?? null, me.account.id);
  });

  /** Calls for the chief judge, or null until they were first heard. */
  readonly escalations = computed(() => {
    const slug = this.competition.value;
    return slug === null ? null : this.live.topic<EscalationsData>(`c/${slug}/escalations`).value;
  });

  private constructor(database: Database) {
    this.facts = new FactStore(database);
    this.drafts = new DraftStore(database);
    this.session = new Session(this.facts);
    this.live = new Live(new Feed(), database);
    this.outbox = new Outbox({
      storage: new OutboxStorage(database),
      post: (batch) => postCommands(batch, this.live.epoch.peek()),
      // While the browser knows that it has no network, nothing is put on the wire: what was never sent can be replaced.
      account: () => (navigator.onLine ? this.session.sender() : null),
      signedOut: () => void this.session.check(),
      inNewEpoch: (epoch) => (this.live.epoch.value = epoch),
      nowMs: () => this.live.serverNowMs(),
    });
    this.telling = new Telling({ post, account: () => (navigator.onLine ? this.session.sender() : null) });
    this.keepRulesets(new RulesetStore(database));
    effect(() => {
      hallOffsetMin.value = this.queue.value?.data.utc_offset_min ?? hallOffsetMin.peek();
    });
  }

  /** Open what the tablet keeps and start it. Rejects where the browser keeps nothing. */
  static async open(): Promise<Tablet> {
    const tablet = new Tablet(await openDatabase());
    tablet.chosenField.value = (await tablet.facts.read('field')) ?? null;
    await tablet.drafts.open();
    await tablet.session.open();
    await tablet.outbox.open();
    tablet.sendWhenPossible();
    void askForPersistence().then((answer) => {
      tablet.persistence.value = answer;
    });
    return tablet;
  }

  /** Keep a wish of whoever is signed in; false if nobody is, or if this tablet could not keep it. */
  async keep(wish: Wish): Promise<boolean> {
    const maker = this.session.maker();
    if (!maker) return false;
    return this.outbox.add(wish, maker).then(
      () => true,
      () => false,
    );
  }

  async chooseField(code: string): Promise<void> {
    this.chosenField.value = code;
    await this.facts.keep('field', code);
  }

  run(id: string): Run | null {
    return this.queue.value?.data.runs.find((run) => run.id === id) ?? null;
  }

  match(id: string): Match | null {
    return this.queue.value?.data.matches?.find((match) => match.id === id) ?? null;
  }

  rulesetOf(of: { readonly division: string }): Ruleset | null {
    const digest = this.queue.value?.data.divisions[of.division]?.ruleset_digest;
    return digest === undefined ? null : (this.rulesets.value[digest] ?? null);
  }

  private signedInAs(): string | null {
    const state = this.session.state.value;
    return state.kind === 'active' ? state.me.account.id : null;
  }

  private sendWhenPossible(): void {
    addEventListener('online', () => this.outbox.kick());
    // A panel's room may have come to this person's fields, or somebody closed the account.
    setInterval(() => void this.session.check(), SESSION_CHECK_MS);
    this.live.onConnected(() => {
      void this.session.check();
      this.outbox.kick();
      this.telling.again();
    });
    effect(() => {
      if (this.session.state.value.kind === 'active') this.outbox.kick();
    });
    let connectedAs = this.signedInAs();
    effect(() => {
      const account = this.signedInAs();
      if (account !== null && account !== connectedAs) this.live.reconnect();
      connectedAs = account;
    });
    effect(() => void this.outbox.inEpoch(this.live.epoch.value));
    addEventListener('beforeunload', (leaving) => {
      if (this.outbox.unsent.peek().length > 0) leaving.preventDefault();
    });
  }

  private keepRulesets(store: RulesetStore): void {
    const loading = new Set<string>();
    const loadFor = async (address: RulesetAddress, mayFetch: boolean): Promise<void> => {
      const { digest } = address;
      if (loading.has(digest)) return;
      loading.add(digest);
      const kept = await store.kept(digest).catch(() => null);
      const ruleset = kept ?? (mayFetch ? await store.fetch(address).catch(() => null) : null);
      loading.delete(digest);
      if (ruleset) this.rulesets.value = { ...this.rulesets.peek(), [digest]: ruleset };
      // One request may be lost while the socket stays up: without its rules a sheet cannot be drawn.
      else if (this.live.offlineSinceMs.peek() === null) setTimeout(load, RULES_AGAIN_MS);
    };
    const load = (): void => {
      const slug = this.competition.value;
      // Runs again when the network is back, and a moment later, for what could not be fetched.
      const isOnline = this.live.offlineSinceMs.value === null;
      if (slug === null) return;
      for (const [division, { ruleset_digest: digest }] of Object.entries(
        this.queue.value?.data.divisions ?? {},
      )) {
        if (!(digest in this.rulesets.peek())) void loadFor({ slug, division, digest }, isOnline);
      }
    };
    effect(load);
  }
}

export const TabletContext = createContext<Tablet | null>(null);

export function useTablet(): Tablet {
  const tablet = useContext(TabletContext);
  if (!tablet) throw new Error('a page of the tablet outside its context');
  return tablet;
}
