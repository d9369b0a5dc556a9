/**
 * Which layers of the style are switched together? Each layer carries the name of its group in `metadata`, so that
 * whoever draws the style, this page or another, can offer the same switches.
 */
import type { LayerSpecification } from '@maplibre/maplibre-gl-style-spec';

export const layerGroups = [
  'area-district',
  'area-street',
  'area-community',
  'area-grid',
  'streets',
  'compounds',
  'buildings',
  'stations',
  'facilities',
  'hazards',
] as const;

/** People are in no tile and no style: the page that shows them draws them, and switches them too. */
export type LayerGroup = (typeof layerGroups)[number] | 'people';

export function isLayerGroup(word: string): word is LayerGroup {
  return word === 'people' || (layerGroups as readonly string[]).includes(word);
}

const groupKey = 'gridward:group';

/** Marks layers as members of a group. */
export function grouped(group: LayerGroup, layers: LayerSpecification[]): LayerSpecification[] {
  return layers.map((layer) => ({ ...layer, metadata: { [groupKey]: group } }));
}

/** The group of a layer; `undefined` for the ground, which is always there. */
export function groupOf(layer: { metadata?: unknown }): LayerGroup | undefined {
  const metadata = layer.metadata as Record<string, unknown> | undefined;
  const group = metadata?.[groupKey];
  return typeof group === 'string' && isLayerGroup(group) ? group : undefined;
}
