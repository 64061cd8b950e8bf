import { afterEach, expect, test } from 'vitest';
import { type Kit, kit } from '../kit.ts';
import { session } from '../stores/session.ts';
import { contractOf } from './contract.ts';
import { type Contest, emptyForm, type Form } from './form.ts';
import { createEditor } from './store.ts';

const stops: (() => void)[] = [];

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  session.identify(null);
});

const formNamed = (name: string): Form => ({
  ...emptyForm('UTC'),
  ...{ name, slug: name.toLowerCase(), startsAt: '2030-01-01T09:00', endsAt: '2030-02-01T09:00' },
  prizes: [],
});
const contest = (name: string): Contest =>
  ({ ...contractOf(formNamed(name)), id: name.toLowerCase(), state: 'draft' }) as unknown as Contest;

const later = () => new Promise((done) => setTimeout(done, 5));
const say = (key: string) => key;

/** An editor whose writes wait until `answer` is called. */
async function edit() {
  const writes: { answer(contest: Contest): void; refuse(problem: object): void }[] = [];
  const call = (_: unknown, route: string) => async () => {
    if (route === 'GET /contests') return { items: [contest('A'), contest('B')], nextCursor: null };
    if (route.startsWith('GET')) throw new Error('unread');
    return new Promise((answer, refuse) => {
      writes.push({ answer, refuse });
    });
  };
  session.identify(() => 'token');
  const editor = createEditor({ ...kit, call } as unknown as Kit, '', '');
  stops.push(editor.stop);
  await later();
  const type = (name: string) => editor.set({ form: { ...(editor.state.peek().form as Form), name } });
  const typed = () => editor.state.peek().form?.name;
  const name = () => {
    const { open } = editor.state.peek();
    return open === 'new' ? 'new' : open?.name;
  };
  /** Saves what is typed; the write waits. */
  const send = async () => {
    const saved = editor.save(say);
    await later();
    const write = writes.at(-1);
    if (!write) throw new Error('Nothing was sent');
    return { ...write, saved };
  };
  return { editor, type, typed, name, send };
}

test('what is saved is taken, and nothing is left to save', async () => {
  const { editor, type, typed, name, send } = await edit();
  editor.open(contest('A'));
  type('A one');
  const { answer, saved } = await send();
  answer({ ...contest('A'), name: 'A one' });
  expect(await saved).toBe(true);
  expect([name(), typed(), editor.isDirty()]).toEqual(['A one', 'A one', false]);
  expect(editor.state.peek().note).toEqual({ key: 'savedSaid', bad: false });
});

test('what is typed while it is saved stays, and is still to be saved', async () => {
  const { editor, type, typed, name, send } = await edit();
  editor.open(contest('A'));
  type('A one');
  const { answer, saved } = await send();
  type('A one two');
  answer({ ...contest('A'), name: 'A one' });
  await saved;
  expect([name(), typed(), editor.isDirty()]).toEqual(['A one', 'A one two', true]);
});

test('what is saved of one contest leaves another, and what is typed of it, alone', async () => {
  const { editor, type, typed, name, send } = await edit();
  editor.open(contest('A'));
  type('A one');
  const { answer, saved } = await send();
  editor.open(contest('B'));
  type('B one');
  answer({ ...contest('A'), name: 'A one' });
  await saved;
  expect([name(), typed(), editor.state.peek().note]).toEqual(['B', 'B one', null]);
  expect(editor.state.peek().contests?.map((each) => each.name)).toEqual(['A one', 'B']);
  editor.open(editor.state.peek().contests?.[0] as Contest);
  expect([typed(), editor.isDirty()]).toEqual(['A one', false]);
});

test('what is refused of one contest is said, without its fields, while another is open', async () => {
  const { editor, type, send } = await edit();
  editor.open(contest('A'));
  type('A one');
  const { refuse, saved } = await send();
  editor.open(contest('B'));
  refuse({ status: 400, code: 'invalid', message: 'No', errors: [{ pointer: '#/name', detail: 'No' }] });
  expect(await saved).toBe(false);
  expect(editor.state.peek()).toMatchObject({ faults: {}, busy: false, note: { key: 'refused', bad: true } });
});

test('a contest that is created after one has gone back is in the list, and what was typed since is kept of it', async () => {
  const { editor, type, typed, name, send } = await edit();
  editor.open('new');
  editor.set({ form: formNamed('C') });
  const { answer, saved } = await send();
  type('C one');
  editor.back();
  answer(contest('C'));
  await saved;
  expect(name()).toBeUndefined();
  const [made] = editor.state.peek().contests ?? [];
  expect(made?.id).toBe('c');
  editor.open(made as Contest);
  expect([typed(), editor.isDirty()]).toEqual(['C one', true]);
  editor.open('new');
  expect(typed()).toBe('');
});

test('a contest that is created becomes the one that is open, with what was typed meanwhile', async () => {
  const { editor, type, typed, name, send } = await edit();
  editor.open('new');
  editor.set({ form: formNamed('C') });
  const { answer, saved } = await send();
  type('C one');
  answer(contest('C'));
  await saved;
  expect([name(), typed(), editor.isDirty()]).toEqual(['C', 'C one', true]);
});

test('what else becomes of a contest does not open it again', async () => {
  const { editor, type, typed, name } = await edit();
  editor.open(contest('A'));
  editor.open(contest('B'));
  type('B one');
  expect(editor.take({ ...contest('A'), state: 'scheduled' })).toBe(false);
  expect([name(), typed()]).toEqual(['B', 'B one']);
  expect(editor.state.peek().contests?.map(({ state }) => state)).toEqual(['scheduled', 'draft']);
});
