/** Taking a case a step further at the desk, signed by name. */
import type { Fault } from '../api/fault';
import * as server from '../api/questions';
import type { Case } from '../api/questions';
import { freshKey } from './draft';

export type DeskStep = 'acknowledged' | 'handled' | 'closed' | 'dismissed';

/** Which steps may follow a state; the usual one first. */
const following: Record<string, DeskStep[]> = {
  received: ['acknowledged', 'dismissed'],
  acknowledged: ['handled', 'dismissed'],
  assigned: ['handled'],
  handled: ['closed'],
};

export const stepsAfter = (state: string): DeskStep[] => following[state] ?? [];

/** Where the name is kept with which this desk signs. */
const nameKey = 'gridward.desk-name';

function kept(): string {
  try {
    return localStorage.getItem(nameKey) ?? '';
  } catch {
    return '';
  }
}

export class Stepping {
  /** Who sits at this desk, as this person signs. */
  name = $state(kept());
  note = $state('');
  /** The step that is on its way to the server. */
  taking = $state.raw<DeskStep | null>(null);
  refusal = $state.raw<Fault | null>(null);

  /** Whether a step can be taken as things are written. */
  ready(step: DeskStep): boolean {
    const named = this.name.trim() !== '';
    return this.taking === null && named && (step !== 'dismissed' || this.note.trim() !== '');
  }

  /** Another case is looked at: what was written for the one before is not said of it. */
  begin(): void {
    this.note = '';
    this.refusal = null;
  }

  /** Takes a step, with what is said of it; the case as it is then, or `null` where it was refused. */
  async take(one: Pick<Case, 'id' | 'revision'>, step: DeskStep, said: string): Promise<Case | null> {
    if (!this.ready(step)) return null;
    this.taking = step;
    try {
      localStorage.setItem(nameKey, this.name.trim());
    } catch {
      // A browser that keeps nothing asks for the name again.
    }
    const note = said.trim();
    const body = { step, by: this.name.trim(), revision: one.revision, ...(note ? { note } : {}) };
    const reply = await server.stepCase(freshKey(), one.id, body);
    this.taking = null;
    this.refusal = reply.ok ? null : reply.fault;
    if (!reply.ok) return null;
    this.note = '';
    return reply.value;
  }
}
