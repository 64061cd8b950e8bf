import { copyField } from '../contest/copy-field.ts';
import { learn } from '../contest/learn.ts';
import type { ContestStore, View } from '../contest/state.ts';
import type { Kit } from '../kit.ts';
import { formWords } from '../parts/form-words.ts';
import { phaseOf } from '../stores/phase.ts';
import type { Drawn } from '../views/kind.ts';
import { enter } from './enter.ts';
import { leave } from './leave.ts';
import { type Team, teamOf } from './store.ts';
import { words } from './words.ts';

export { style } from './style.ts';

/** All that the file brings in English. */
export const english: typeof words & typeof formWords = { ...words, ...formWords };

/** The own team with its code and members. */
function members(kit: Kit, store: ContestStore, team: Team, drawn: Drawn) {
  const { h, cleanName } = kit;
  const { say, number } = drawn.language;
  const over = phaseOf((store.state.value.view as View).contest) === 'over';
  return [
    h('p', { key: 'name', class: 'strong teamname', tabIndex: -1 }, h('bdi', null, cleanName(team.name))),
    !over &&
      h(
        'div',
        { key: 'code', class: 'form' },
        h('p', { class: 'small muted' }, say('teamCodeHint')),
        copyField(kit, store, drawn, 'team', team.inviteCode, {
          label: say('teamCode'),
          copy: say('copyCode'),
          said: say('codeCopied'),
          failed: say('codeSelected'),
        }),
      ),
    h(
      'table',
      { key: 'members', class: 'sources numbers small' },
      h('caption', { class: 'said' }, say('teamMembers')),
      h(
        'tbody',
        null,
        team.members.map(({ id, name, score, self }) =>
          h(
            'tr',
            { key: id },
            h(
              'th',
              { scope: 'row' },
              h('bdi', null, cleanName(name)),
              self && h('span', { class: 'badge', part: 'badge' }, say('you')),
            ),
            h('td', { class: 'score' }, score === null ? '–' : number(score)),
          ),
        ),
      ),
    ),
    !over && leave(kit, store, drawn),
  ];
}

/** The visitor's team: its members and code, or how to found or join one. */
export function team(kit: Kit, store: ContestStore, drawn: Drawn) {
  const { h } = kit;
  const { language, heading } = drawn;
  if (!learn(kit, language, english)) return null;
  const own = teamOf(kit, store);
  const over = phaseOf((store.state.value.view as View).contest) === 'over';
  if (own === undefined || (own === null && over)) return null;
  return h(
    'section',
    { key: 'team', class: 'half team', part: 'team', role: 'group', 'aria-label': language.say('team') },
    h(`h${Math.min(6, heading + 1)}`, { class: 'sub' }, language.say('team')),
    own ? members(kit, store, own, drawn) : enter(kit, store, drawn),
  );
}
