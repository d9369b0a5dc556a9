/** The words for what the server names by a code: levels, kinds, states. An unknown code is shown as it is. */
import type { Case, Category } from '../api/questions';
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
  unknown: m.state_unknown,
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

const roles: Words = {
  grid_worker: m.role_grid_worker,
  watcher: m.role_watcher,
  mediator: m.role_mediator,
  expert: m.role_expert,
  officer: m.role_officer,
};
const duties: Words = {
  resident: m.duty_resident,
  rotating: m.duty_rotating,
  on_call: m.duty_on_call,
};
const modes: Words = { foot: m.mode_foot, e_bike: m.mode_e_bike, car: m.mode_car };
const reasons: Words = {
  other_role: m.reason_other_role,
  missing_skill: m.reason_missing_skill,
  other_mode: m.reason_other_mode,
  other_area: m.reason_other_area,
  off_duty: m.reason_off_duty,
  busy: m.reason_busy,
  no_position: m.reason_no_position,
  stale_position: m.reason_stale_position,
  unreachable: m.reason_unreachable,
};
const taskStates: Words = {
  open: m.task_open,
  offered: m.task_offered,
  sent: m.task_sent,
  accepted: m.task_accepted,
  on_scene: m.task_on_scene,
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
export const roleWord = (code: string) => word(roles, code);
export const dutyWord = (code: string) => word(duties, code);
export const modeWord = (code: string) => word(modes, code);
export const reasonWord = (code: string) => word(reasons, code);
export const taskStateWord = (code: string) => word(taskStates, code);
export const channelWord = (code: string) => word(channels, code);

/** The channels, the most usual at a desk first. */
export const channelCodes = Object.keys(channels);

/** The name of a category; the code itself where it is not known. */
export function categoryWord(categories: Category[], code: string, language: Language): string {
  const found = categories.find((category) => category.code === code);
  return found ? found[language] : code;
}

/** What a case is about: its category, or its type where that is not known yet. */
export function caseTitle(
  categories: Category[],
  one: Pick<Case, 'category' | 'type'>,
  language: Language,
): string {
  return one.category ? categoryWord(categories, one.category, language) : caseTypeWord(one.type);
}
