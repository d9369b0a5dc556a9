/**
 * One connection to the stream, kept up: resumes where it broke off, waits longer from try to try, and says how it is.
 */
import { EventReader, type LiveEvent } from './events';
import { Buffering, waitBefore } from './pace';

export type LineState =
  | { kind: 'connecting' }
  /** `held`: somebody on the way holds events back; what is seen may be late. */
  | { kind: 'live'; held: boolean }
  | { kind: 'waiting'; untilMs: number };

/** What is looked at, as the query of `GET /live` and the body of `POST /live/{id}/view` have it. */
export interface LiveView {
  counts?: string;
  bounds?: string;
}

/** So many beats may be missed before the server counts as gone. */
const beatsMissed = 3;
/** Before the first word is there nothing is known of beats. */
const firstWordMs = 10_000;

export class Connection {
  #view: LiveView = {};
  #stream: string | null = null;
  #reader = new EventReader();
  #ended = false;
  #tries = 0;
  #abort: AbortController | null = null;
  #wake: (() => void) | null = null;
  readonly #hear: (event: LiveEvent) => void;
  readonly #say: (state: LineState) => void;

  constructor(hear: (event: LiveEvent) => void, say: (state: LineState) => void) {
    this.#hear = hear;
    this.#say = say;
    void this.#run();
  }

  /** Looks at something else; without a new connection where there is one. */
  look(view: LiveView): void {
    this.#view = view;
    if (this.#stream !== null) void this.#turn(this.#stream);
  }

  /** Tries again at once: the network is back, or somebody looks again. */
  hurry(): void {
    this.#wake?.();
  }

  end(): void {
    this.#ended = true;
    this.#abort?.abort();
    this.#wake?.();
  }

  async #run(): Promise<void> {
    while (!this.#ended) {
      this.#say({ kind: 'connecting' });
      await this.#read().catch(() => undefined);
      this.#stream = null;
      if (this.#ended) return;
      const wait = waitBefore(this.#tries, Math.random());
      this.#tries += 1;
      this.#say({ kind: 'waiting', untilMs: Date.now() + wait });
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        setTimeout(resolve, wait);
      });
    }
  }

  /** Reads until the stream ends or falls silent. */
  async #read(): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    let silence = setTimeout(() => abort.abort(), firstWordMs);
    try {
      const lastId = this.#reader.lastId;
      const query = new URLSearchParams(Object.entries(this.#view));
      const response = await fetch(`/api/v1/live?${query}`, {
        headers: lastId === null ? {} : { 'Last-Event-ID': lastId },
        cache: 'no-store',
        signal: abort.signal,
      });
      if (!response.ok || !response.body) return;
      this.#reader = new EventReader();
      this.#reader.lastId = lastId;
      const buffering = new Buffering();
      const text = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let patienceMs = firstWordMs;
      for (;;) {
        const { done, value } = await text.read();
        if (done) return;
        clearTimeout(silence);
        for (const event of this.#reader.read(value)) {
          if (event.name === 'hello') {
            patienceMs = event.data.beat_s * 1000 * beatsMissed;
            this.#begin(event.data.stream, query);
          }
          if (event.name === 'beat') {
            this.#say({ kind: 'live', held: buffering.beat(event.data.at_ms, Date.now()) });
          }
          this.#hear(event);
        }
        silence = setTimeout(() => abort.abort(), patienceMs);
      }
    } finally {
      clearTimeout(silence);
      abort.abort();
    }
  }

  #begin(stream: string, asked: URLSearchParams): void {
    this.#tries = 0;
    this.#stream = stream;
    this.#say({ kind: 'live', held: false });
    // The reader may have looked elsewhere since it was asked.
    if (new URLSearchParams(Object.entries(this.#view)).toString() !== asked.toString()) {
      void this.#turn(stream);
    }
  }

  async #turn(stream: string): Promise<void> {
    const response = await fetch(`/api/v1/live/${stream}/view`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(this.#view),
    }).catch(() => null);
    // The server does not know the stream any more: the next one begins with the view.
    if (response?.status === 404 && this.#stream === stream) this.#abort?.abort();
  }
}
