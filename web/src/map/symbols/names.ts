/** Which kinds of facility have a drawing of their own (`facility-<kind>.svg`)? The others show `facility.svg`. */
export const facilityKinds = [
  'party_service',
  'canteen',
  'clinic',
  'child_care',
  'elder_care',
  'mediation',
  'legal_aid',
  'police',
  'fire_station',
  'school',
  'public_office',
] as const;

export type FacilityKind = (typeof facilityKinds)[number];
