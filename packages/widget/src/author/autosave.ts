import type { Kit } from '../kit.ts';
import { answers } from './answers.ts';
import { faultsIn } from './faults.ts';
import { usedBy } from './ids.ts';
import { keepDraft, keptDraft } from './kept.ts';
import { isSame, merge } from './merge.ts';
import type { Draft } from './node.ts';
import { sendable } from './sendable.ts';
import type { AuthorState } from './state.ts';
import { inOrder, type Nodes } from './tree.ts';

type Failure = { status?: number; code?: string; message?: string; errors?: { pointer: string; detail: string }[] };

const draftRoute = 'GET /courses/{course}/draft';
const saveAfter = 900;
const againAfter = 6000;
/** Writing a long draft takes longer than typing a letter. */
const keepAfter = 300;

/** What autosaving needs of the editor it saves for. */
interface Desk {
  kit: Kit;
  get(): AuthorState;
  set(changes: Partial<AuthorState>): void;
  /** What is drawn has changed under the fields: they are made anew. */
  renew(): void;
}

/** Reads and saves the draft of the course that is open: a while after each change, and again until it went through. */
export function createAutosave({ kit, get, set, renew }: Desk) {
  const { call, checked, later, session } = kit;
  /** What the server has: changes are sent as made from it. */
  let base: { course: string; revision: number; nodes: Nodes } | null = null;
  let sending: Promise<void> | null = null;

  const soon = later(() => void save(), saveAfter);
  const again = later(() => void save(), againAfter, 2000);

  const courseId = () => {
    const { open } = get();
    return open && open !== 'new' ? open.id : null;
  };

  function keep(): void {
    const { nodes } = get();
    if (!base || !nodes) return;
    const saved = isSame(nodes, base.nodes);
    keepDraft(base.course, saved ? null : { revision: base.revision, base: base.nodes, nodes });
  }

  const keepSoon = later(keep, keepAfter);
  /** What is not kept yet is kept at once. */
  const keepNow = () => {
    keepSoon.cancel();
    keep();
  };

  /** What was typed of a course after that which is now saved stays kept, although another course is open. */
  function keepRest(course: string, revision: number, saved: Nodes): void {
    const kept = keptDraft(course);
    keepDraft(course, kept && !isSame(kept.nodes, saved) ? { revision, base: saved, nodes: kept.nodes } : null);
  }

  /** Takes what somebody else has saved; where both cannot be brought together, that is to be decided. */
  function meet(from: Nodes, mine: Nodes, theirs: Draft): void {
    const nodes = merge(from, mine, theirs.nodes);
    if (!nodes) {
      set({ nodes: mine, saving: 'conflict', theirs, used: usedBy(theirs) });
      return;
    }
    base = { course: courseId() ?? '', revision: theirs.revision, nodes: theirs.nodes };
    renew();
    const draftFaults = faultsIn(theirs.faults, theirs.nodes);
    set({ nodes, theirs: null, saving: 'waiting', draftFaults, used: usedBy(theirs) });
    keep();
    soon.call();
  }

  async function readDraft(course: string): Promise<Draft | null> {
    const who = session.own.peek();
    return who ? checked(who, draftRoute, answers[draftRoute])({ course }) : null;
  }

  async function read(): Promise<void> {
    const course = courseId();
    if (!course) return;
    const draft = await readDraft(course).catch(() => null);
    if (courseId() !== course) return;
    if (!draft) return set({ failed: true });
    set({ failed: false });
    const kept = keptDraft(course);
    base = { course, revision: draft.revision, nodes: draft.nodes };
    if (kept && !isSame(kept.nodes, draft.nodes)) {
      base = { course, revision: kept.revision, nodes: kept.base };
      return meet(kept.base, kept.nodes, draft);
    }
    renew();
    const nodes = inOrder(draft.nodes);
    const draftFaults = faultsIn(draft.faults, draft.nodes);
    set({ nodes, saving: 'saved', draftFaults, theirs: null, used: usedBy(draft) });
  }

  async function send(course: string, from: NonNullable<typeof base>, nodes: Nodes): Promise<void> {
    const who = session.own.peek();
    if (!who) return set({ saving: 'signedOut' });
    const sent = nodes.map(sendable);
    if (isSame(sent, from.nodes)) return set({ saving: 'saved' });
    set({ saving: 'busy' });
    try {
      const draft = await call(who, 'PUT /courses/{course}/draft')({ course, revision: from.revision, nodes: sent });
      if (courseId() !== course) return keepRest(course, draft.revision, sent);
      base = { course, revision: draft.revision, nodes: sent };
      const now = get().nodes ?? nodes;
      keep();
      set({
        saving: now === nodes ? 'saved' : 'waiting',
        draftFaults: faultsIn(draft.faults, sent),
        used: usedBy(draft),
      });
      if (now !== nodes) soon.call();
    } catch (error) {
      if (courseId() !== course) return;
      const { status = 0, code, message = '', errors = [] } = error as Failure;
      if (code === 'draft_conflict') {
        const theirs = await readDraft(course).catch(() => null);
        if (courseId() !== course) return;
        // What is there may be what was sent here, whose answer was lost.
        if (theirs) return meet(isSame(sent, theirs.nodes) ? sent : from.nodes, get().nodes ?? nodes, theirs);
      }
      if (status === 401) return set({ saving: 'signedOut' });
      if (code === 'draft_conflict' || status < 400 || status >= 500 || status === 429) {
        set({ saving: 'away' });
        return again.call();
      }
      const found = errors.length > 0 ? errors : [{ pointer: '', detail: message }];
      set({ saving: 'refused', draftFaults: faultsIn(found, sent) });
    }
  }

  /** Saves now what is not saved; resolves when it has been tried. */
  async function save(): Promise<void> {
    soon.cancel();
    again.cancel();
    // Whoever waits goes on alone: two writes made from one revision are a conflict.
    while (sending) await sending;
    const { nodes, saving } = get();
    const course = courseId();
    if (!course || !base || base.course !== course || !nodes || saving === 'conflict') return;
    sending = send(course, base, nodes).finally(() => {
      sending = null;
    });
    await sending;
  }

  const onOnline = () => void save();
  addEventListener('online', onOnline);
  addEventListener('pagehide', keepNow);

  return {
    read,
    save,
    revision: () => base?.revision ?? 0,
    /** Takes a change; it is saved in a moment. */
    change(nodes: Nodes, changes: Partial<AuthorState> = {}): void {
      const { saving } = get();
      set({ nodes, ...changes, saving: saving === 'conflict' ? saving : 'waiting' });
      keepSoon.call();
      soon.call();
    },
    /** Ends a conflict by what is here, or by what somebody else saved. */
    settle(whose: 'mine' | 'theirs'): void {
      const { theirs, nodes } = get();
      if (!theirs || !nodes) return;
      base = { course: courseId() ?? '', revision: theirs.revision, nodes: theirs.nodes };
      renew();
      set({ theirs: null, nodes: whose === 'mine' ? nodes : inOrder(theirs.nodes), saving: 'waiting' });
      keep();
      soon.call(0);
    },
    stop(): void {
      soon.cancel();
      again.cancel();
      removeEventListener('online', onOnline);
      removeEventListener('pagehide', keepNow);
      keepNow();
      void save();
    },
    /** What is not saved is tried at once, since another course is opened. */
    leave(): void {
      keepNow();
      void save();
    },
  };
}
