/**
 * The state of the command page, and the only place that asks the server on its behalf.
 *
 * The components show it and call its verbs; they hold nothing of their own that another one needs.
 */
import type { Fault } from '../api/fault';
import * as server from '../api/questions';
import type { Case, Category, City, NearThing, Place } from '../api/questions';
import { drawSymbols, type SymbolImage } from '../map/symbols/images';
import type { LayerGroup } from '../map/style/groups';
import { readAddress, samePlace, type View } from './address';
import { attemptFor, forgetDraft, keepDraft, keptDraft, type Attempt, type Draft } from './draft';
import { nearKinds, nearRadius_m, type Mode } from './mode';

export type Opening =
  | { kind: 'opening' }
  | { kind: 'refused'; fault: Fault }
  | { kind: 'empty' }
  | { kind: 'open'; style: object; symbols: SymbolImage[] };

/** A place is brought near and beside the panels; a view is taken exactly. */
export type Goal = { kind: 'place'; place: Place } | { kind: 'view'; view: View };

const caseCount = 30;

export class CommandPage {
  opening = $state.raw<Opening>({ kind: 'opening' });
  city = $state.raw<City | null>(null);
  categories = $state.raw<Category[]>([]);
  cases = $state.raw<Case[]>([]);
  mode = $state.raw<Mode>({ kind: 'looking' });
  off = $state.raw<LayerGroup[]>([]);
  view = $state.raw<View | null>(null);
  /** Where the map should go next; the map clears it. */
  goal = $state.raw<Goal | null>(null);
  /** The near thing under the pointer or the focus, or the one gone to. */
  pointed = $state.raw<NearThing | null>(null);
  /** Whether the last word from the server was an answer. */
  reachable = $state(true);
  draft = $state<Draft>(keptDraft().draft);
  /** Where the live tiles are fetched, once they have changed since the style was loaded. */
  liveTiles = $state.raw<string[] | null>(null);
  #attempt: Attempt | null = keptDraft().attempt;
  #version: string | null = null;

  constructor() {
    this.#takeAddress(location.hash);
  }

  /** Loads all that is needed to draw the map. */
  async open(): Promise<void> {
    const city = await server.askCity();
    this.#heard(city);
    if (!city.ok) {
      this.opening = { kind: 'refused', fault: city.fault };
      return;
    }
    this.city = city.value;
    if (isEmpty(city.value)) {
      this.opening = { kind: 'empty' };
      return;
    }
    this.#version = city.value.version;
    const [style, categories, symbols] = await Promise.all([
      server.askStyle('day'),
      server.askCategories(),
      drawSymbols(),
      this.loadCases(),
    ]);
    if (!style.ok) {
      this.opening = { kind: 'refused', fault: style.fault };
      return;
    }
    if (categories.ok) this.categories = categories.value;
    this.opening = { kind: 'open', style: style.value, symbols };
    if (this.mode.kind === 'asked') void this.ask(this.mode.place);
  }

  /** Looks whether anything has changed; asked again and again while the page is seen. */
  async lookAgain(): Promise<void> {
    if (this.opening.kind === 'opening') return;
    if (this.opening.kind !== 'open') return this.open();
    const city = await server.askCity();
    this.#heard(city);
    if (!city.ok) return;
    this.city = city.value;
    if (city.value.version !== this.#version) {
      this.#version = city.value.version;
      await this.refreshLive();
    }
  }

  /** Fetches what lives anew: the hazards on the map and the newest cases. */
  async refreshLive(): Promise<void> {
    const [tiles] = await Promise.all([server.askTileUrls('live'), this.loadCases()]);
    if (tiles.ok) this.liveTiles = tiles.value;
  }

  async loadCases(): Promise<void> {
    const cases = await server.askCases(caseCount);
    if (cases.ok) this.cases = cases.value;
  }

  /** Where is this, what is near? While a report is written, a click moves its place instead. */
  async ask(place: Place): Promise<void> {
    this.pointed = null;
    if (this.mode.kind === 'reporting') return this.#moveReport(place);
    this.mode = { kind: 'asked', place, answer: { kind: 'waiting' } };
    if (this.opening.kind !== 'open') return;
    const [where, ...near] = await Promise.all([
      server.askWhere(place),
      ...nearKinds.map(({ kind, asked }) => server.askNear(place, [kind], asked, nearRadius_m)),
    ]);
    this.#heard(where);
    // The reader may have gone on meanwhile.
    if (this.mode.kind !== 'asked' || !samePlace(this.mode.place, place)) return;
    const refused = [where, ...near].find((reply) => !reply.ok);
    const answer =
      !where.ok || (refused && !refused.ok)
        ? ({ kind: 'refused', fault: (refused as { fault: Fault }).fault } as const)
        : ({
            kind: 'answered',
            where: where.value,
            near: near.flatMap((reply) => (reply.ok ? reply.value : [])),
          } as const);
    this.mode = { kind: 'asked', place, answer };
  }

  startReport(place: Place): void {
    const answered =
      this.mode.kind === 'asked' && this.mode.answer.kind === 'answered' ? this.mode.answer : null;
    const areas = answered?.where.areas ?? [];
    this.mode = { kind: 'reporting', place, areas, sending: { kind: 'writing' } };
  }

  async #moveReport(place: Place): Promise<void> {
    if (this.mode.kind !== 'reporting' || this.mode.sending.kind === 'sending') return;
    this.mode = { ...this.mode, place };
    const where = await server.askWhere(place);
    if (!where.ok || this.mode.kind !== 'reporting' || !samePlace(this.mode.place, place)) return;
    this.mode = { ...this.mode, areas: where.value.areas };
  }

  /** Keeps what has been written so far. */
  keep(): void {
    keepDraft($state.snapshot(this.draft), this.#attempt);
  }

  async send(): Promise<void> {
    if (this.mode.kind !== 'reporting' || this.mode.sending.kind === 'sending') return;
    const { place, areas } = this.mode;
    const { category, text, channel } = this.draft;
    const body = { channel, ...(category ? { category } : {}), text: text.trim(), place };
    this.#attempt = attemptFor(body, this.#attempt);
    this.keep();
    this.mode = { kind: 'reporting', place, areas, sending: { kind: 'sending' } };
    const reply = await server.placeReport(this.#attempt.key, body);
    this.#heard(reply);
    if (!reply.ok) {
      this.mode = { kind: 'reporting', place, areas, sending: { kind: 'refused', fault: reply.fault } };
      return;
    }
    this.#attempt = null;
    this.draft = { ...this.draft, category: '', text: '' };
    forgetDraft();
    this.mode = { kind: 'acknowledged', place, receipt: reply.value };
    await this.lookAgain();
  }

  /** Back to the answer; what was written is kept. */
  leaveReport(): void {
    if (this.mode.kind !== 'reporting') return;
    const { place } = this.mode;
    this.mode = { kind: 'looking' };
    void this.ask(place);
  }

  /** Back to the bare map. */
  close(): void {
    this.pointed = null;
    if (this.mode.kind === 'reporting' && this.mode.sending.kind === 'sending') return;
    this.mode = { kind: 'looking' };
  }

  goTo(place: Place): void {
    this.goal = { kind: 'place', place };
  }

  toggle(group: LayerGroup): void {
    this.off = this.off.includes(group) ? this.off.filter((other) => other !== group) : [...this.off, group];
  }

  /** Goes where a link inside the page, or an address typed by hand, leads. */
  followLink(hash: string): void {
    const here = this.view;
    this.#takeAddress(hash);
    if (this.view) this.goal = { kind: 'view', view: this.view };
    else if (this.mode.kind === 'asked') this.goTo(this.mode.place);
    // The map says where it is once it has got there.
    this.view = here;
  }

  #takeAddress(hash: string): void {
    const { view, at, off } = readAddress(hash);
    this.off = off;
    this.view = view;
    if (at && this.mode.kind !== 'reporting') void this.ask(at);
    else if (!at && this.mode.kind === 'asked') this.mode = { kind: 'looking' };
  }

  #heard(reply: { ok: true } | { ok: false; fault: Fault }): void {
    this.reachable = reply.ok || reply.fault.kind !== 'gone';
  }
}

/** Whether there is nothing to draw. */
function isEmpty(city: City): boolean {
  const { districts, streets, communities, grids, buildings, roads } = city.counts;
  return districts + streets + communities + grids + buildings + roads === 0;
}
