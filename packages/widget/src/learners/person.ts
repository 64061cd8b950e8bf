import { clock } from './peaks.ts';
import { nameOf, type Pen, titleOf } from './pen.ts';
import type { Asking, Learner, ProgressEvent } from './store.ts';

function deed({ say }: Pen, { kind, segments, positionMs, score, name }: ProgressEvent): string {
  if (kind === 'watched') {
    return say('did_watched', {
      parts: segments.map(([from = 0, to = 0]) => `${clock(from)}–${clock(to)}`).join(', '),
    });
  }
  if (kind === 'position') return say('did_position', { at: clock(positionMs ?? 0) });
  if (kind === 'scored') return say('did_scored', { score: score ?? 0 });
  if (kind === 'happened') return say('did_happened', { name: name ?? '' });
  return say(`did_${kind}`);
}

function events(pen: Pen) {
  const { h, say, date, state, store } = pen;
  const { events: all, eventsCursor } = state;
  return [
    all?.length === 0 && h('p', { class: 'muted small', key: 'none' }, say('noEvents')),
    h(
      'ol',
      { class: 'events', key: 'events', 'aria-busy': !all },
      all?.map((event) =>
        h(
          'li',
          { key: event.id },
          h('span', null, h('bdi', null, titleOf(pen, event.lesson)), ': ', deed(pen, event)),
          event.suspect && h('span', { class: 'badge odd' }, say('suspect')),
          h('span', { class: 'small muted numbers' }, date(event.occurredAt)),
        ),
      ),
    ),
    eventsCursor &&
      h(
        'button',
        { type: 'button', class: 'button small', key: 'more', onClick: () => void store.readEvents(eventsCursor) },
        say('more'),
      ),
  ];
}

/** A list to choose from, in a form. */
function choice({ h }: Pen, label: string, name: string, choices: readonly (readonly [string, string])[], now = '') {
  return h(
    'label',
    { class: 'f' },
    h('span', { class: 'small' }, label),
    h(
      'select',
      { class: 'input', name },
      choices.map(([value, words]) => h('option', { key: value, value, selected: value === now }, words)),
    ),
  );
}

/** Asks for what is needed, and does it. */
export function ask(pen: Pen, what: Asking, learner: Learner | null) {
  const { h, say, store, state } = pen;
  const { course, cohorts, lessons, busy } = state;
  const close = () => {
    store.focus(`[data-ask="${what}"]`);
    store.set({ asking: null });
  };
  const send = async (form: HTMLFormElement) => {
    const data = new FormData(form);
    const value = (name: string) => `${data.get(name) ?? ''}`.trim();
    const slug = course?.slug ?? '';
    const enrolment = learner?.enrolment ?? '';
    const works: Record<Asking, () => Promise<boolean>> = {
      sign: () =>
        store.act((who) => {
          const given = { course: slug, participant: learner?.participant ?? '', lesson: value('lesson') };
          return store.call(who, 'POST /courses/{course}/complete')(given);
        }, 'signedSaid'),
      move: () =>
        store.act(
          (who) => store.call(who, 'POST /enrolments/{enrolment}/move')({ enrolment, cohort: value('cohort') || null }),
          'movedSaid',
        ),
      cancel: () =>
        store.act(
          (who) => store.call(who, 'POST /enrolments/{enrolment}/cancel')({ enrolment, reason: value('reason') }),
          'cancelledSaid',
        ),
      enrol: () =>
        store.act((who) => {
          const given = { course: slug, participant: value('participant') };
          const more = { ...(value('cohort') && { cohort: value('cohort') }), ...(data.has('free') && { free: true }) };
          return store.call(who, 'POST /courses/{course}/enroll')({ ...given, ...more });
        }, 'enrolledSaid'),
    };
    if (await works[what]()) pen.announce(say(`${what}Done`));
  };
  const groups = [['', say('noCohort')] as const, ...cohorts.map(({ slug, name }) => [slug, name] as const)];
  return h(
    'form',
    {
      key: what,
      class: 'ask',
      part: 'form',
      onSubmit: (event: SubmitEvent) => {
        event.preventDefault();
        if (!busy) void send(event.currentTarget as HTMLFormElement);
      },
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        close();
      },
    },
    what === 'sign' &&
      choice(
        pen,
        say('signWhat'),
        'lesson',
        lessons.map(({ id, title }) => [id, title]),
        learner?.lesson ?? '',
      ),
    what === 'enrol' &&
      h(
        'label',
        { class: 'f' },
        h('span', { class: 'small' }, say('enrolWhom')),
        h('input', {
          class: 'input',
          name: 'participant',
          required: true,
          maxLength: 200,
          dir: 'ltr',
          autocomplete: 'off',
        }),
      ),
    (what === 'move' || (what === 'enrol' && cohorts.length > 0)) &&
      choice(pen, say('cohort'), 'cohort', groups, what === 'move' ? (learner?.cohort ?? '') : state.cohort),
    what === 'enrol' &&
      course?.price &&
      h('label', { class: 'tick' }, h('input', { type: 'checkbox', name: 'free' }), h('span', null, say('free'))),
    what === 'cancel' && [
      h('p', { class: 'small muted', key: 'is' }, say('cancelIs')),
      h(
        'label',
        { class: 'f', key: 'reason' },
        h('span', { class: 'small' }, say('reason')),
        h('input', { class: 'input', name: 'reason', required: true, pattern: '.*\\S.*', maxLength: 500, dir: 'auto' }),
      ),
    ],
    h(
      'div',
      { class: 'acts' },
      h('button', { class: 'button primary small', 'aria-disabled': busy }, say(`${what}Do`)),
      h('button', { type: 'button', class: 'button small', onClick: close }, say('cancel')),
    ),
  );
}

/** One learner: what they did, and what staff can do for them. */
export function person(pen: Pen, learner: Learner) {
  const { h, say, date, store, state, heading } = pen;
  const { asking } = state;
  const { externalId, version, enrolledAt, suspect } = learner;
  return h(
    'aside',
    {
      class: 'someone',
      key: learner.enrolment,
      'aria-label': nameOf(pen, learner),
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key === 'Escape') store.open(null);
      },
    },
    h(
      'div',
      { class: 'personhead' },
      h(`h${heading}`, { class: 'subtitle', tabIndex: -1 }, h('bdi', null, nameOf(pen, learner))),
      h('button', { type: 'button', class: 'button small', onClick: () => store.open(null) }, say('close')),
    ),
    h(
      'p',
      { class: 'small muted' },
      h('code', { dir: 'ltr' }, externalId),
      ` · ${say('version', { n: version })} · ${say('since', { date: date(enrolledAt) })}`,
    ),
    suspect && h('p', { class: 'small warn' }, say('suspectIs')),
    asking && asking !== 'enrol'
      ? ask(pen, asking, learner)
      : h(
          'div',
          { class: 'acts' },
          (['sign', 'move', 'cancel'] as const).map((what) =>
            h(
              'button',
              {
                key: what,
                type: 'button',
                class: 'button small',
                'data-ask': what,
                onClick: () => {
                  store.focus('.ask .input');
                  store.set({ asking: what, note: null });
                },
              },
              say(`${what}Do`),
            ),
          ),
        ),
    h(`h${Math.min(6, heading + 1)}`, { class: 'small muted' }, say('events')),
    events(pen),
  );
}
