import type { Kit } from '../kit.ts';
import { untilNextLook } from '../parts/next-look.ts';
import type { Host } from '../views/kind.ts';
import { hear, type News, tell } from './news.ts';
import { readLearning } from './read.ts';
import type { Learning, LearningState, LearningView } from './state.ts';

const nothing: LearningState = { view: null, failed: false, offline: false };

/** How long a seat that is not yet there, or not yet paid, is left alone. */
const seatMilliseconds = 20_000;
/** Milliseconds until something is to be looked at because it opens by the clock; `Infinity`: nothing does. */
const nextOpening = ({ outline }: LearningView): number =>
  untilNextLook((outline?.nodes ?? []).map(({ state, opensAt }) => (state === 'locked' ? opensAt : null)));

/**
 * A course and how far the visitor is, kept current by live messages, by what is done in the other elements of the page, and
 * when something opens.
 */
export function createLearning(kit: Kit, { read: attribute, error }: Host, onMessage: () => void = () => {}): Learning {
  const { signal, createReader, later, whenLive } = kit;
  const state = signal(nothing);
  let silence: (() => void) | undefined;
  /** The state that must be shown: another element may have read it meanwhile. */
  let awaited = 0;
  const set = (changes: Partial<LearningState>) => {
    state.value = { ...state.peek(), ...changes };
  };
  const hush = () => {
    silence?.();
    silence = undefined;
  };

  /** Looks again when a lesson opens, or a seat may have come. */
  function watch(view: LearningView): void {
    const seat = view.enrolment && view.enrolment.state !== 'active' ? seatMilliseconds : Number.POSITIVE_INFINITY;
    const wait = Math.min(nextOpening(view), seat);
    opening.cancel();
    if (wait < Number.POSITIVE_INFINITY) opening.call(wait);
  }

  function follow({ course, progress }: LearningView): void {
    if (!progress) {
      hush();
      return;
    }
    silence ??= whenLive((live) =>
      live.listen(`course:${course.slug}`, {
        message(message) {
          const known = state.peek().view?.progress;
          // What is older than what is shown says nothing new.
          if ('seq' in message && known && message.seq <= known.seq) return;
          again('seq' in message ? message.seq : undefined);
          onMessage();
        },
        resumed: () => again(),
      }),
    );
  }

  async function show(reading: () => Promise<LearningView>): Promise<boolean> {
    const view = await reader.run(reading);
    if (!view) return false;
    set({ view, failed: false, offline: false });
    watch(view);
    follow(view);
    return true;
  }
  const read = () => show(() => readLearning(kit, attribute('course') ?? '', state.peek().view));

  async function onNews({ course, view }: News): Promise<void> {
    const known = state.peek().view;
    if (course !== known?.course.slug) return;
    if (!view) return again();
    const before = known.progress?.seq ?? 0;
    // A reading that began before is older than this.
    if ((view.progress?.seq ?? before) >= before && (await show(async () => view))) onMessage();
  }
  function share(): void {
    const { view } = state.peek();
    if (view) tell({ course: view.course.slug, enrolment: view.enrolment, view }, onNews);
  }
  const silenceNews = hear(onNews);
  async function changed(): Promise<void> {
    awaited = 0;
    if (await read()) share();
  }
  function again(seq = Number.POSITIVE_INFINITY): void {
    awaited = Math.max(awaited, seq);
    soon.call();
  }
  const soon = later(() => awaited > (state.peek().view?.progress?.seq ?? -1) && changed(), 200, 600);
  // Out of sight it waits.
  const opening = later(() => (document.visibilityState === 'hidden' ? opening.call() : read()), 1000, 500);
  const reader = createReader({
    read,
    forget() {
      hush();
      set(nothing);
    },
    fail(code) {
      const known = !!state.peek().view;
      set({ offline: known, failed: !known });
      error(code);
    },
  });
  return {
    state,
    read,
    took(progress) {
      const { view } = state.peek();
      if (view) set({ view: { ...view, progress } });
    },
    changed,
    stop() {
      silenceNews();
      reader.stop();
      soon.cancel();
      opening.cancel();
      hush();
    },
  };
}
