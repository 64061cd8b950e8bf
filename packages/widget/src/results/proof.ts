import { addressOf } from '../contest/foot.ts';
import type { ContestStore, View } from '../contest/state.ts';
import type { Kit } from '../kit.ts';
import type { Drawn } from '../views/kind.ts';
import { begin, type Check, checkOf, fresh } from './check.ts';
import { facts } from './facts.ts';
import { type Outcome, outcomeOf, parts } from './proof-parts.ts';

const drawings: Record<Outcome, string> = {
  passed: 'M5 12.5 10 17.5 19 7',
  failed: 'M6 6 18 18M18 6 6 18',
  running: 'M12 7v5l3 2M12 3.5a8.5 8.5 0 1 0 .01 0',
  skipped: 'M6 12h12',
};

const said = { passed: 'stepPassed', failed: 'stepFailed', running: 'stepRunning', skipped: 'stepSkipped' } as const;
const titles = { promised: 'stepPromised', entries: 'stepEntries', chance: 'stepChance' } as const;

function conclusion({ done, valid, unread }: Check, { language: { say } }: Drawn): string {
  if (unread) return say('verifyUnread');
  if (!done) return '';
  return say(valid ? 'verifiedAll' : 'verifiedNot');
}

/** The draw checked on the visitor's own device, in three steps that are shown as they pass, and the evidence to take along. */
export function proof(kit: Kit, store: ContestStore, drawn: Drawn) {
  const { h, icon, Link, chunk } = kit;
  const { language, heading } = drawn;
  const { say } = language;
  const { contest } = store.state.value.view as View;
  const engine = chunk('verify');
  const idle = engine === null ? { ...fresh, done: true, unread: true } : fresh;
  const check = checkOf(store) ?? (engine ? begin(kit, engine, store, drawn) : idle);
  const level = Math.min(6, heading + 2);
  const step = (part: keyof typeof titles) => {
    const outcome = outcomeOf(check, part);
    return h(
      'li',
      { key: part, class: `proof ${outcome}`, part: 'step' },
      h('span', { class: 'mark', 'aria-hidden': true }, icon(drawings[outcome])),
      h(
        'div',
        { class: 'task' },
        h(
          'p',
          { class: 'facts' },
          h(`h${level}`, { class: 'strong' }, say(titles[part])),
          h('span', { class: 'small verdict' }, say(said[outcome])),
        ),
        h('p', { class: 'small muted' }, say(`${titles[part]}Text`)),
        facts(kit, check, part, language),
      ),
    );
  };
  const words = conclusion(check, drawn);
  return h(
    'div',
    { class: 'panel proofs', part: 'verify', tabIndex: -1, 'aria-busy': !check.done },
    h(`h${Math.min(6, heading + 1)}`, { class: 'sub' }, say('verifyTitle')),
    !check.unread && h('ol', null, parts.map(step)),
    words &&
      h(
        'p',
        {
          class: check.unread ? 'note' : check.valid ? 'sum-up good' : 'sum-up bad',
          tabIndex: -1,
          part: check.valid ? 'footer' : 'error',
        },
        h('span', null, words),
      ),
    check.done &&
      engine &&
      (check.unread || !check.valid) &&
      h(
        'button',
        { type: 'button', class: 'button', onClick: () => engine && begin(kit, engine, store, drawn) },
        say('tryAgain'),
      ),
    h(
      'p',
      { class: 'small muted files' },
      h(Link, { href: addressOf(kit, contest.id, 'draw/evidence.json'), outside: true }, say('evidenceFile')),
      ' · ',
      h(Link, { href: addressOf(kit, contest.id, 'draw/evidence.html'), outside: true }, say('evidencePage')),
      h('br', null),
      say('offlineCheck'),
    ),
  );
}
