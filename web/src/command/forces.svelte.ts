/** Who is on duty in the part of the map that is seen? */
import { askForce, type Force } from '../api/people';

export class Forces {
  force = $state.raw<Force | null>(null);
  #seen: readonly number[] | null = null;

  /** The map shows another part: west, south, east, north. */
  see(bounds: readonly number[]): void {
    this.#seen = bounds;
    void this.look();
  }

  async look(): Promise<void> {
    const asked = this.#seen;
    if (!asked) return;
    const force = await askForce(asked);
    // A part that is not seen any more is not shown.
    if (force.ok && asked === this.#seen) this.force = force.value;
  }
}
