/** What has one patrol covered so far? Follows it until it is left. */
import type { Fault } from '../api/fault';
import * as server from '../api/patrols';
import type { Patrol, PatrolCoverage } from '../api/patrols';

export type Walked =
  | { kind: 'waiting' }
  | { kind: 'told'; patrol: Patrol; coverage: PatrolCoverage }
  | { kind: 'refused'; fault: Fault };

export class Patrolling {
  walked = $state.raw<Walked>({ kind: 'waiting' });
  readonly id: number;
  #left = false;

  constructor(id: number) {
    this.id = id;
  }

  async look(): Promise<void> {
    const [patrol, coverage] = await Promise.all([
      server.askPatrol(this.id),
      server.askPatrolCoverage(this.id),
    ]);
    if (this.#left) return;
    if (!patrol.ok) this.walked = { kind: 'refused', fault: patrol.fault };
    else if (!coverage.ok) this.walked = { kind: 'refused', fault: coverage.fault };
    else this.walked = { kind: 'told', patrol: patrol.value, coverage: coverage.value };
  }

  leave(): void {
    this.#left = true;
  }
}
