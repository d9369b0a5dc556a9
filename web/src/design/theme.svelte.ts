/**
 * Day or night? What the reader chose, else what the machine is set to. The pages name colours by tokens (`tokens.css`), the map by the palette of the
 * theme.
 */
import { coverageRamps, palettes, type Palette, type Theme } from '../map/style/palette';

const key = 'gridward.theme';

function chosen(): Theme | null {
  try {
    const kept = localStorage.getItem(key);
    return kept === 'day' || kept === 'night' ? kept : null;
  } catch {
    return null;
  }
}

function ofMachine(): Theme {
  return typeof matchMedia === 'function' && matchMedia('(prefers-color-scheme: dark)').matches
    ? 'night'
    : 'day';
}

class ThemeState {
  kind = $state.raw<Theme>(chosen() ?? ofMachine());

  constructor() {
    this.#show();
  }

  get palette(): Palette {
    return palettes[this.kind];
  }

  get ramp(): readonly string[] {
    return coverageRamps[this.kind];
  }

  choose(kind: Theme): void {
    this.kind = kind;
    try {
      localStorage.setItem(key, kind);
    } catch {
      // A browser that keeps nothing forgets the choice with the page.
    }
    this.#show();
  }

  #show(): void {
    if (typeof document !== 'undefined') document.documentElement.dataset['theme'] = this.kind;
  }
}

export const theme = new ThemeState();
