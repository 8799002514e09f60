/** A lost or failing tablet's unsent commands as a file, and that file read on another tablet. */

import type { Receipt } from '../wire';
import { isOpen, needsPerson, type About, type CommandType, type Maker, type NewItem, type OutboxItem } from './item';
import { predecessor } from './machine';

/** Goes into the file; another number means that this tablet cannot read it. */
export const FORMAT = 'baige-unsent-1';

const STATES: readonly OutboxItem['state'][] = ['saved', 'sent', 'confirmed', 'refused', 'conflict'];

/** What the server has not confirmed, and what that builds on, in order. */
export function handedOver(items: readonly OutboxItem[]): OutboxItem[] {
  const unsent = items.filter((item) => isOpen(item) || needsPerson(item));
  const before = unsent.filter((item) => item.follows).map((item) => predecessor(items, item));
  const chosen = new Set([...unsent, ...before]);
  return items.filter((item) => chosen.has(item));
}

/** The file's text. `device` is who wrote it. */
export function written(items: readonly OutboxItem[], device: string, atUtc: string): string {
  return JSON.stringify({ format: FORMAT, device, at_utc: atUtc, commands: handedOver(items) });
}

/**
 * The commands of a file, to be kept as they are: the server applies an id at most once, so it does no harm that the
 * other tablet may send them too. Null where the text is no such file.
 */
export function readHandover(text: string): NewItem[] | null {
  let told: unknown;
  try {
    told = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(told) || told['format'] !== FORMAT || !Array.isArray(told['commands'])) return null;
  const items = told['commands'].map(itemOf);
  return items.every((item) => item !== null) ? items : null;
}

/** Whether all of them are about one competition: nothing of another one can be sent from here. */
export function areOf(items: readonly NewItem[], competition: string): boolean {
  return items.every((item) => item.target.startsWith(`c/${competition}/`));
}

function itemOf(told: unknown): NewItem | null {
  if (!isRecord(told)) return null;
  const { id, type, target, lane, madeAt, tries, expectedVersion, payload, about, madeBy, receipt } = told;
  const state = STATES.find((known) => known === told['state']);
  const texts = [id, type, target, lane, madeAt];
  if (!texts.every((text) => typeof text === 'string' && text !== '') || state === undefined) return null;
  if (!isRecord(payload) || !isRecord(about) || !isMaker(madeBy) || typeof tries !== 'number') return null;
  if (expectedVersion !== null && typeof expectedVersion !== 'number') return null;
  return {
    id: id as string,
    type: type as CommandType,
    target: target as string,
    lane: lane as string,
    madeAt: madeAt as string,
    // What was on its way there is not on its way here.
    state: state === 'sent' ? 'saved' : state,
    tries,
    follows: told['follows'] === true,
    expectedVersion,
    payload,
    about: about as unknown as About,
    madeBy,
    receipt: isRecord(receipt) ? (receipt as unknown as Receipt) : null,
  };
}

function isMaker(told: unknown): told is Maker & Record<string, unknown> {
  return isRecord(told) && ['account', 'name', 'device'].every((key) => typeof told[key] === 'string');
}

function isRecord(told: unknown): told is Record<string, unknown> {
  return typeof told === 'object' && told !== null && !Array.isArray(told);
}
