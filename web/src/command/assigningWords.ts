/** What is said of somebody who can be sent, in one line? */
import type { Candidate, Position } from '../api/people';
import { m } from '../paraglide/messages.js';
import { ago } from '../words/figures';
import { dutyWord } from '../words/vocabulary';

/** From where it is known where somebody is, and since when: a fix and its age, the duty post, or only the grid. */
export function positionWords({ source, age_s, accuracy_m, precision }: Position): string {
  if (source === 'duty_post') return m.at_post();
  const said = [ago(age_s ?? 0)];
  if (precision === 'grid') said.push(m.grid_only());
  else if (accuracy_m != null) said.push(m.accuracy({ n: String(Math.round(accuracy_m)) }));
  return said.join(' ');
}

/** The kind of duty, the position, and the minutes until this person sets out. */
export function candidateDetail({ duty, position, turnout_s }: Candidate): string {
  const said = [dutyWord(duty.kind), positionWords(position)];
  if (turnout_s > 0) said.push(m.turnout({ n: String(Math.round(turnout_s / 60)) }));
  return said.join(' · ');
}
