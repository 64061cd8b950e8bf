import { handOver } from '../forms/save-file.ts';
import { unfinished } from './check.ts';
import { jump } from './edits.ts';
import type { ShownFault } from './faults.ts';
import { difference } from './merge.ts';
import { outline } from './outline.ts';
import { button, type CoursePen, told } from './pen.ts';
import { askPublish } from './publish.ts';

/** Somebody else has saved meanwhile, and both cannot be brought together: what to do. */
function conflict(pen: CoursePen) {
  const { h, say, state, author, nodes, course } = pen;
  const { theirs } = state;
  if (!theirs) return null;
  const { added, removed, changed } = difference(theirs.nodes, nodes);
  return h(
    'section',
    { class: 'note conflict', key: 'conflict', role: 'alert' },
    h('p', null, h('b', null, say('conflictTitle'))),
    h('p', null, say('conflictHint')),
    h(
      'p',
      { class: 'small' },
      say('conflictWhat', { added: added.length, removed: removed.length, changed: changed.length }),
    ),
    h(
      'div',
      { class: 'acts' },
      button(pen, say('takeMine'), () => author.autosave.settle('mine')),
      button(pen, say('takeTheirs'), () => author.autosave.settle('theirs')),
      button(pen, say('mineAsFile'), () => {
        const text = JSON.stringify({ nodes }, null, 2);
        handOver(new Blob([text], { type: 'application/json' }), `${course.slug}-mine.json`);
      }),
    ),
  );
}

/** All that is wrong or not finished, each leading to its field. */
export function faultList(pen: CoursePen): ShownFault[] {
  const { nodes, state, say } = pen;
  const own = nodes.flatMap((node) =>
    unfinished(node).map(({ field, word }) => ({ id: node.id, field, detail: say(word) })),
  );
  const marked = new Set(own.map(({ id, field }) => `${id}${field}`));
  return [...own, ...state.draftFaults.filter(({ id, field }) => !marked.has(`${id}${field}`))];
}

function faults(pen: CoursePen, found: readonly ShownFault[]) {
  const { h, say, nodes } = pen;
  return h(
    'details',
    { class: 'part faults', key: 'faults' },
    h('summary', null, h('b', { class: 'numbers' }, say('faultsN', { n: found.length }))),
    h(
      'ul',
      { class: 'missing' },
      found.map((fault, place) =>
        h(
          'li',
          { key: place },
          fault.id
            ? h(
                'button',
                { type: 'button', class: 'open', onClick: () => jump(pen, fault) },
                h('bdi', null, nodes.find(({ id }) => id === fault.id)?.title || fault.id),
                ': ',
                fault.detail,
              )
            : h('span', null, fault.detail),
        ),
      ),
    ),
  );
}

/** What is open of the tree; what it is written with is a file of its own. */
function side(pen: CoursePen) {
  const { h, say, state, nodes, kit } = pen;
  const writing = kit.chunk('writing');
  if (writing && nodes.some(({ id }) => id === state.selected)) return writing.pane(pen);
  const words = writing === null ? 'notRead' : nodes.length > 0 ? 'pickOne' : 'startHere';
  return h('div', { class: 'pane hollow muted', key: 'none' }, h('p', null, say(words)));
}

/** The curriculum: the tree, what is open of it, and what has become of the draft. */
export function content(pen: CoursePen) {
  const { h, say, state, author } = pen;
  const { saving } = state;
  const found = faultList(pen);
  const bad = saving === 'away' || saving === 'refused' || saving === 'signedOut';
  return h(
    'div',
    { class: 'content', key: 'content' },
    conflict(pen),
    h('div', { class: 'desk' }, outline(pen), side(pen)),
    h(
      'div',
      { class: 'savebar', part: 'footer', key: 'bar' },
      told(pen),
      found.length > 0 && faults(pen, found),
      h(
        'div',
        { class: 'acts' },
        h(
          'p',
          { class: `state s_${saving}${bad ? ' wrong' : ' muted'}`, role: bad ? 'alert' : undefined },
          h('span', { class: 'dot', 'aria-hidden': true }),
          say(`saving_${saving}`),
        ),
        bad && button(pen, say('again'), () => void author.autosave.save()),
        h(
          'button',
          {
            type: 'button',
            class: 'button primary publish',
            'aria-disabled': state.busy || found.length > 0 || pen.nodes.length === 0,
            'aria-describedby': found.length > 0 ? 'why-not' : undefined,
            onClick: () => {
              if (!state.busy && found.length === 0 && pen.nodes.length > 0) void askPublish(pen);
            },
          },
          say('publish'),
        ),
        found.length > 0 && h('span', { class: 'small muted', id: 'why-not' }, say('faultsFirst')),
      ),
    ),
  );
}
