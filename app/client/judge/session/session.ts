/** Who is signed in on this tablet, as far as it knows without the network. */

import { computed, signal, type ReadonlySignal } from '@preact/signals';

import { get, post, type Problem } from '../api';
import type { Maker } from '../outbox/item';
import type { FactStore } from '../store/facts';
import type { Account, Me } from '../wire';

/**
 * active: signed in (taken on trust while the server is out of reach). expired: the server no longer takes this
 * sign-in; work goes on here, sending waits for the same person.
 */
export type SessionState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'active'; readonly me: Me }
  | { readonly kind: 'expired'; readonly me: Me };

const CHANNEL = 'baige-session';
const ROLES_HERE = ['judge', 'referee'];

export class Session {
  private readonly current = signal<SessionState>({ kind: 'opening' });
  private readonly choices = signal<readonly Account[]>([]);

  readonly state: ReadonlySignal<SessionState> = this.current;
  /** The accounts that may sign in at a tablet. */
  readonly accounts = computed(() => this.choices.value.filter((account) => ROLES_HERE.includes(account.role)));
  readonly me = computed(() => {
    const state = this.current.value;
    return state.kind === 'active' || state.kind === 'expired' ? state.me : null;
  });

  private readonly channel = new BroadcastChannel(CHANNEL);

  constructor(private readonly facts: FactStore) {
    // Who signs in or out in one tab does so in all of them: they share a cookie.
    this.channel.onmessage = () => void this.readKept();
  }

  /** Find out who is signed in: what was kept first, so that a screen appears at once, then the server's word. */
  async open(): Promise<void> {
    this.choices.value = (await this.facts.read('accounts')) ?? [];
    const kept = await this.facts.read('me');
    if (kept) this.current.value = { kind: 'active', me: kept };
    const asked = this.check();
    if (!kept) await asked;
  }

  /** Ask the server who is signed in, and who may be. */
  async check(): Promise<void> {
    void this.loadAccounts();
    const answer = await get<Me>('/api/v1/me');
    if (answer.kind === 'ok') await this.arrive(answer.body);
    else if (answer.kind === 'problem' && answer.problem.status === 401) this.expire();
    else if (!this.me.peek()) this.current.value = { kind: 'nobody' };
  }

  /** Sign in. Resolves to what went wrong: a problem, `unreached`, or null. */
  async signIn(account: string, pin: string): Promise<Problem | 'unreached' | null> {
    const answer = await post<Me>('/api/v1/sign-in', { account, pin });
    if (answer.kind === 'unreached') return 'unreached';
    if (answer.kind === 'problem') return answer.problem;
    await this.facts.forget('leaving');
    await this.become(answer.body);
    return null;
  }

  /** Sign out here and, if it can be reached, at the server. */
  async signOut(): Promise<void> {
    const account = this.me.peek()?.account.id;
    const answer = await post('/api/v1/sign-out', {});
    if (answer.kind === 'unreached' && account !== undefined) await this.facts.keep('leaving', account);
    await this.leave();
  }

  /** The server no longer takes this sign-in. */
  expire(): void {
    const me = this.me.peek();
    this.current.value = me ? { kind: 'expired', me } : { kind: 'nobody' };
  }

  /** Whose commands may be sent now. */
  sender(): string | null {
    const state = this.current.peek();
    return state.kind === 'active' ? state.me.account.id : null;
  }

  close(): void {
    this.channel.close();
  }

  /** Who a command made now is by. Commands may be made while the session is expired: they wait for their maker. */
  maker(): Maker | null {
    const me = this.me.peek();
    return me && { account: me.account.id, name: me.account.name, device: me.device };
  }

  /** The name of an account, or its id where this tablet never heard of it. */
  nameOf(account: string): string {
    return this.choices.value.find((one) => one.id === account)?.name ?? account;
  }

  /** Take the server's word for who is signed in, unless they signed out here while it could not be told. */
  private async arrive(me: Me): Promise<void> {
    if ((await this.facts.read('leaving')) === me.account.id) {
      const told = await post('/api/v1/sign-out', {});
      if (told.kind !== 'unreached') await this.facts.forget('leaving');
      await this.leave();
    } else await this.become(me);
  }

  private async leave(): Promise<void> {
    this.current.value = { kind: 'nobody' };
    await this.facts.forget('me');
    this.channel.postMessage('left');
  }

  private async become(me: Me): Promise<void> {
    const before = this.sender();
    this.current.value = { kind: 'active', me };
    await this.facts.keep('me', me);
    if (before !== me.account.id) this.channel.postMessage('came');
  }

  private async readKept(): Promise<void> {
    const me = await this.facts.read('me');
    this.current.value = me ? { kind: 'active', me } : { kind: 'nobody' };
  }

  private async loadAccounts(): Promise<void> {
    const answer = await get<{ accounts: readonly Account[] }>('/api/v1/sign-in/accounts');
    if (answer.kind !== 'ok') return;
    this.choices.value = answer.body.accounts;
    await this.facts.keep('accounts', answer.body.accounts);
  }
}
