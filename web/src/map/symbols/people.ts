/**
 * How a person on duty is drawn: the glyph and the colour tell the role, the outline tells the kind of duty, so that
 * neither hangs on colour alone. A square stays at its post, a circle goes round, a diamond comes when called.
 */

const glyphs: Record<string, { colour: string; glyph: string }> = {
  // Whoever it is.
  anybody: { colour: '#6a6f75', glyph: '' },
  // The four fields of a grid.
  grid_worker: {
    colour: '#1d7a46',
    glyph:
      '<path d="M9 9h3.4v3.4H9zM13.6 9H17v3.4h-3.4zM9 13.6h3.4V17H9zM13.6 13.6H17V17h-3.4z" fill="#fff"/>',
  },
  // An eye.
  watcher: {
    colour: '#7a5c00',
    glyph:
      '<path d="M7.6 13C9 10.4 10.9 9.2 13 9.2s4 1.2 5.4 3.8c-1.4 2.6-3.3 3.8-5.4 3.8s-4-1.2-5.4-3.8z" fill="#fff"/>' +
      '<circle cx="13" cy="13" r="1.9" fill="#7a5c00"/>',
  },
  // What is said between two.
  mediator: {
    colour: '#6b3fa0',
    glyph: '<path d="M8 9.2h10v6h-5.4L10 17.6v-2.4H8z" fill="#fff"/>',
  },
  // A star.
  expert: {
    colour: '#0f6b7a',
    glyph:
      '<path d="m13 7.8 1.6 3.5 3.8.4-2.8 2.6.8 3.8-3.4-1.9-3.4 1.9.8-3.8-2.8-2.6 3.8-.4z" fill="#fff"/>',
  },
  // A shield.
  officer: {
    colour: '#23408e',
    glyph: '<path d="m13 8 4.6 1.5v3.2c0 2.8-1.9 4.6-4.6 5.6-2.7-1-4.6-2.8-4.6-5.6V9.5z" fill="#fff"/>',
  },
};

const outlines: Record<string, string> = {
  resident: '<rect x="3.5" y="3.5" width="19" height="19" rx="4" ',
  rotating: '<circle cx="13" cy="13" r="10.5" ',
  on_call: '<rect x="4" y="4" width="18" height="18" rx="3.5" transform="rotate(45 13 13)" ',
};

export function personSymbol(role: string, duty: string): string {
  return `person-${role in glyphs ? role : 'anybody'}-${duty in outlines ? duty : 'rotating'}`;
}

/** The drawings as SVG, by the names that {@link personSymbol} gives. */
export function personDrawings(): Record<string, string> {
  const drawings: Record<string, string> = {};
  for (const role of Object.keys(glyphs)) {
    for (const duty of Object.keys(outlines)) {
      drawings[personSymbol(role, duty)] = svg(26, body(role, duty, 'free'));
    }
  }
  return drawings;
}

/** `free`, `busy` with a task (a ring around), or `stale`: seen too long ago to be relied on (hollow, its outline broken). */
export type PersonState = 'free' | 'busy' | 'stale';

/** What tells one symbol of a person from another. */
export interface Look {
  role: string;
  duty: string;
  state: PersonState;
}

/** Every look there is. */
export function personLooks(): Look[] {
  const states: PersonState[] = ['free', 'busy', 'stale'];
  return Object.keys(glyphs).flatMap((role) =>
    Object.keys(outlines).flatMap((duty) => states.map((state) => ({ role, duty, state }))),
  );
}

/** A look as SVG, with room around it for the ring of who is busy. */
export function personDrawing({ role, duty, state }: Look): string {
  const ring =
    state === 'busy'
      ? '<circle cx="20" cy="20" r="17.5" fill="none" stroke="#fff" stroke-width="5"/>' +
        '<circle cx="20" cy="20" r="17.5" fill="none" stroke="#b95a00" stroke-width="3"/>'
      : '';
  return svg(40, `${ring}<g transform="translate(7 7)">${body(role, duty, state)}</g>`);
}

function body(role: string, duty: string, state: PersonState): string {
  const { colour, glyph } = glyphs[role] ?? (glyphs['anybody'] as { colour: string; glyph: string });
  const outline = outlines[duty] ?? outlines['rotating'];
  if (state !== 'stale') return `${outline}fill="${colour}" stroke="#fff" stroke-width="2"/>${glyph}`;
  const hollow = glyph.replaceAll('#fff', '\u0000').replaceAll(colour, '#fff').replaceAll('\u0000', colour);
  return `${outline}fill="#fff" stroke="${colour}" stroke-width="2" stroke-dasharray="3 2.4"/>${hollow}`;
}

function svg(side: number, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 ${side} ${side}">${content}</svg>`;
}
