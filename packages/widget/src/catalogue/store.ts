import type { Signal } from '@preact/signals';
import type { Enrolling } from '../enrolling/store.ts';
import type { LearningKit } from '../learning/kit.ts';
import type { News } from '../learning/news.ts';
import type { Cohort, Course, Enrolment } from '../learning/state.ts';
import type { Host } from '../views/kind.ts';
import { answers } from './answers.ts';

const list = 'GET /courses';
const own = 'GET /enrolments';
const pageSize = 12;
const typingMilliseconds = 250;

/** What the catalogue shows. */
interface CatalogueState {
  /** `null` until the first answer. */
  items: readonly Course[] | null;
  nextCursor: string | null;
  /** The visitor’s enrolments, by the slug of their course. */
  mine: ReadonlyMap<string, Enrolment>;
  /** The groups of those courses that somebody wants to enrol in, by their slugs. */
  groups: Readonly<Record<string, readonly Cohort[]>>;
  signedIn: boolean;
  /** Every topic that was seen. */
  tags: readonly string[];
  tag: string;
  /** What is typed, and what was looked for. */
  typed: string;
  words: string;
  busy: boolean;
  more: 'idle' | 'busy' | 'failed';
  failed: boolean;
  offline: boolean;
  at: number;
}

/** The state of one catalogue, and what can be done with it. */
export interface Catalogue {
  readonly state: Signal<CatalogueState>;
  enrolling: Enrolling;
  /** What was found, in words. */
  found: string;
  /** What was last said to be looked for. */
  said: string | null;
  /** Looks for words, once typing rests. */
  type(words: string): void;
  /** Looks at once. */
  find(words: string, tag: string): void;
  showMore(): Promise<void>;
  /** Reads the groups of a course, once; answers whether there are any that were not yet shown. */
  readGroups(course: string): Promise<boolean>;
  read(): Promise<boolean>;
  stop(): void;
}

/** Courses by words and topics, with what the visitor is enrolled in. */
export function createCatalogue(kit: LearningKit, host: Host): Catalogue {
  const { signal, session, call, checked, createReader, later } = kit;
  const state = signal<CatalogueState>({
    items: null,
    nextCursor: null,
    mine: new Map(),
    groups: {},
    signedIn: false,
    tags: [],
    tag: host.read('tag') ?? '',
    typed: '',
    words: '',
    busy: false,
    more: 'idle',
    failed: false,
    offline: false,
    at: 0,
  });
  const set = (changes: Partial<CatalogueState>) => {
    state.value = { ...state.peek(), ...changes };
  };
  const page = (cursor?: string) => {
    const { words, tag } = state.peek();
    const query = { limit: pageSize, ...(words && { q: words }), ...(tag && { tag }), ...(cursor && { cursor }) };
    return checked(session.everyone(), list, answers[list])(query);
  };
  const union = (items: readonly Course[]) => [
    ...new Set([...state.peek().tags, ...items.flatMap(({ tags }) => tags)]),
  ];

  let learner: { who: unknown; is: Promise<boolean> } | undefined;
  /** Staff see everybody's enrolments, none of them theirs: what is a learner's own alone tells, once. */
  function learns(): Promise<boolean> {
    const who = session.own.peek();
    if (learner?.who === who) return learner.is;
    const asked = session
      .mine((as) => call(as, 'GET /streak')({}))
      .then(
        (streak) => streak !== null,
        () => {
          learner = undefined;
          return false;
        },
      );
    learner = { who, is: asked };
    return asked;
  }

  async function readMine(): Promise<Enrolment[] | null | undefined> {
    const answer = await session.mine((who) => checked(who, own, kit.learning.enrolmentAnswers[own])({ limit: 100 }));
    if (!answer) return answer;
    const known = answer.items.filter(({ state }) => state !== 'cancelled');
    const people = new Set(known.map(({ participant }) => participant)).size;
    return people === 0 || (people === 1 && (await learns())) ? known : [];
  }

  async function read(): Promise<boolean> {
    // What the visitor has is beside the list: without it the list still stands.
    const answer = await reader.run(() => Promise.all([page(), readMine().catch(() => undefined)]));
    if (!answer) return false;
    const [{ items, nextCursor }, known] = answer;
    set({
      items,
      nextCursor,
      tags: union(items),
      mine: known ? new Map(known.map((each) => [each.course, each])) : state.peek().mine,
      signedIn: !!session.own.peek() && known !== undefined,
      busy: false,
      more: 'idle',
      failed: false,
      offline: false,
      at: Date.now(),
    });
    return true;
  }
  const typing = later(() => {
    const { typed, words } = state.peek();
    if (typed.trim() === words) return;
    set({ words: typed.trim(), busy: true });
    void read();
  }, typingMilliseconds);
  const reader = createReader({
    read,
    forget: () => set({ mine: new Map(), signedIn: false }),
    fail(code) {
      const known = !!state.peek().items;
      set({ offline: known, failed: !known, busy: false });
      host.error(code);
    },
  });
  function onNews({ course, enrolment, view }: News): void {
    const { mine, items } = state.peek();
    const others = [...mine].filter(([slug]) => slug !== course);
    set({
      mine: new Map(enrolment ? [...others, [course, enrolment]] : others),
      items: items?.map((each) => (view && each.slug === course ? view.course : each)) ?? null,
    });
  }
  const silence = kit.learning.hear(onNews);
  return {
    state,
    found: '',
    said: null,
    enrolling: kit.learning.createEnrolling(kit, async (course) => {
      await read();
      kit.learning.tell({ course, enrolment: state.peek().mine.get(course) ?? null }, onNews);
    }),
    read,
    type(typed) {
      set({ typed });
      typing.cancel();
      typing.call();
    },
    find(words, tag) {
      typing.cancel();
      set({ typed: words, words: words.trim(), tag, busy: true });
      void read();
    },
    async showMore() {
      const { nextCursor, items, more } = state.peek();
      if (!nextCursor || more === 'busy') return;
      set({ more: 'busy' });
      try {
        const next = await page(nextCursor);
        const known = new Set(items?.map(({ id }) => id));
        const all = [...(items ?? []), ...next.items.filter(({ id }) => !known.has(id))];
        // Other words meanwhile: this page is not theirs.
        if (state.peek().nextCursor === nextCursor) {
          set({ items: all, tags: union(all), nextCursor: next.nextCursor, more: 'idle' });
        }
      } catch {
        set({ more: 'failed' });
      }
    },
    async readGroups(course) {
      const who = session.own.peek();
      if (!who || state.peek().groups[course]) return false;
      // As elsewhere: one can enrol without them.
      const cohorts = await kit.learning.openCohorts(kit, who, course).catch(() => []);
      set({ groups: { ...state.peek().groups, [course]: cohorts } });
      return cohorts.length > 0;
    },
    stop() {
      silence();
      reader.stop();
      typing.cancel();
    },
  };
}
