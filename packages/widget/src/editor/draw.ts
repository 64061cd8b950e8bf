import type { After } from './after.ts';
import { ask, asker } from './asking.ts';
import type { Contest } from './form.ts';
import type { Pen } from './pen.ts';

type Winner = After['winners'][number];

/** Seconds after which named numbers may stand in for a beacon that nobody could reach. */
const fallbackMilliseconds = 86_400_000;

/** Whether it is for the host to give the numbers now. */
function wantsNumbers({ draw }: Contest, known: NonNullable<After['draw']>): boolean {
  const { freeze, randomness } = known;
  if (!freeze || randomness || draw.numbers.length === 0) return false;
  if (draw.source === 'numbers') return true;
  return !!freeze.roundAt && Date.now() > Date.parse(freeze.roundAt) + fallbackMilliseconds;
}

/** What the draw waits for, in words. */
function waits({ say, date }: Pen, contest: Contest, known: NonNullable<After['draw']>): string[] {
  const { freeze, randomness, drawnAt } = known;
  const { timeZone } = contest;
  if (!freeze) return [say('waitsFreeze')];
  const frozen = say('frozenAt', {
    time: date(freeze.frozenAt, timeZone),
    n: freeze.root.count,
    tickets: freeze.root.sum,
  });
  if (drawnAt) return [frozen, say('drawnAt', { time: date(drawnAt, timeZone) })];
  if (contest.prizes.length === 0) return [frozen, say('waitsNothing')];
  if (randomness) return [frozen, say('waitsDraw')];
  if (contest.draw.source === 'numbers') return [frozen, say('waitsNumbers')];
  if (!freeze.round || !freeze.roundAt) return [frozen, say('waitsDraw')];
  return [frozen, say('waitsRound', { round: `${freeze.round}`, time: date(freeze.roundAt, timeZone) })];
}

/** The numbers of each source, in the order in which they were drawn. */
function numbersForm({ h, say, editor }: Pen, contest: Contest) {
  return h(
    'form',
    {
      class: 'ask',
      key: 'numbers',
      onSubmit: (event: SubmitEvent) => {
        event.preventDefault();
        const form = event.currentTarget as HTMLFormElement;
        const numbers = contest.draw.numbers.map((_, place) =>
          (form.elements.namedItem(`n${place}`) as HTMLInputElement).value.split(/[^\d]+/).filter(Boolean),
        );
        void editor
          .act(async (who) => {
            await editor.call(who, 'POST /contests/{contest}/draw/numbers')({ contest: contest.id, numbers });
          }, 'numbersSaid')
          .then(() => editor.readOpen());
      },
    },
    h('p', { class: 'subtitle' }, say('numbersTitle')),
    contest.draw.numbers.map((name, place) =>
      h(
        'div',
        { class: 'f', key: name },
        h('label', { for: `n${place}` }, h('bdi', null, name)),
        h('input', {
          id: `n${place}`,
          name: `n${place}`,
          class: 'input',
          required: true,
          pattern: '[^0-9]*[0-9].*',
          autocomplete: 'off',
          dir: 'ltr',
        }),
      ),
    ),
    h('p', { class: 'small warn' }, say('numbersOnce')),
    h('button', { class: 'button primary', disabled: editor.state.value.busy }, say('numbersGive')),
  );
}

function winner(pen: Pen, contest: Contest, each: Winner) {
  const { h, say, date, number, kit, editor } = pen;
  const { asking } = editor.state.value;
  const { timeZone } = contest;
  const { id, place, prize, state, claimBy, claimedAt, notifiedAt, email, claim, replaces, entryId } = each;
  const name = kit.cleanName(each.displayName ?? each.externalId);
  const open = state === 'selected' || state === 'claimed';
  const mail = notifiedAt
    ? say('mailed', { time: date(notifiedAt, timeZone) })
    : say(email ? 'notMailed' : 'noAddress');
  return h(
    'li',
    { key: id, class: `item w_${state}`, part: 'row' },
    h(
      'div',
      { class: 'itemhead' },
      h(
        'p',
        { class: 'grow' },
        h('span', { class: 'numbers muted' }, `${number(place)}. `),
        h('b', null, h('bdi', null, name)),
        h('span', { class: 'small muted' }, ' ', h('bdi', null, prize)),
      ),
      h('span', { class: 'badge', part: 'badge' }, say(`winner_${state}`)),
    ),
    h(
      'p',
      { class: 'small muted' },
      [
        email,
        mail,
        claimedAt && say('claimedAt', { time: date(claimedAt, timeZone) }),
        state === 'selected' && claimBy && say('claimBy', { time: date(claimBy, timeZone) }),
        replaces && say('replaces'),
      ]
        .filter(Boolean)
        .map((part, at) => [at > 0 && ' · ', h('bdi', { key: at }, part)]),
    ),
    claim &&
      h(
        'dl',
        { class: 'claim small' },
        Object.entries(claim).map(([field, value]) => {
          const label = contest.claim?.fields.find((known) => known.id === field)?.label ?? field;
          return h('div', { key: field }, h('dt', null, label), h('dd', null, value));
        }),
      ),
    open &&
      contest.state !== 'closed' &&
      h(
        'div',
        { class: 'acts' },
        state === 'selected' && asker(pen, { what: 'lapse', id, name }, 'lapse', name),
        asker(pen, { what: 'disqualify', id: entryId, name, at: 'winner' }, 'disqualify', name),
      ),
    asking?.what === 'lapse' && asking.id === id && ask(pen, contest, asking),
    asking?.at === 'winner' && asking.id === entryId && ask(pen, contest, asking),
  );
}

/** What the draw waits for, and once it is over who won and whether they have claimed it. */
export function drawPart(pen: Pen, contest: Contest) {
  const { h, say, heading, editor } = pen;
  const { after, busy } = editor.state.value;
  const { state } = contest;
  const ended = state === 'frozen' || state === 'drawn' || state === 'closed';
  if (!ended || !after) return null;
  const drawn = state !== 'frozen';
  const title = (key: 'draw' | 'winners') => h(`h${heading}`, { class: 'subtitle' }, say(key));
  return h(
    'section',
    { class: 'block', key: 'draw' },
    after.draw && [
      title('draw'),
      waits(pen, contest, after.draw).map((line) => h('p', { key: line }, line)),
      wantsNumbers(contest, after.draw) && numbersForm(pen, contest),
    ],
    drawn &&
      after.published === false && [
        h('p', { key: 'unpublished' }, say('unpublished')),
        h(
          'button',
          {
            key: 'publish',
            type: 'button',
            class: 'button primary start',
            disabled: busy,
            onClick: () =>
              void editor
                .act(async (who) => {
                  await editor.call(who, 'POST /contests/{contest}/results/publish')({ contest: contest.id });
                  editor.focus('.told');
                }, 'publishedSaid')
                .then(() => editor.readOpen()),
          },
          say('publish'),
        ),
      ],
    drawn && contest.prizes.length > 0 && title('winners'),
    drawn &&
      contest.prizes.length > 0 &&
      (after.winners.length > 0
        ? h(
            'ol',
            { class: 'rowlist' },
            after.winners.map((each) => winner(pen, contest, each)),
          )
        : h('p', { class: 'muted' }, say('noWinners'))),
  );
}
