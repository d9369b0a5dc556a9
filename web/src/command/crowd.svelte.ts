/** Who is on duty in the part of the map that is seen, and what is closed there? */
import * as server from '../api/dispatch';
import type { Closable, Closure, Force } from '../api/dispatch';
import type { Fault } from '../api/fault';
import type { Place } from '../api/questions';
import { freshKey } from './draft';

export class Crowd {
  force = $state.raw<Force | null>(null);
  closures = $state.raw<Closure[]>([]);
  /** Why the last gate or street could not be closed or opened. */
  refusal = $state.raw<Fault | null>(null);
  /** What is on its way to the server. */
  busy = $state(false);
  #seen: readonly number[] | null = null;

  /** The map shows another part: west, south, east, north. */
  see(bounds: readonly number[]): void {
    this.#seen = bounds;
    void this.look();
  }

  async look(): Promise<void> {
    const asked = this.#seen;
    if (!asked) return;
    const force = await server.askForce(asked);
    // A part that is not seen any more is not shown.
    if (force.ok && asked === this.#seen) this.force = force.value;
  }

  async loadClosures(): Promise<void> {
    const closures = await server.askClosures();
    if (closures.ok) this.closures = closures.value;
  }

  async close(what: Closable, place: Place): Promise<boolean> {
    return this.#change(() => server.closeWay(freshKey(), what, place));
  }

  async open(id: number): Promise<boolean> {
    return this.#change(() => server.openWay(id));
  }

  async #change(change: () => Promise<{ ok: true } | { ok: false; fault: Fault }>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    const reply = await change();
    this.refusal = reply.ok ? null : reply.fault;
    await this.loadClosures();
    this.busy = false;
    return reply.ok;
  }
}
