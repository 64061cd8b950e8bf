import type { Kit } from '../kit.ts';
import { problemWord } from '../parts/problem-words.ts';
import type { Me, Program, Referral } from '../stores/referral.ts';
import type { Drawn } from '../views/kind.ts';
import { settingsOf } from './kept.ts';
import { goingOf, setGoing } from './left.ts';

/** Leaves, once it was confirmed; the card is then one of somebody who left. */
async function leave(
  { session, call }: Kit,
  card: Referral,
  program: string,
  focus: ShadowRoot,
  { language, say }: Drawn,
): Promise<void> {
  setGoing(card, { step: 'busy', problem: '' });
  try {
    const left = await session.mine((as) => call(as, 'POST /programs/{program}/leave')({ program }));
    if (!left) throw left;
    setGoing(card, { step: 'calm', left: true, focus });
    say(language.say('leftTitle'));
    card.read();
  } catch (error) {
    const problem = language.say(problemWord(error, { network_error: 'leaveFailed' }));
    setGoing(card, { step: 'sure', problem });
    say(problem);
  }
}

/** The small print of a card: how invitations count, who sees the name, how to leave. */
export function print(kit: Kit, card: Referral, about: Program, me: Me, drawn: Drawn) {
  const { h, cleanName } = kit;
  const { say } = drawn.language;
  const { model, windowDays, creditWindowDays } = about.attribution;
  const { introducedAs } = settingsOf(kit, card, me).settings;
  const { step, problem } = goingOf(card);
  const change =
    (next: 'calm' | 'sure', focus: string) =>
    ({ currentTarget }: MouseEvent) => {
      const root = (currentTarget as Element).getRootNode() as ShadowRoot;
      setGoing(card, { step: next, problem: '' });
      setTimeout(() => root.querySelector<HTMLElement>(focus)?.focus());
    };
  const button = (word: 'leaveProgram' | 'leaveNow' | 'stayIn', name: string, onClick: (event: MouseEvent) => void) =>
    h(
      'button',
      {
        key: word,
        type: 'button',
        class: `button quiet ${name}`,
        part: name,
        'aria-disabled': step === 'busy',
        onClick,
      },
      say(word),
    );
  return [
    h('dt', { key: 'counts' }, say('howCounts')),
    h(
      'dd',
      { key: 'counting' },
      say('countsWindow', { n: windowDays }),
      ' ',
      say(model === 'first' ? 'countsFirst' : 'countsLast'),
      ' ',
      creditWindowDays === null ? say('countsEver') : say('countsCredit', { n: creditWindowDays }),
    ),
    h('dt', { key: 'who' }, say('whoSees')),
    h(
      'dd',
      { key: 'seen' },
      introducedAs === undefined
        ? ''
        : introducedAs
          ? say('seesName', { name: cleanName(introducedAs) })
          : say('seesNone'),
      ' ',
      say('seesElse'),
    ),
    h('dt', { key: 'how' }, say('howLeave')),
    h(
      'dd',
      { key: 'leaving', class: 'leaving' },
      h('p', null, say('leaveHint')),
      step === 'calm'
        ? button('leaveProgram', 'leave', change('sure', '.leave-now'))
        : h('div', { class: 'pair', role: 'group', 'aria-label': say('leaveSure') }, [
            h('p', { key: 'sure' }, say('leaveSure')),
            button('leaveNow', 'leave-now', ({ currentTarget }) => {
              const root = (currentTarget as Element).getRootNode() as ShadowRoot;
              if (step !== 'busy') void leave(kit, card, about.slug, root, drawn);
            }),
            button('stayIn', 'stay', change('calm', '.leave')),
          ]),
      h('p', { class: 'small wrong', part: 'error' }, problem),
    ),
  ];
}
