/**
 * The state of the command page, and the only place that asks the server on its behalf.
 *
 * The components show it and call its verbs; they hold nothing of their own that another one needs.
 */
import type { Fault } from '../api/fault';
import type { CaseThen } from '../api/history';
import { askPatrols } from '../api/patrols';
import { askAllTasks, type Candidate } from '../api/people';
import * as server from '../api/questions';
import type { Case, Category, City, Found, NearThing, Place } from '../api/questions';
import type { Change, Gone, MoreCovered } from '../live/events';
import { theme } from '../design/theme.svelte';
import { drawAtlas, type Atlas } from '../map/symbols/atlas';
import { drawSymbols, type SymbolImage } from '../map/symbols/images';
import type { LayerGroup } from '../map/style/groups';
import type { Theme } from '../map/style/palette';
import { Closures } from './closures.svelte';
import { Coverage } from './coverage.svelte';
import { told, type FeedEntry, type FeedItem } from './feed';
import { Forces } from './forces.svelte';
import { Live } from './live.svelte';
import { Assigning } from './assigning.svelte';
import { readAddress, samePlace, type View } from './address';
import { attemptFor, forgetDraft, keepDraft, keptDraft, type Attempt, type Draft } from './draft';
import { nearKinds, nearRadius_m, type List, type Mode } from './mode';
import { Past } from './past.svelte';
import { Patrolling } from './patrolling.svelte';
import { Pointing } from './pointing.svelte';
import { Stepping, type DeskStep } from './stepping.svelte';

export type Opening =
  | { kind: 'opening' }
  | { kind: 'refused'; fault: Fault }
  | { kind: 'empty' }
  | { kind: 'open'; style: object; symbols: SymbolImage[]; atlas: Atlas };

/** A place is brought near and beside the panels, at least at the zoom; a view is taken exactly. */
export type Goal = { kind: 'place'; place: Place; zoom: number } | { kind: 'view'; view: View };

/** So near that buildings and their names are drawn. */
export const closeZoom = 16;

/** The zoom at which an area fills the map, about. */
const areaZooms: Record<string, number> = { district: 11, street: 12.6, community: 14.4, grid: closeZoom };

const caseCount = 30;

/** So old the time line may be when nothing is heard of, and when a case has come or gone. */
const slow_ms = 30_000;
const quick_ms = 2_000;

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
  /** What a list points at, and the case and the person whom the pointer is on, in a list or on the map. */
  readonly pointing = new Pointing();
  /** The area that was searched for. */
  outlined = $state.raw<number | null>(null);
  /** Whether the last word from the server was an answer. */
  reachable = $state(true);
  draft = $state<Draft>(keptDraft().draft);
  /** Where the live tiles are fetched, once they have changed since the style was loaded. */
  liveTiles = $state.raw<string[] | null>(null);
  /** Who is on duty in what is seen. */
  readonly forces = new Forces();
  readonly closures = new Closures();
  readonly coverage = new Coverage();
  readonly stepping = new Stepping();
  readonly past = new Past(() => Date.now() + this.forces.clockOffsetMs);
  /** What has happened since the page was opened. */
  feed = $state.raw<FeedEntry[]>([]);
  list = $state.raw<List>('cases');
  readonly live = new Live(this);
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
    this.coverage.know(city.value.counts);
    const [style, categories, symbols, atlas] = await Promise.all([
      server.askStyle(theme.kind),
      server.askCategories(),
      drawSymbols(),
      drawAtlas(),
      this.loadCases(),
      this.closures.look(),
    ]);
    if (!style.ok) {
      this.opening = { kind: 'refused', fault: style.fault };
      return;
    }
    if (categories.ok) this.categories = categories.value;
    this.opening = { kind: 'open', style: style.value, symbols, atlas };
    this.live.begin();
    void this.past.lookAtPace();
    if (this.list === 'coverage') this.coverage.open();
    if (this.past.at !== null) return this.past.look();
    if (this.mode.kind === 'asked') void this.ask(this.mode.place);
    if (this.mode.kind === 'case') await this.lookAt(this.mode.id).then(() => this.#goToCase());
    if (this.mode.kind === 'patrol') {
      await this.mode.patrolling.look();
      if (!this.view) this.#goToPatrol();
    }
  }

  /** Something that is shown has changed, says the stream. */
  changed(): void {
    void this.lookAgain();
  }

  /** A fact, as it comes. */
  heard(fact: Change | Gone, name: 'change' | 'gone'): void {
    if (name === 'change') this.feed = told(this.feed, fact as Change);
    if (fact.kind === 'case') void this.past.keepUp(quick_ms);
    if (fact.kind === 'patrol') this.covered({ patrols: [fact.id], others: false });
  }

  covered({ patrols, others }: MoreCovered): void {
    this.coverage.changed();
    const { mode } = this;
    if (mode.kind === 'patrol' && (others || patrols.includes(mode.id))) void mode.patrolling.look();
  }

  /** Looks at a moment of the past, `null` at now. What was asked before is left; a report that is being sent is not. */
  lookBack(at: number | null): void {
    if (this.mode.kind === 'reporting' && this.mode.sending.kind === 'sending') return;
    if (at !== null) this.close();
    this.past.show(at);
    this.coverage.showAt(this.past.at);
  }

  /** Shows where a case of the past was. */
  goToPast(one: CaseThen): void {
    this.past.choose(one.id);
    this.goTo(one.place);
  }

  /** Shows a list beside the map; what was asked before is left. */
  showList(list: List): void {
    this.close();
    this.list = list;
    if (list === 'coverage') this.coverage.open();
    else this.coverage.close();
  }

  /** What has this patrol covered? */
  async lookAtPatrol(id: number): Promise<void> {
    if (this.mode.kind === 'reporting' || this.past.at !== null) return;
    this.#leave();
    this.outlined = null;
    const patrolling = new Patrolling(id);
    this.mode = { kind: 'patrol', id, patrolling };
    if (this.opening.kind === 'open') await patrolling.look();
  }

  /** From time to time: what the stream does not tell, and everything where there is no stream. */
  async tick(): Promise<void> {
    void this.past.keepUp(slow_ms);
    if (!this.live.isLive) await this.lookAgain();
    else if (this.mode.kind === 'case') await this.mode.assigning.follow();
  }

  /** Looks whether anything has changed. */
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
    } else if (this.mode.kind === 'case') await this.mode.assigning.follow();
  }

  /** Fetches what lives anew: the hazards on the map, the newest cases, what is closed, and the case that is looked at. */
  async refreshLive(): Promise<void> {
    const [tiles] = await Promise.all([
      server.askTileSet('live'),
      this.loadCases(),
      this.closures.look(),
      this.#refreshCase(),
    ]);
    if (tiles.ok) this.liveTiles = tiles.value.tiles;
  }

  async loadCases(): Promise<void> {
    const cases = await server.askCases(caseCount);
    if (cases.ok) this.cases = cases.value;
  }

  /** What is this case, and who can be there first? Not while a report is written: that would be lost from sight. */
  async lookAt(id: number): Promise<void> {
    if (this.mode.kind === 'reporting' || this.past.at !== null) return;
    this.#leave();
    this.stepping.begin();
    this.outlined = null;
    this.pointed = null;
    this.mode = { kind: 'case', id, answer: { kind: 'waiting' }, assigning: new Assigning(id) };
    if (this.opening.kind !== 'open') return;
    await this.#refreshCase();
  }

  /** Sends a candidate to the case that is looked at. */
  async assign(candidate: Candidate): Promise<void> {
    if (this.mode.kind !== 'case') return;
    await this.mode.assigning.send(candidate);
    // Else the stream says what has changed.
    if (!this.live.isLive) await this.lookAgain();
  }

  /** Takes the case that is looked at a step further. */
  async stepCase(one: Case, step: DeskStep): Promise<void> {
    await this.stepping.take(one, step, this.stepping.note);
    // Refused or not: what is seen may be old by now.
    await this.#refreshCase();
  }

  /** Takes up a case of the feed, without opening it. */
  async acknowledge(item: FeedItem): Promise<void> {
    await this.stepping.take({ id: item.id, revision: item.revision }, 'acknowledged', '');
    if (!this.live.isLive) await this.lookAgain();
  }

  /** What is somebody on the map doing? A patrol or a case is shown; else the place is asked about. */
  async lookAtPerson(responder: number, place: Place): Promise<void> {
    const { mode } = this;
    const [patrols, tasks] = await Promise.all([askPatrols(), askAllTasks()]);
    // The reader may have gone on meanwhile.
    if (this.mode !== mode) return;
    const patrol = patrols.ok ? patrols.value.find((one) => one.responder === responder) : undefined;
    const task = tasks.ok ? tasks.value.find((one) => one.responder === responder) : undefined;
    if (task) await this.lookAt(task.case);
    else if (patrol) await this.lookAtPatrol(patrol.id);
    else await this.ask(place);
  }

  async #refreshCase(): Promise<void> {
    const mode = this.mode;
    if (mode.kind !== 'case') return;
    const [reply] = await Promise.all([server.askCase(mode.id), mode.assigning.look()]);
    this.#heard(reply);
    if (this.mode.kind !== 'case' || this.mode.assigning !== mode.assigning) return;
    const answer = reply.ok
      ? ({ kind: 'answered', found: reply.value } as const)
      : ({ kind: 'refused', fault: reply.fault } as const);
    this.mode = { ...this.mode, answer };
  }

  #leave(): void {
    this.pointing.away();
    if (this.mode.kind === 'case') this.mode.assigning.leave();
    if (this.mode.kind === 'patrol') this.mode.patrolling.leave();
  }

  /** Where is this, what is near? While a report is written, a click moves its place instead. */
  async ask(place: Place): Promise<void> {
    if (this.past.at !== null) return;
    this.pointed = null;
    if (this.mode.kind === 'reporting') return this.#moveReport(place);
    this.#leave();
    this.outlined = null;
    this.closures.refusal = null;
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
    this.#leave();
    this.outlined = null;
    this.mode = { kind: 'looking' };
  }

  goTo(place: Place, zoom = closeZoom): void {
    this.goal = { kind: 'place', place, zoom };
  }

  /** Goes to what was searched: an area is outlined, anything else is asked about. */
  goToFound(found: Found): void {
    const { place, level } = found;
    if (this.mode.kind === 'reporting') return this.goTo(place);
    if (level) {
      this.close();
      this.outlined = found.id;
      this.goal = { kind: 'view', view: { ...place, zoom: areaZooms[level] ?? closeZoom } };
    } else {
      void this.ask(place);
      this.goTo(place);
    }
  }

  /** Day or night, the map too. */
  async showTheme(kind: Theme): Promise<void> {
    const style = await server.askStyle(kind);
    this.#heard(style);
    if (!style.ok) return;
    theme.choose(kind);
    if (this.opening.kind === 'open') this.opening = { ...this.opening, style: style.value };
  }

  toggle(group: LayerGroup): void {
    this.off = this.off.includes(group) ? this.off.filter((other) => other !== group) : [...this.off, group];
    this.forces.switch(!this.off.includes('people'));
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

  #goToCase(): void {
    if (this.mode.kind === 'case' && this.mode.answer.kind === 'answered') {
      this.goTo(this.mode.answer.found.place);
    }
  }

  /** Goes to the first street of the patrol that is looked at: one that was walked, else one of its plan. */
  #goToPatrol(): void {
    if (this.mode.kind !== 'patrol' || this.mode.patrolling.walked.kind !== 'told') return;
    const [lon, lat] = this.mode.patrolling.walked.coverage.stretches[0]?.line[0] ?? [];
    if (lon !== undefined && lat !== undefined) this.goTo({ lon, lat }, 15.5);
  }

  #takeAddress(hash: string): void {
    const { view, at, of, patrol, list, level, days, past, off } = readAddress(hash);
    this.off = off;
    this.coverage.show(level, days);
    if (list !== this.list) {
      this.list = list;
      if (this.opening.kind === 'open' && list === 'coverage') this.coverage.open();
      if (list !== 'coverage') this.coverage.close();
    }
    this.forces.switch(!off.includes('people'));
    this.view = view;
    if (this.mode.kind === 'reporting') return;
    if (past !== null || this.past.at !== null) this.lookBack(past);
    if (this.past.at !== null) return;
    if (at) void this.ask(at);
    else if (of !== null) void this.lookAt(of).then(() => this.#goToCase());
    else if (patrol !== null) void this.lookAtPatrol(patrol).then(() => view ?? this.#goToPatrol());
    else this.close();
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
