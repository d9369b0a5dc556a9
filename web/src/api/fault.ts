/**
 * What can go wrong when the page asks the server, and in which words does it say so?
 *
 * The server names a problem by the last part of its `type`; the words are the page's own, so that an official reads
 * Chinese and the inside of the server stays inside.
 */
import { m } from '../paraglide/messages.js';

export type Fault =
  /** The server answered and refused. */
  | { kind: 'problem'; slug: string; status: number; field: string | null }
  /** Nothing answered. */
  | { kind: 'gone' };

/** Either the value or why there is none. */
export type Reply<T> = { ok: true; value: T } | { ok: false; fault: Fault };

const words: Record<string, () => string> = {
  'invalid-parameter': m.problem_invalid_parameter,
  'invalid-body': m.problem_invalid_body,
  'outside-frame': m.problem_outside_frame,
  'not-found': m.problem_not_found,
  'idempotency-key-missing': m.problem_idempotency_key_missing,
  'idempotency-key-reused': m.problem_idempotency_key_reused,
  conflict: m.problem_conflict,
  taken: m.problem_taken,
  'off-duty': m.problem_off_duty,
  unreachable: m.problem_unreachable,
  'too-large': m.problem_too_large,
  'not-acceptable': m.problem_not_acceptable,
  'storage-full': m.problem_storage_full,
  unavailable: m.problem_unavailable,
  internal: m.problem_internal,
};

/** Reads an answer that was not a success; what is no problem document counts as `internal` or, by a proxy, `unavailable`. */
export function readProblem(status: number, body: unknown): Fault {
  const problem = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const type = typeof problem['type'] === 'string' ? problem['type'] : '';
  const slug = type.split('/').pop() ?? '';
  const field = typeof problem['field'] === 'string' ? problem['field'] : null;
  const fallback = status === 404 ? 'not-found' : status >= 502 && status <= 504 ? 'unavailable' : 'internal';
  return { kind: 'problem', slug: slug in words ? slug : fallback, status, field };
}

/** One sentence for the reader, in the language of the page. */
export function faultWords(fault: Fault): string {
  if (fault.kind === 'gone') return m.server_gone();
  const sentence = (words[fault.slug] ?? m.problem_internal)();
  return fault.field ? `${sentence} (${fault.field})` : sentence;
}

/** Whether the same request may succeed later, unchanged. */
export function mayRetry(fault: Fault): boolean {
  return fault.kind === 'gone' || fault.status >= 500;
}
