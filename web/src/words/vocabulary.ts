/** The words for what the server names by a code: levels, kinds, states. An unknown code is shown as it is. */
import type { Category } from '../api/questions';
import { m } from '../paraglide/messages.js';
import type { Language } from './language.svelte';

type Words = Record<string, () => string>;

const levels: Words = {
  district: m.level_district,
  street: m.level_street,
  community: m.level_community,
  grid: m.level_grid,
};
const kinds: Words = {
  hazard: m.hazard,
  station: m.station,
  facility: m.facility,
  building: m.building,
  compound: m.compound,
  street: m.street,
};
const states: Words = {
  received: m.state_received,
  acknowledged: m.state_acknowledged,
  assigned: m.state_assigned,
  handled: m.state_handled,
  closed: m.state_closed,
  dismissed: m.state_dismissed,
  open: m.state_open,
  cleared: m.state_cleared,
};
const caseTypes: Words = {
  police_matter: m.case_police_matter,
  work_order: m.case_work_order,
  petition: m.case_petition,
  dispute: m.case_dispute,
  hazard: m.case_hazard,
  help: m.case_help,
};
const facilities: Words = {
  party_service: m.facility_party_service,
  canteen: m.facility_canteen,
  clinic: m.facility_clinic,
  child_care: m.facility_child_care,
  elder_care: m.facility_elder_care,
  mediation: m.facility_mediation,
  legal_aid: m.facility_legal_aid,
  police: m.facility_police,
  fire_station: m.facility_fire_station,
  school: m.facility_school,
  public_office: m.facility_public_office,
};
const channels: Words = {
  desk: m.channel_desk,
  patrol: m.channel_patrol,
  hotline: m.channel_hotline,
  window: m.channel_window,
  app: m.channel_app,
  platform: m.channel_platform,
};

const weekdays = [m.weekday_0, m.weekday_1, m.weekday_2, m.weekday_3, m.weekday_4, m.weekday_5, m.weekday_6];

/** The name of a day of the week, counted from Sunday, 0. */
export const weekdayWord = (day: number) => weekdays[day]?.() ?? '';

function word(words: Words, code: string): string {
  return words[code]?.() ?? code;
}

export const levelWord = (code: string) => word(levels, code);
export const kindWord = (code: string) => word(kinds, code);
export const stateWord = (code: string) => word(states, code);
export const caseTypeWord = (code: string) => word(caseTypes, code);
export const facilityWord = (code: string) => word(facilities, code);
export const channelWord = (code: string) => word(channels, code);

/** The channels, the most usual at a desk first. */
export const channelCodes = Object.keys(channels);

/** The name of a category; the code itself where it is not known. */
export function categoryWord(categories: Category[], code: string, language: Language): string {
  const found = categories.find((category) => category.code === code);
  return found ? found[language] : code;
}
