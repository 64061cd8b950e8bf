import type { Kit } from '../kit.ts';
import type { Drawn } from '../views/kind.ts';
import { chapters } from './chapters.ts';
import { clockTime } from './clock-time.ts';
import { coverage } from './coverage.ts';
import { onKey } from './keys.ts';
import { screen } from './screen.ts';
import type { Watching } from './watching.ts';
import { speech } from './words.ts';

const rates = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];

const announced = new WeakSet<Watching>();

/** A video with what was watched of it, its chapters and what is to be told. */
export function player(kit: Kit, watching: Watching, drawn: Drawn) {
  const { h, icon, paths } = kit;
  const { say, number } = speech(drawn.language.locale);
  const { lesson } = watching;
  const { rate, waiting, offline, refused, done, celebrate, begun, resume } = watching.state.value;
  if (celebrate && !announced.has(watching)) {
    announced.add(watching);
    // What is said is drawn too: not while this is.
    queueMicrotask(() => drawn.say(say('doneSaid')));
  }
  const why = refused === 'lesson_locked' || refused === 'lesson_not_found' ? (`why_${refused}` as const) : 'why_other';
  const note = (key: string, text: string, bad = false) =>
    h('p', { key, class: `note small ${key}`, ...(bad && { part: 'error' }) }, h('span', null, text));
  const known = rates.includes(rate) ? rates : [...rates, rate].sort((a, b) => a - b);
  return h(
    'div',
    { class: 'watch', onKeyDown: (event: KeyboardEvent) => onKey(watching, event) },
    screen(kit, watching, say),
    h(
      'div',
      { class: 'under' },
      coverage(kit, watching, say),
      lesson.video.provider !== 'vimeo' &&
        h(
          'label',
          { class: 'small speed' },
          h('span', null, say('speed')),
          h(
            'select',
            {
              class: 'input',
              value: `${rate}`,
              onChange: (event: Event) => watching.speed(Number((event.currentTarget as HTMLSelectElement).value)),
            },
            known.map((each) =>
              h('option', { key: each, value: `${each}`, selected: each === rate }, `${number(each)}×`),
            ),
          ),
        ),
    ),
    done &&
      h(
        'p',
        { key: 'done', class: `finished${celebrate ? ' fresh' : ''}`, part: 'badge' },
        icon(paths.copied),
        h('span', null, say(celebrate ? 'doneSaid' : 'done')),
      ),
    resume > 0 &&
      !begun &&
      h(
        'p',
        { key: 'resume', class: 'note small resume' },
        h('span', null, say('resumed', { time: clockTime(resume) })),
        h('button', { type: 'button', class: 'button small', onClick: () => void watching.goTo(0) }, say('restart')),
      ),
    offline ? note('offline', say('offline')) : waiting > 0 && note('waiting', say('waiting')),
    refused && note('refused', say('refused', { why: say(why) }), true),
    chapters(kit, watching, drawn, say),
  );
}
