import { focusLater } from '../contest/focus.ts';
import { send } from '../contest/send.ts';
import type { ContestStore, View } from '../contest/state.ts';
import type { MessageKey } from '../i18n/en.ts';
import type { Kit } from '../kit.ts';
import { lineForm } from '../settings/form.ts';
import type { Drawn } from '../views/kind.ts';
import { keepTeam, type Team } from './store.ts';

const problems = {
  team_name_taken: 'teamTaken',
  team_full: 'teamFull',
  team_not_found: 'teamUnknown',
  already_in_team: 'teamAlready',
} as const satisfies Record<string, MessageKey>;

/** Two small forms: found a team, or join one by its code. */
export function enter(kit: Kit, store: ContestStore, drawn: Drawn) {
  const { h, session, cleanName } = kit;
  const { say } = drawn.language;
  const { contest } = store.state.value.view as View;

  async function submit(form: 'team-name' | 'team-code', value: string): Promise<void> {
    const founding = form === 'team-name';
    const root = document.activeElement?.shadowRoot;
    if (!value) {
      const text = say(founding ? 'teamNameEmpty' : 'teamCodeEmpty');
      store.mark(form, { text, wrong: true });
      drawn.say(text);
      return;
    }
    const team: Team | null = await send(
      kit,
      store,
      drawn,
      form,
      (as) =>
        founding
          ? kit.call(as, 'POST /contests/{contest}/teams')({ contest: contest.id, name: value })
          : kit.call(as, 'POST /contests/{contest}/teams/join')({ contest: contest.id, inviteCode: value }),
      problems,
    );
    if (!team || !session.own.peek()) return;
    keepTeam(store, team);
    focusLater(root, '.teamname');
    drawn.say(say('teamIn', { name: cleanName(team.name) }));
  }
  const line = (form: 'team-name' | 'team-code', label: MessageKey, button: MessageKey, hint: string, most: number) =>
    lineForm(
      kit,
      form,
      store.sentOf(form),
      { label: say(label), hint, button: say(store.sentOf(form).busy ? 'sending' : button) },
      { maxLength: most },
      (value) => void submit(form, value),
    );
  return [
    h('p', { key: 'why', class: 'small muted' }, say('teamNone')),
    line('team-name', 'teamName', 'teamFoundDo', contest.teamSize ? say('teamMost', { n: contest.teamSize }) : '', 60),
    line('team-code', 'teamCode', 'teamJoinDo', '', 40),
  ];
}
