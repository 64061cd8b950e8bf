import { fullWall, instantsOf, wallTime } from '../forms/zoned-time.ts';
import type { Contest } from './form.ts';
import type { Pen } from './pen.ts';
import type { Asking } from './store.ts';
import type { EditorKey } from './words.ts';

const titles: Record<Asking['what'], EditorKey> = {
  pause: 'pauseTitle',
  resume: 'resumeTitle',
  extend: 'extendTitle',
  lapse: 'lapseTitle',
  disqualify: 'disqualifyTitle',
};
const buttons: Record<Asking['what'], EditorKey> = {
  pause: 'pause',
  resume: 'resume',
  extend: 'extend',
  lapse: 'lapse',
  disqualify: 'disqualify',
};
const saids: Record<Asking['what'], EditorKey> = {
  pause: 'pausedSaid',
  resume: 'resumedSaid',
  extend: 'extendedSaid',
  lapse: 'lapsedSaid',
  disqualify: 'disqualifiedSaid',
};

const keyOf = ({ what, at, id = '' }: Asking) => `${what}-${at ?? ''}-${id}`;

/** The button that asks for what something needs. */
export function asker({ h, say, editor }: Pen, asking: Asking, label: EditorKey, name?: string) {
  const id = keyOf(asking);
  return h(
    'button',
    {
      type: 'button',
      class: 'button small',
      'data-ask': id,
      'aria-label': name ? say('actOn', { act: say(label), name }) : undefined,
      onClick: () => {
        editor.focus('.ask .input');
        editor.set({ asking, note: null });
      },
    },
    say(label),
  );
}

/** Asks for what is needed: a note, a reason, a new end. */
export function ask(pen: Pen, contest: Contest, asking: Asking) {
  const { what, id = '', name } = asking;
  const key = keyOf(asking);
  const { h, say, editor, announce } = pen;
  const { busy } = editor.state.value;
  const { timeZone } = contest;
  const reason = what === 'lapse' || what === 'disqualify';
  const close = () => {
    editor.focus(`[data-ask="${key}"]`);
    editor.set({ asking: null });
  };
  const send = async (form: HTMLFormElement) => {
    const value = (field: string) => (form.elements.namedItem(field) as HTMLInputElement | null)?.value ?? '';
    const note = value('note').trim();
    const found = what === 'extend' ? instantsOf(value('until'), timeZone) : null;
    const { call } = editor;
    const params = { contest: contest.id };
    const done = await editor.act(async (as) => {
      if (what === 'pause') editor.take(await call(as, 'POST /contests/{contest}/pause')({ ...params, note }));
      else if (what === 'resume') editor.take(await call(as, 'POST /contests/{contest}/resume')({ ...params, note }));
      else if (what === 'extend') {
        const endsAt = found ? new Date(found.last).toISOString() : '';
        editor.take(await call(as, 'POST /contests/{contest}/extend')({ ...params, endsAt, note }));
      } else if (what === 'lapse') await call(as, 'POST /winners/{winner}/lapse')({ winner: id, reason: note });
      else await call(as, 'POST /contests/{contest}/disqualifications')({ ...params, entryId: id, reason: note });
    }, saids[what]);
    if (!done) return;
    // Another contest may be open by now.
    if (editor.state.peek().asking === asking) {
      editor.focus('.told');
      editor.set({ asking: null });
      announce(say(saids[what]));
    }
    await editor.readOpen();
  };
  return h(
    'form',
    {
      key,
      class: 'ask',
      part: 'form',
      onSubmit: (event: SubmitEvent) => {
        event.preventDefault();
        void send(event.currentTarget as HTMLFormElement);
      },
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key === 'Escape') close();
      },
    },
    h('p', { class: 'subtitle' }, say(titles[what], { name: name ?? '' })),
    what === 'extend' &&
      h(
        'div',
        { class: 'f' },
        h('label', { for: 'ask-until' }, say('newEnd')),
        h('input', {
          id: 'ask-until',
          class: 'input',
          name: 'until',
          type: 'datetime-local',
          step: 1,
          required: true,
          min: fullWall(wallTime(Date.parse(contest.endsAt), timeZone)) ?? undefined,
          defaultValue: wallTime(Date.parse(contest.endsAt), timeZone),
        }),
        h('p', { class: 'small muted' }, timeZone),
      ),
    h(
      'div',
      { class: 'f' },
      h('label', { for: 'ask-note' }, say(reason ? 'publicReason' : 'publicNote')),
      h('textarea', {
        id: 'ask-note',
        class: 'input',
        name: 'note',
        rows: 2,
        required: true,
        maxLength: reason ? 300 : 500,
        dir: 'auto',
        'aria-describedby': 'ask-hint',
      }),
      h(
        'p',
        { class: `small ${reason ? 'warn' : 'muted'}`, id: 'ask-hint' },
        say(what === 'lapse' ? 'lapseHint' : what === 'disqualify' ? 'noNames' : 'noteHint'),
      ),
    ),
    h(
      'div',
      { class: 'acts' },
      h('button', { class: 'button primary', disabled: busy }, say(buttons[what])),
      h('button', { type: 'button', class: 'button', onClick: close }, say('cancel')),
    ),
  );
}
