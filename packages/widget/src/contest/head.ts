import type { Kit } from '../kit.ts';
import { countdownFigures, countdownWords } from '../parts/countdown-words.ts';
import { day } from '../parts/day.ts';
import { deadlineOf, phaseOf } from '../stores/phase.ts';
import type { Drawn } from '../views/kind.ts';
import type { Contest, ContestStore, View } from './state.ts';

/** Time left: figures for the eye, words that change once a minute for those who listen. */
function clock({ h }: Kit, contest: Contest, { locale, say, date }: Drawn['language']) {
  const phase = phaseOf(contest);
  if (phase === 'over') return say(contest.state === 'closed' ? 'final' : 'ended');
  if (contest.state === 'paused') return say('paused');
  const to = deadlineOf(contest);
  const left = Date.parse(to) - Date.now();
  if (left <= 0) return say('ending');
  const message = phase === 'soon' ? 'startsIn' : 'left';
  return h(
    'time',
    { dateTime: to, title: date(to, 'full', contest.timeZone) },
    h('span', { 'aria-hidden': true, class: 'numbers' }, say(message, { time: countdownFigures(left, locale) })),
    h('span', { class: 'said' }, say(message, { time: countdownWords(left, locale) })),
  );
}

/** What the host said last about a pause that lasts, or about a later end. */
function notesOf(
  { contest, history }: View,
  { say, locale }: Drawn['language'],
  cleanName: Kit['cleanName'],
): string[] {
  const last = history.at(-1);
  const moved = history.findLast(({ from, to }) => from !== null && from === to);
  const notes: string[] = [];
  if (contest.state === 'paused') {
    const note = history.findLast(({ from, to }) => to === 'paused' && from !== to)?.note;
    notes.push(note ? cleanName(note) : say('pausedNote'));
  } else if (last?.from === 'paused' && last.note) notes.push(cleanName(last.note));
  if (phaseOf(contest) === 'running' && moved) {
    notes.push(`${say('extended', { date: day(locale, contest.endsAt) })} ${moved.note ? cleanName(moved.note) : ''}`);
  }
  return notes;
}

/** Name, time left, what it is about, and what the host said of pauses and a later end. */
export function head(kit: Kit, view: View, store: ContestStore, { heading, language }: Drawn) {
  const { h, title, cleanName } = kit;
  const { contest } = view;
  const running = phaseOf(contest) === 'running' && contest.state !== 'paused';
  const notes = notesOf(view, language, cleanName);
  if (store.state.value.offline) notes.push(language.say('offlineContest', { time: language.date(view.at, 'time') }));
  return h(
    'div',
    { class: 'about' },
    h(
      'div',
      { class: 'top' },
      title(heading, cleanName(contest.name)),
      h(
        'p',
        { class: 'clock small muted', part: 'badge' },
        running && h('span', { class: 'dot on' }),
        clock(kit, contest, language),
      ),
    ),
    contest.description && h('p', { class: 'muted prose' }, contest.description),
    notes.map((note) => h('p', { key: note, class: 'note small', part: 'error' }, h('span', null, note))),
  );
}
