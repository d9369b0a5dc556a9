/** What the stream says, as the server describes it, and how it is read from the bytes that come. */
import type { components } from '../api/schema';

type Schemas = components['schemas'];
export type Hello = Schemas['Hello'];
export type Beat = Schemas['Beat'];
export type Change = Schemas['Change'];
export type Gone = Schemas['Gone'];
export type Reload = Schemas['Reload'];
export type PeopleMoved = Schemas['PeopleMoved'];
export type PeopleCounted = Schemas['PeopleCounted'];
export type MoreCovered = Schemas['MoreCovered'];

export type LiveEvent =
  | { name: 'hello'; data: Hello }
  | { name: 'beat'; data: Beat }
  | { name: 'reload'; data: Reload }
  | { name: 'change'; data: Change }
  | { name: 'gone'; data: Gone }
  | { name: 'people'; data: PeopleMoved }
  | { name: 'counts'; data: PeopleCounted }
  | { name: 'covered'; data: MoreCovered };

/** Reads Server-Sent Events out of text that comes in pieces; a piece may end anywhere. */
export class EventReader {
  /** The `id` of the last event that had one: where to resume. */
  lastId: string | null = null;
  #rest = '';

  /** The events that are whole with this piece. */
  read(piece: string): LiveEvent[] {
    const blocks = (this.#rest + piece).split('\n\n');
    this.#rest = blocks.pop() ?? '';
    return blocks.flatMap((block) => this.#event(block) ?? []);
  }

  #event(block: string): LiveEvent | null {
    const fields = new Map(
      block.split('\n').flatMap((line) => {
        const at = line.indexOf(': ');
        return at > 0 ? [[line.slice(0, at), line.slice(at + 2)] as const] : [];
      }),
    );
    const [name, data] = [fields.get('event'), fields.get('data')];
    if (!name || !data) return null;
    this.lastId = fields.get('id') ?? this.lastId;
    return { name, data: JSON.parse(data) } as LiveEvent;
  }
}
