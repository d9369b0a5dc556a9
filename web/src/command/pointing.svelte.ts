/** What is pointed at? One state for lists and map, so that each shows what the other points at. */
import type { Place } from '../api/questions';

export class Pointing {
  /** What a list points at: the map draws a ring around it. */
  place = $state.raw<Place | null>(null);
  /** The case whose hazard or row is pointed at. */
  case = $state.raw<number | null>(null);
  /** The person on the map, or on a patrol of the list. */
  responder = $state.raw<number | null>(null);

  /** A row of a list points at a case. */
  atCase(id: number, place: Place | null): void {
    [this.case, this.place] = [id, place];
  }

  /** Nothing is pointed at any more. */
  away(): void {
    [this.case, this.place, this.responder] = [null, null, null];
  }
}
