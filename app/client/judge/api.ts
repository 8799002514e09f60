/** Requests to the server: an answer of its own, a refusal with its code and sentence, or no answer at all. */

import { locale } from '../feed/i18n';
import type { FieldProblem, Receipt } from './wire';
import { wireForm, type OutboxItem } from './outbox/item';
import type { Outcome } from './outbox/machine';

const PATIENCE_MS = 15_000;
const TOO_MANY_TRIES = 429;

export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly FieldProblem[];
}

export type Answer<T> =
  | { readonly kind: 'ok'; readonly body: T }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'unreached' };

export function get<T>(path: string): Promise<Answer<T>> {
  return ask(path, { method: 'GET' });
}

export function post<T>(path: string, body: unknown): Promise<Answer<T>> {
  return ask(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** Put a batch of commands on the wire, in order, for a server in this epoch; 0 where none was heard yet. */
export async function postCommands(batch: readonly OutboxItem[], epoch = 0): Promise<Outcome> {
  const known = epoch > 0 ? { epoch } : {};
  const answer = await post<{ receipts: Receipt[] }>('/api/v1/commands', { commands: batch.map(wireForm), ...known });
  if (answer.kind === 'unreached') return { kind: 'unreached' };
  if (answer.kind === 'ok') {
    const { receipts } = answer.body;
    return Array.isArray(receipts) ? { kind: 'receipts', receipts } : { kind: 'unreached' };
  }
  const { status, code, detail, errors } = answer.problem;
  if (code === 'epoch_changed') return { kind: 'new_epoch', epoch: Number(errors[0]?.facts?.['epoch']) };
  if (status === 401) return { kind: 'signed_out' };
  return status >= 500 || status === TOO_MANY_TRIES ? { kind: 'unreached' } : { kind: 'rejected', code, detail };
}

async function ask<T>(
  path: string,
  init: { method: string; headers?: Record<string, string>; body?: string },
): Promise<Answer<T>> {
  try {
    const response = await fetch(path, {
      ...init,
      // Sentences of the server's come in the language shown here.
      headers: { ...init.headers, 'Accept-Language': locale.value },
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return await read<T>(response);
  } catch {
    return { kind: 'unreached' };
  }
}

/** Anything that is not JSON of ours (a captive portal's page, a proxy's error) counts as not reached. */
async function read<T>(response: Response): Promise<Answer<T>> {
  const type = response.headers.get('Content-Type') ?? '';
  if (response.ok) {
    return type.startsWith('application/json')
      ? { kind: 'ok', body: (await response.json()) as T }
      : { kind: 'unreached' };
  }
  if (!type.startsWith('application/problem+json')) return { kind: 'unreached' };
  return { kind: 'problem', problem: (await response.json()) as Problem };
}
