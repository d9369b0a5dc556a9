/**
 * The colours of the map: the ground is pale by day and dark by night, so that what is urgent stands out.
 *
 * Plain values and no CSS variables, because the style is handed out as JSON to other maps too.
 */
const day = {
  ground: '#f3f1ec',
  district: '#faf9f6',
  compound: '#eef0e4',
  compoundLine: '#d9ddc8',
  building: '#e2dad0',
  buildingLine: '#c6bbad',

  motorway: '#f7d9a6',
  trunk: '#f9e2b5',
  primary: '#fbecc9',
  secondary: '#fdf5df',
  minor: '#ffffff',
  casing: '#d6d1c6',
  casingStrong: '#d9bf8d',
  path: '#c9bfae',
  tunnel: '#efece6',

  borderDistrict: '#5b4a78',
  borderStreet: '#7d6a9c',
  borderCommunity: '#8f7fb0',
  borderGrid: '#9d90b8',

  ink: '#3a3f45',
  inkSoft: '#6a6f75',
  inkBuilding: '#857868',
  inkArea: '#554473',
  halo: '#ffffff',

  hazard: '#c3271d',
  station: '#c2410c',
  inkCompound: '#5d6b3d',

  facility: '#1d6b8f',
  asked: '#14598c',
  people: '#1d7a46',
  sent: '#b95a00',
  certain: '#1d7a46',
  possible: '#7bb38f',
  unproved: '#8a5a83',
} as const;

export type Palette = Record<keyof typeof day, string>;

const night: Palette = {
  ground: '#12161b',
  district: '#181d24',
  compound: '#1d242a',
  compoundLine: '#2f3a40',
  building: '#2a313a',
  buildingLine: '#414b57',

  motorway: '#6b5a38',
  trunk: '#5f5238',
  primary: '#544a38',
  secondary: '#464238',
  minor: '#363d46',
  casing: '#0d1014',
  casingStrong: '#0d1014',
  path: '#4a5058',
  tunnel: '#22282f',

  borderDistrict: '#a893d0',
  borderStreet: '#8d7bb3',
  borderCommunity: '#766798',
  borderGrid: '#62577d',

  ink: '#e4e8ec',
  inkSoft: '#a9b2bb',
  inkBuilding: '#8f99a3',
  inkArea: '#c9b9ec',
  inkCompound: '#a6b58a',
  halo: '#10141a',

  hazard: '#ff6b5e',
  station: '#ff9d66',
  facility: '#6fc1e6',
  asked: '#6ab4ee',
  people: '#2f9e62',
  sent: '#f0a04b',
  certain: '#4cc07d',
  possible: '#3f8f63',
  unproved: '#c79bd0',
};

export type Theme = 'day' | 'night';
export const palettes: Record<Theme, Palette> = { day, night };

/**
 * The classes of coverage, from nothing to all: one hue that darkens, so that the order is seen without colour vision; nothing at all is of
 * another hue. (After ColorBrewer's YlGn and its purples.)
 */
export const coverageRamps: Record<Theme, readonly string[]> = {
  day: ['#c9b3cf', '#edf3d6', '#cfe5b4', '#9fd08f', '#5cab6b', '#237a45'],
  night: ['#6d5478', '#26382a', '#2c5236', '#327045', '#3c9157', '#58bd78'],
};

/** The faces that the build declares in `font-faces`. */
export const regular = ['Noto Sans SC Regular'];
export const bold = ['Noto Sans SC Bold'];
