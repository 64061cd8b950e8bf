import type { Api } from '@laurelkit/sdk/client';
import type { Signal } from '@preact/signals';
import type { Faults } from '../forms/sheet.ts';
import type { Kit } from '../kit.ts';
import { type After, readAfter } from './after.ts';
import { changesOf, contractOf } from './contract.ts';
import { faultsOf } from './faults.ts';
import { type Contest, emptyForm, type Form, formOf } from './form.ts';
import type { EditorKey } from './words.ts';

/** What of an opened contest is shown. */
export type Tab = 'settings' | 'preview' | 'run';
/** What is about to be done, until what it needs is said. */
export interface Asking {
  what: 'pause' | 'resume' | 'extend' | 'lapse' | 'disqualify';
  /** The winner or the entry. */
  id?: string;
  name?: string;
  /** Where an entry was chosen. */
  at?: 'winner' | 'board';
}
/** Something to tell: words of ours, and what the API said. */
export interface Note {
  key: EditorKey;
  bad: boolean;
  detail?: string;
}

/** What the editor shows. */
export interface EditorState {
  /** `undefined` until the first answer, `null` when the visitor is no staff. */
  contests: readonly Contest[] | null | undefined;
  nextCursor: string | null;
  /** The contest that is open, `new` for one that is not there yet, `null` for the list. */
  open: Contest | 'new' | null;
  tab: Tab;
  form: Form | null;
  faults: Faults;
  note: Note | null;
  busy: boolean;
  failed: boolean;
  /** What is known of the running of the contest that is open. */
  after: After | null;
  asking: Asking | null;
}

type Connection = NonNullable<ReturnType<Kit['session']['own']['peek']>>;
type Failure = { status?: number; code?: string; message?: string; errors?: { pointer: string; detail: string }[] };
type Say = (key: EditorKey) => string;

const pageSize = 20;
const freshMilliseconds = 15_000;
const soonMilliseconds = 4000;

/** The state of one editor, and what can be done with it. */
export type Editor = ReturnType<typeof createEditor>;

/** The contests of a programme, and the one that is open. */
export function createEditor({ signal, session, call, later }: Kit, program: string, first: string) {
  const state: Signal<EditorState> = signal<EditorState>({
    ...{ contests: undefined, nextCursor: null, open: null, tab: 'settings', form: null, faults: {}, note: null },
    ...{ busy: false, failed: false, after: null, asking: null },
  });
  const set = (changes: Partial<EditorState>) => {
    state.value = { ...state.peek(), ...changes };
  };
  /** What was typed and not saved, by contest: kept while something else is looked at. */
  const typed = new Map<string, Form>();
  /** Each creation is one, however often it is sent. */
  let sent = { body: '', key: '' };
  let turn = 0;
  /** Goes up whenever another contest, or the list, is opened. */
  let visit = 0;
  const self = { focus: null as string | null, generation: 0 };
  const focus = (selector: string) => {
    self.focus = selector;
  };

  /** Says why something did not work; of what is no longer `here`, without the fields that are wrong. */
  const fail = (error: unknown, here = true) => {
    const { status = 0, code, message = '', errors } = error as Failure;
    const faults = Object.fromEntries(errors?.map(({ pointer, detail }) => [pointer, detail]) ?? []);
    if (code === 'slug_taken') faults['#/slug'] = message;
    const found = here && Object.keys(faults).length > 0;
    const away = !status || status >= 500;
    const note: Note = found
      ? { key: 'notSaved', bad: true }
      : status === 401
        ? { key: 'signedOutNow', bad: true }
        : { key: away ? 'notReached' : 'refused', bad: true, ...(!away && { detail: message }) };
    if (here) focus(found ? '[aria-invalid=true], .wrong[tabindex]' : '.told');
    set({ ...(here && { faults }), note, busy: false });
  };

  /** Does something for the one who asks; `false` when it did not work, which is then said. */
  async function act(work: (who: Connection) => Promise<void>, done: EditorKey): Promise<boolean> {
    const who = session.own.peek();
    if (!who || state.peek().busy) return false;
    const mine = visit;
    set({ busy: true, note: null });
    try {
      await work(who);
      set({ busy: false, ...(mine === visit && { note: { key: done, bad: false }, faults: {} }) });
      return true;
    } catch (error) {
      fail(error, mine === visit);
      return false;
    }
  }

  async function readList(cursor?: string): Promise<void> {
    const who = session.own.peek();
    if (!who) return set({ contests: null });
    turn += 1;
    const mine = turn;
    try {
      const page = { limit: pageSize, ...(program && { program }), ...(cursor && { cursor }) };
      const { items, nextCursor } = await call(who, 'GET /contests')(page);
      if (mine !== turn) return;
      set({ contests: [...(cursor ? (state.peek().contests ?? []) : []), ...items], nextCursor, failed: false });
    } catch (error) {
      if (mine !== turn) return;
      const { status } = error as Failure;
      if (status === 401 || status === 403) set({ contests: null });
      else set({ failed: true, contests: state.peek().contests ?? [] });
    }
  }

  const idOf = (open: EditorState['open']) => (open === 'new' ? 'new' : (open?.id ?? ''));
  const isDirty = (): boolean => {
    const { open, form } = state.peek();
    if (!form || !open) return false;
    return open !== 'new' && Object.keys(changesOf(open, form)).length > 0;
  };
  const keep = () => {
    const { open, form } = state.peek();
    if (!form || !open) return;
    if (open === 'new' || isDirty()) typed.set(idOf(open), form);
    else typed.delete(idOf(open));
  };

  /** Another form: fields are made anew, and show what is in it. */
  const fill = (form: Form) => {
    self.generation += 1;
    return form;
  };

  const listed = (contest: Contest) => state.peek().contests?.map((each) => (each.id === contest.id ? contest : each));

  /**
   * What was read of a contest anew: into the list, and where it is open its settings into the form, unless something was
   * typed. Answers whether it is open.
   */
  function take(contest: Contest): boolean {
    set({ contests: listed(contest) });
    const { open: now, form } = state.peek();
    if (idOf(now) !== contest.id) return false;
    set({ open: contest, form: isDirty() ? form : fill(formOf(contest)) });
    return true;
  }

  /** Takes what became of a form that was sent. What was typed since stays. Answers whether that form is open as it was sent. */
  function settle(before: Contest | 'new', sent: Form, saved: Contest): boolean {
    const id = idOf(before);
    const { open: now, form, contests } = state.peek();
    const here = idOf(now) === id;
    const newer = here ? form : typed.get(id);
    const typedOn = newer && newer !== sent;
    typed.delete(id);
    const others = contests?.filter(({ id }) => id !== saved.id) ?? [];
    set({ contests: before === 'new' ? [saved, ...others] : listed(saved) });
    if (here) set({ open: saved, form: typedOn ? newer : fill(formOf(saved)) });
    else if (typedOn) typed.set(saved.id, newer);
    return here && !typedOn;
  }

  async function readOpen(): Promise<void> {
    const who = session.own.peek();
    const { open } = state.peek();
    if (!who || !open || open === 'new') return;
    try {
      const [contest, after] = await Promise.all([
        call(who, 'GET /contests/{contest}')({ contest: open.id }),
        readAfter(call, who, open, state.peek().after),
      ]);
      const now = state.peek();
      if (idOf(now.open) !== open.id || now.busy) return;
      if (isDirty() || now.tab === 'settings') set({ after, failed: false });
      else {
        take(contest);
        set({ after, failed: false });
      }
    } catch {
      if (idOf(state.peek().open) === open.id) set({ failed: true });
    }
  }

  /** After a refusal: the contest may have begun, and what is fixed be another. What was typed, and from what, stays. */
  async function rebase(): Promise<void> {
    const who = session.own.peek();
    const { open } = state.peek();
    if (!who || !open || open === 'new') return;
    try {
      const contest = await call(who, 'GET /contests/{contest}')({ contest: open.id });
      if (idOf(state.peek().open) === contest.id) set({ open: { ...open, state: contest.state } });
    } catch {}
  }

  const fresh = later(
    () => {
      const { open, tab, asking } = state.peek();
      if (document.visibilityState === 'visible' && open && tab === 'run' && !asking) void readOpen();
      const soon = open && open !== 'new' && (open.state === 'frozen' || open.state === 'drawn');
      fresh.call(soon ? soonMilliseconds : freshMilliseconds);
    },
    freshMilliseconds,
    1000,
  );

  function open(contest: Contest | 'new', quietly = false): void {
    keep();
    visit += 1;
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const form = fill(typed.get(idOf(contest)) ?? (contest === 'new' ? emptyForm(zone) : formOf(contest)));
    const tab: Tab = contest === 'new' || contest.state === 'draft' ? 'settings' : 'run';
    set({ open: contest, form, tab, faults: {}, note: null, asking: null, after: null });
    // A page that has only just loaded keeps the focus where it is.
    if (!quietly) focus(contest === 'new' ? '[data-at="#/name"]' : '.title');
    void readOpen();
  }

  async function openFirst(): Promise<void> {
    const who = session.own.peek();
    if (!who) return;
    try {
      const contest = await call(who, 'GET /contests/{contest}')({ contest: first });
      if (state.peek().open === null) open(contest, true);
    } catch {
      if (state.peek().open === null) set({ note: { key: 'notFound', bad: true } });
    }
  }

  let wanted = first;
  const unwatch = session.watch(() => {
    void readList();
    if (wanted && session.own.peek()) {
      wanted = '';
      void openFirst();
    } else void readOpen();
  });
  fresh.call();

  return {
    ...{ self, state, set, focus, act, open, take, fail, isDirty, reload: () => void readList() },
    ...{ connection: () => session.own.peek(), call },
    readOpen,
    more: () => void readList(state.peek().nextCursor ?? undefined),
    back() {
      keep();
      visit += 1;
      const was = idOf(state.peek().open);
      set({ open: null, form: null, note: null, faults: {}, asking: null, after: null });
      focus(`[data-contest="${was}"], .new`);
      void readList();
    },
    show(tab: Tab) {
      set({ tab, asking: null, note: null });
      void readOpen();
    },
    /** Takes back what was typed. */
    discard() {
      const { open: contest } = state.peek();
      if (contest && contest !== 'new') set({ form: fill(formOf(contest)), faults: {}, note: null });
    },
    /** Saves what was typed; `to` also moves the contest there. */
    async save(say: Say, to?: 'draft' | 'scheduled'): Promise<boolean> {
      const { open: contest, form } = state.peek();
      if (!form || !contest) return false;
      const given = contest === 'new' ? contractOf(form) : changesOf(contest, form);
      const faults = faultsOf(contractOf(form), say);
      if (Object.keys(faults).length > 0) {
        focus('[aria-invalid=true], .wrong[tabindex]');
        set({ faults, note: { key: 'notSaved', bad: true } });
        return false;
      }
      const moves = to && (contest === 'new' || contest.state !== to) ? { state: to } : {};
      const done: EditorKey = to === 'scheduled' ? 'scheduledSaid' : 'savedSaid';
      const mine = visit;
      return act(async (who) => {
        const body = { ...given, ...moves };
        let saved: Contest;
        if (contest === 'new') {
          const creation = { ...contractOf(form), ...moves, program };
          const written = JSON.stringify(creation);
          if (sent.body !== written) sent = { body: written, key: `editor-${Date.now()}-${Math.random()}` };
          saved = await call(who, 'POST /contests')(creation, { idempotencyKey: sent.key });
        } else if (Object.keys(body).length > 0) {
          saved = await call(who, 'PATCH /contests/{contest}')({ contest: contest.id, ...body });
        } else saved = contest;
        if (settle(contest, form, saved) && mine === visit) {
          if (to === 'scheduled') set({ tab: 'run' });
          focus('.told');
        }
        void readOpen();
      }, done).then((saved) => {
        if (!saved) void rebase();
        return saved;
      });
    },
    stop() {
      turn += 1;
      fresh.cancel();
      unwatch();
    },
  };
}

/** Calls of the API by route. */
export type Call = Kit['call'];
/** An answer of the API. */
export type Answer<Resource extends keyof Api, Name extends keyof Api[Resource]> = Api[Resource][Name] extends (
  ...given: never[]
) => Promise<infer Given>
  ? Given
  : never;
