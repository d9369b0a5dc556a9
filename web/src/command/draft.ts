/**
 * What has been written and not yet been acknowledged? It outlives a closed panel and a reloaded page, and it is sent
 * under one key until the server has answered: sending again registers nothing twice.
 */
import type { ReportBody } from '../api/questions';

export interface Draft {
  category: string;
  text: string;
  channel: string;
}

/** The last attempt: what was sent, and under which key. */
export interface Attempt {
  key: string;
  body: ReportBody;
}

export const emptyDraft: Draft = { category: '', text: '', channel: 'desk' };

/** The longest text that the server takes. */
export const textLimit = 2000;

/**
 * The same key for the same words, so that a repeat is known as such; a new one as soon as anything has changed, since
 * one key must never stand for two reports.
 */
export function attemptFor(body: ReportBody, last: Attempt | null): Attempt {
  const same = last !== null && JSON.stringify(last.body) === JSON.stringify(body);
  return same ? last : { key: freshKey(), body };
}

/** 128 random bits. Not `randomUUID`, which a page has only over HTTPS or on its own machine. */
export function freshKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const draftKey = 'gridward.report.draft';
const attemptKey = 'gridward.report.attempt';

export function keepDraft(draft: Draft, attempt: Attempt | null): void {
  write(draftKey, draft);
  write(attemptKey, attempt);
}

export function keptDraft(): { draft: Draft; attempt: Attempt | null } {
  return {
    draft: { ...emptyDraft, ...(read(draftKey) as Partial<Draft> | null) },
    attempt: read(attemptKey) as Attempt | null,
  };
}

export function forgetDraft(): void {
  keepDraft(emptyDraft, null);
}

// A browser that forbids storage still lets one write and send.
function write(key: string, value: unknown): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    return;
  }
}

function read(key: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}
