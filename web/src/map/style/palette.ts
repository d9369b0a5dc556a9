/**
 * The colours of the map by day: the ground is pale, so that what is urgent stands out.
 *
 * Plain values and no CSS variables, because the style is handed out as JSON to other maps too.
 */
export const day = {
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
  facility: '#1d6b8f',
  asked: '#14598c',
  people: '#1d7a46',
  sent: '#b95a00',
  certain: '#1d7a46',
  possible: '#7bb38f',
  unproved: '#8a5a83',
} as const;

/**
 * The classes of coverage, from nothing to all: one hue that darkens, so that the order is seen without colour vision; nothing at all is of
 * another hue. (After ColorBrewer's YlGn and its purples.)
 */
export const coverageRamp = ['#c9b3cf', '#edf3d6', '#cfe5b4', '#9fd08f', '#5cab6b', '#237a45'] as const;

/** The faces that the build declares in `font-faces`. */
export const regular = ['Noto Sans SC Regular'];
export const bold = ['Noto Sans SC Bold'];
