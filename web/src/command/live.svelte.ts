/** How the page hears what happens, and what it does about it. */
import type { LineState } from '../live/connection';
import type { Change, Gone, MoreCovered } from '../live/events';
import type { ToPage } from '../live/exchange';
import { listen, type Line } from '../live/line';
import type { Forces } from './forces.svelte';

/** What comes within this time is looked at together. */
const together_ms = 150;

/** Kinds of facts after which the map, the lists and the counts are not true any more. */
const shownKinds = new Set(['case', 'hazard', 'task', 'closure']);

export interface Listener {
  forces: Forces;
  /** Something that is shown has changed. */
  changed(): void;
  /** These patrols have covered more; others may have, too. */
  covered(more: MoreCovered): void;
  /** A fact, as it comes. */
  heard(fact: Change | Gone, name: 'change' | 'gone'): void;
}

export class Live {
  state = $state.raw<LineState>({ kind: 'connecting' });
  #line: Line | null = null;
  #due: ReturnType<typeof setTimeout> | null = null;
  readonly #page: Listener;

  constructor(page: Listener) {
    this.#page = page;
  }

  /** Whether what is shown is what is. */
  get isLive(): boolean {
    return this.state.kind === 'live' && !this.state.held;
  }

  begin(): void {
    if (this.#line) return;
    const line = listen((message) => this.#hear(message));
    this.#line = line;
    this.#page.forces.through((look) => line.look(look));
  }

  /** Tries again at once. */
  hurry(): void {
    this.#line?.hurry();
  }

  #hear(message: ToPage): void {
    this.#page.forces.hear(message);
    if (message.kind === 'line') this.state = message.state;
    // On a new stream what was asked before it began may be older than its beginning.
    else if (message.kind === 'hello' || message.kind === 'reload') this.#changedSoon();
    else if (message.kind === 'covered') this.#page.covered(message.covered);
    else if (message.kind === 'fact') {
      this.#page.heard(message.fact, message.name);
      if (shownKinds.has(message.fact.kind)) this.#changedSoon();
    }
  }

  #changedSoon(): void {
    this.#due ??= setTimeout(() => {
      this.#due = null;
      this.#page.changed();
    }, together_ms);
  }
}
