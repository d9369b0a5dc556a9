/** Which gates and streets are closed for a time? */
import type { Fault } from '../api/fault';
import * as server from '../api/roads';
import type { Closable, Closure } from '../api/roads';
import type { Place } from '../api/questions';
import { freshKey } from './draft';

export class Closures {
  all = $state.raw<Closure[]>([]);
  /** Why the last gate or street could not be closed or opened. */
  refusal = $state.raw<Fault | null>(null);
  /** Whether a change is on its way to the server. */
  busy = $state(false);

  async look(): Promise<void> {
    const closures = await server.askClosures();
    if (closures.ok) this.all = closures.value;
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
    await this.look();
    this.busy = false;
    return reply.ok;
  }
}
