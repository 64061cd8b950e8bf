import { ask, asker } from './asking.ts';
import { drawPart } from './draw.ts';
import type { Contest } from './form.ts';
import type { Pen } from './pen.ts';
import { files, saveFile } from './save.ts';
import type { EditorKey } from './words.ts';

const exported: Record<keyof typeof files, EditorKey> = {
  csv: 'exportCsv',
  photoFinish: 'exportPhotoFinish',
  evidence: 'exportEvidence',
  evidencePage: 'exportEvidencePage',
  rules: 'exportRules',
};

/** Moves a contest: `draft`, `scheduled` or `closed`. */
function mover(
  { h, say, editor }: Pen,
  contest: Contest,
  state: 'draft' | 'scheduled' | 'closed',
  label: EditorKey,
  done: EditorKey,
) {
  const { busy } = editor.state.value;
  return h(
    'button',
    {
      type: 'button',
      class: `button${state === 'draft' ? '' : ' primary'}`,
      disabled: busy,
      onClick: () => {
        if (editor.isDirty()) {
          editor.focus('.told');
          editor.set({ note: { key: 'saveFirst', bad: true } });
          return;
        }
        void editor
          .act(async (who) => {
            const changed = await editor.call(who, 'PATCH /contests/{contest}')({ contest: contest.id, state });
            if (editor.take(changed)) editor.focus('.told');
          }, done)
          .then(() => editor.readOpen());
      },
    },
    say(label),
  );
}

/** What can be done with the contest now. */
function controls(pen: Pen, contest: Contest) {
  const { h, say, date } = pen;
  const { state, startsAt, endsAt, timeZone } = contest;
  const when = { start: date(startsAt, timeZone), end: date(endsAt, timeZone), zone: timeZone };
  const some = {
    draft: () => mover(pen, contest, 'scheduled', 'schedule', 'scheduledSaid'),
    scheduled: () => mover(pen, contest, 'draft', 'unschedule', 'draftSaid'),
    live: () => [asker(pen, { what: 'pause' }, 'pause'), asker(pen, { what: 'extend' }, 'extend')],
    paused: () => [asker(pen, { what: 'resume' }, 'resume'), asker(pen, { what: 'extend' }, 'extend')],
    frozen: () => contest.prizes.length === 0 && mover(pen, contest, 'closed', 'close', 'closedSaid'),
    drawn: () => null,
    closed: () => null,
  };
  return h(
    'section',
    { class: 'block', key: 'controls' },
    h('p', null, say(`now_${state}`, when)),
    h('div', { class: 'acts' }, some[state]()),
  );
}

function history({ h, say, date, heading, editor }: Pen, { timeZone }: Contest) {
  const { after } = editor.state.value;
  return h(
    'section',
    { class: 'block', key: 'history' },
    h(`h${heading}`, { class: 'subtitle' }, say('history')),
    h(
      'ol',
      { class: 'events', 'aria-busy': !after },
      after?.history.map(({ from, to, note, actor, at }) =>
        h(
          'li',
          { key: at + to },
          h('b', null, say(from === to ? 'extendedStep' : `state_${to}`)),
          h('span', { class: 'small muted' }, `${date(at, timeZone)}${actor ? ` · ${actor}` : ''}`),
          note && h('q', null, note),
        ),
      ),
    ),
  );
}

/** Who is on the board, to take somebody out. */
function board(pen: Pen, contest: Contest) {
  const { h, say, heading, number, editor, kit } = pen;
  const { after, asking } = editor.state.value;
  const rows = after?.board?.items ?? [];
  const out = new Set(after?.disqualifications.map(({ entryId }) => entryId));
  if (rows.length === 0) return null;
  return h(
    'section',
    { class: 'block', key: 'board' },
    h(`h${heading}`, { class: 'subtitle' }, say('board')),
    h(
      'ol',
      { class: 'people' },
      rows.map(({ id, rank, name, score }) => {
        const shown = kit.cleanName(name);
        return h(
          'li',
          { key: id, part: 'row' },
          h('span', { class: 'numbers muted' }, number(rank)),
          h('bdi', { class: 'grow' }, shown),
          h('span', { class: 'numbers' }, say('previewPoints', { n: score })),
          out.has(id)
            ? h('span', { class: 'small muted' }, say('out'))
            : contest.state !== 'closed' &&
                asker(pen, { what: 'disqualify', id, name: shown, at: 'board' }, 'disqualify', shown),
          asking?.at === 'board' && asking.id === id && ask(pen, contest, asking),
        );
      }),
    ),
    after?.board?.nextCursor &&
      h(
        'button',
        {
          type: 'button',
          class: 'button small',
          onClick: () =>
            void editor.act(async (who) => {
              const { after: was } = editor.state.peek();
              const page = await editor.call(
                who,
                'GET /contests/{contest}/leaderboard',
              )({ contest: contest.id, limit: 50, cursor: was?.board?.nextCursor ?? undefined });
              if (!was?.board || editor.state.peek().after !== was) return;
              const items = [...was.board.items, ...page.items];
              editor.set({ after: { ...was, board: { items, nextCursor: page.nextCursor } } });
            }, 'readSaid'),
        },
        say('more'),
      ),
  );
}

function disqualifications({ h, say, date, heading, editor }: Pen, { timeZone }: Contest) {
  const list = editor.state.value.after?.disqualifications ?? [];
  if (list.length === 0) return null;
  return h(
    'section',
    { class: 'block', key: 'out' },
    h(`h${heading}`, { class: 'subtitle' }, say('disqualifications')),
    h(
      'ol',
      { class: 'events' },
      list.map(({ number, entryId, reason, at }) =>
        h(
          'li',
          { key: number },
          h('code', null, entryId),
          h('span', { class: 'small muted' }, date(at, timeZone)),
          h('q', null, reason),
        ),
      ),
    ),
  );
}

function exports({ h, say, heading, editor }: Pen, { slug, state }: Contest) {
  const begun = state !== 'draft' && state !== 'scheduled';
  const drawn = state === 'drawn' || state === 'closed';
  const there: Record<keyof typeof files, boolean> = {
    ...{ csv: begun, photoFinish: drawn || state === 'frozen' },
    ...{ evidence: drawn, evidencePage: drawn, rules: true },
  };
  const offered = (Object.keys(files) as (keyof typeof files)[]).filter((file) => there[file]);
  return h(
    'section',
    { class: 'block', key: 'exports' },
    h(`h${heading}`, { class: 'subtitle' }, say('export')),
    h(
      'div',
      { class: 'acts' },
      offered.map((file) =>
        h(
          'button',
          { key: file, type: 'button', class: 'button small', onClick: () => void saveFile(editor, slug, file) },
          say(exported[file]),
        ),
      ),
    ),
  );
}

/** The running of a contest: what can be done now, the draw and its winners, who is on the board, the history. */
export function run(pen: Pen, contest: Contest) {
  const { asking } = pen.editor.state.value;
  const own = asking && !asking.id;
  return pen.h(
    'div',
    { class: 'run', key: 'run' },
    controls(pen, contest),
    own && ask(pen, contest, asking),
    drawPart(pen, contest),
    board(pen, contest),
    disqualifications(pen, contest),
    history(pen, contest),
    exports(pen, contest),
  );
}
