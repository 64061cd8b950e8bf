import type { Kit } from '../kit.ts';
import type { Drawn } from '../views/kind.ts';
import type { Speech } from './item.ts';
import type { Decision, Queue, Side } from './store.ts';
import type { ReviewKey } from './words.ts';

const sides: (Side | null)[] = [null, 'referrer', 'referee'];

const presets: Record<Decision, ReviewKey[]> = {
  approved: ['preset1', 'preset2'],
  rejected: ['preset3', 'preset4'],
};

/** What is selected, and the reason that every decision needs. */
export function bar({ h }: Kit, queue: Queue, { say }: Speech, announce: Drawn['say']) {
  const { selected, deciding, side, busy } = queue.state.value;
  const n = queue.meant().length;
  if (!deciding) {
    if (selected.size === 0) return null;
    const decide = (decision: Decision, word: ReviewKey) =>
      h(
        'button',
        { type: 'button', class: 'button', onClick: () => queue.set({ deciding: decision }) },
        say(word, { n: selected.size }),
      );
    return h(
      'div',
      { class: 'decide', part: 'footer', key: 'selected' },
      h('p', { class: 'numbers' }, say('picked', { n: selected.size })),
      decide('approved', 'approveMany'),
      decide('rejected', 'rejectMany'),
      h('button', { type: 'button', class: 'button', onClick: () => queue.set({ selected: new Set() }) }, say('clear')),
    );
  }
  async function send(form: HTMLFormElement): Promise<void> {
    const field = form.elements.namedItem('reason') as HTMLInputElement;
    const said = deciding === 'approved' ? 'approvedSaid' : 'rejectedSaid';
    const answer = await queue.decide(field.value.trim());
    if (!answer) return;
    const parts = [say(said, { n: answer.decided.length })];
    if (answer.unchanged.length > 0) parts.push(say('unchangedSaid', { n: answer.unchanged.length }));
    announce(parts.join('. '));
  }
  return h(
    'form',
    {
      class: 'decide',
      part: 'footer',
      key: deciding,
      onSubmit: (event: SubmitEvent) => {
        event.preventDefault();
        void send(event.currentTarget as HTMLFormElement);
      },
    },
    h(
      'div',
      { class: 'tabs', role: 'group', 'aria-label': say('about') },
      sides.map((each) =>
        h(
          'button',
          {
            key: each,
            type: 'button',
            class: 'tab',
            'aria-pressed': each === side,
            onClick: () => queue.set({ side: each }),
          },
          say(`side_${each ?? 'both'}`),
        ),
      ),
    ),
    h(
      'label',
      { class: 'reason' },
      h('span', { class: 'small' }, say('reason')),
      h('input', {
        class: 'field',
        name: 'reason',
        required: true,
        pattern: '.*\\S.*',
        maxLength: 500,
        autocomplete: 'off',
        'aria-describedby': 'hint',
      }),
    ),
    h(
      'p',
      { class: 'presets' },
      presets[deciding].map((preset) =>
        h(
          'button',
          {
            key: preset,
            type: 'button',
            class: 'button small',
            onClick: ({ currentTarget }: MouseEvent) => {
              const field = (currentTarget as Element).closest('form')?.elements.namedItem('reason');
              if (field instanceof HTMLInputElement) field.value = say(preset);
            },
          },
          say(preset),
        ),
      ),
    ),
    h('p', { class: 'small muted', id: 'hint' }, say('reasonHint')),
    h(
      'button',
      { class: 'button primary', disabled: busy },
      say(deciding === 'approved' ? 'approveMany' : 'rejectMany', { n }),
    ),
    h('button', { type: 'button', class: 'button', onClick: () => queue.set({ deciding: null }) }, say('cancel')),
  );
}
