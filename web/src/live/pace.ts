/** How long to wait before the next try, and does somebody on the way hold the stream back? */

const firstWaitMs = 500;
const longestWaitMs = 15_000;

/**
 * The wait before a try: twice as long from try to try, up to a quarter of a minute; by chance between half of that and
 * all of it, so that a thousand pages do not come back in the same second.
 */
export function waitBefore(tries: number, chance: number): number {
  const full = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(tries, 10));
  return full * (0.5 + 0.5 * chance);
}

/** So many beats must come in a heap before somebody is said to hold them back. */
const heaps = 2;

/**
 * Tells a stream that is passed on at once from one that somebody on the way collects first: then beats that the server
 * sent seconds apart arrive together.
 */
export class Buffering {
  #last: { sentMs: number; cameMs: number } | null = null;
  #heaped = 0;

  /** A beat came: whether the stream is held back. */
  beat(sentMs: number, cameMs: number): boolean {
    if (this.#last) {
      const [sent, came] = [sentMs - this.#last.sentMs, cameMs - this.#last.cameMs];
      if (sent > 1000 && came < sent / 5) this.#heaped += 1;
      else if (came < sent * 2) this.#heaped = 0;
    }
    this.#last = { sentMs, cameMs };
    return this.#heaped >= heaps;
  }
}
