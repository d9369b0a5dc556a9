/** All looks of people in one picture, for a layer that draws them by the thousand. */
import { personDrawing, personLooks, type Look } from './people';

/** The side of a symbol in the picture, pixels: twice what it is on the map at its largest. */
export const cell_px = 80;
const columns = 8;

export interface Atlas {
  picture: OffscreenCanvas | HTMLCanvasElement;
  columns: number;
  rows: number;
  /** Which cell of the picture shows a look. */
  at(look: Look): number;
}

const keyOf = ({ role, duty, state }: Look): string => `${role}/${duty}/${state}`;

export async function drawAtlas(): Promise<Atlas> {
  const looks = personLooks();
  const rows = Math.ceil(looks.length / columns);
  const canvas = document.createElement('canvas');
  canvas.width = columns * cell_px;
  canvas.height = rows * cell_px;
  // It is handed to the map's own picture: kept by the processor until then.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('this browser draws no 2D canvas');
  await Promise.all(
    looks.map(async (look, at) => {
      const image = new Image();
      image.src = `data:image/svg+xml,${encodeURIComponent(personDrawing(look))}`;
      await image.decode();
      const [x, y] = [(at % columns) * cell_px, Math.floor(at / columns) * cell_px];
      context.drawImage(image, x, y, cell_px, cell_px);
    }),
  );
  const index = new Map(looks.map((look, at) => [keyOf(look), at]));
  return { picture: canvas, columns, rows, at: (look) => index.get(keyOf(look)) ?? 0 };
}
