import type { ProgressOutbox } from '@laurelkit/sdk/progress';
import type { Kit } from '../kit.ts';
import type { Speech } from '../learning/speech.ts';
import type { Drawn } from '../views/kind.ts';
import type { CourseStore, Lesson, VideoStore } from './store.ts';
import type { CourseKey } from './words.ts';

/** What the part that plays videos has for a shell that has read the lesson. */
interface Part {
  watch(
    kit: Kit,
    given: { lesson: Lesson; outbox?: ProgressOutbox | undefined; reread(): Promise<Lesson['state']>; onDone(): void },
  ): VideoStore;
  player(kit: Kit, watching: VideoStore, drawn: Drawn): unknown;
  attach(watching: VideoStore, root: ParentNode): void;
}

type Face = [kit: Kit, store: CourseStore, lesson: Lesson, drawn: Drawn, speech: Speech<CourseKey>];

const isWeb = /^https?:$/;

/** What cannot be shown, and why. */
export const trouble = ({ h }: Pick<Kit, 'h'>, why: string) =>
  h('p', { class: 'note', part: 'error' }, h('span', null, why));

/** The player of a video lesson: a file of its own, which reports what is played to the same outbox. */
function video(...[kit, store, lesson, drawn, { say }]: Face) {
  const { h, chunk } = kit;
  const part = chunk('video') as unknown as Part | null | undefined;
  const recorder = store.recording();
  if (part === undefined || recorder === undefined) return h('div', { class: 'waits screen', 'aria-busy': true });
  if (part === null || !lesson.video) return h('p', { class: 'note', part: 'error' }, h('span', null, say('noPlayer')));
  if (store.video?.lesson !== lesson.id) {
    store.video?.store.stop();
    const reread = async () => {
      await store.refresh();
      return store.place.peek().page?.state ?? lesson.state;
    };
    const onDone = () => store.finished(lesson.id);
    const made = part.watch(kit, { lesson, outbox: recorder?.outbox, reread, onDone });
    store.video = { lesson: lesson.id, store: made };
  }
  return h('div', { class: 'film', key: lesson.id }, part.player(kit, store.video.store, drawn) as never);
}

/** A page of somebody else's in a frame that cannot reach this one. */
function embed(...[{ h, safeUrl }, , lesson, , { say }]: Face) {
  const url = safeUrl(lesson.url, isWeb);
  if (!url) return trouble({ h }, say('badAddress'));
  // A frame of the page's own origin with both could take its sandbox off.
  const other = new URL(url).origin !== location.origin;
  return h('iframe', {
    key: url,
    class: 'frame',
    part: 'frame',
    title: lesson.title,
    sandbox: `allow-scripts allow-forms allow-popups allow-presentation${other ? ' allow-same-origin' : ''}`,
    allow: 'fullscreen',
    referrerpolicy: 'strict-origin',
    loading: 'lazy',
    src: url,
  });
}

/** A button to an address outside, with the site's name. */
function outside(...[{ h, Link, safeUrl }, , lesson, , { say }]: Face) {
  const url = safeUrl(lesson.url, isWeb);
  if (!url) return lesson.url && trouble({ h }, say('badAddress'));
  const site = new URL(url).host;
  return h(
    'p',
    null,
    h(
      Link,
      { href: url, outside: true, class: 'button primary' },
      say(lesson.kind === 'download' ? 'download' : 'openSite', { site }),
      h('span', { class: 'said' }, ` (${say('newTab')})`),
    ),
  );
}

/** When a session is, in the learner's own zone, and the way in. */
function live(...[{ h, Link, safeUrl }, , lesson, , { say, locale }]: Face) {
  const { startsAt, endsAt } = lesson;
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' });
  const hour = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const day = (instant: string) => new Date(instant).toDateString();
  const over = !!endsAt && Date.parse(endsAt) < Date.now();
  const from = startsAt && format.format(new Date(startsAt));
  const to = startsAt && endsAt && (day(startsAt) === day(endsAt) ? hour : format).format(new Date(endsAt));
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const url = safeUrl(lesson.url, isWeb);
  return h(
    'div',
    { class: 'panel session', part: 'session' },
    from &&
      h(
        'p',
        { class: 'strong' },
        h('time', { dateTime: startsAt }, to ? say('when', { from, to }) : say('whenFrom', { from })),
      ),
    from && h('p', { class: 'small muted' }, say('whenZone', { zone: (zone || 'UTC').replaceAll('_', ' ') })),
    over
      ? h('p', null, say('liveOver'))
      : url &&
          h(
            Link,
            { href: url, outside: true, class: 'button primary' },
            say('join'),
            h('span', { class: 'said' }, ` (${say('newTab')})`),
          ),
  );
}

const faces: Partial<Record<Lesson['kind'], (...face: Face) => unknown>> = {
  video,
  embed,
  live,
  external: outside,
  download: outside,
  quiz: outside,
  assignment: outside,
};

/** What a lesson of its kind has beside its text. */
export const stage = (...face: Face) => faces[face[2].kind]?.(...face) as never;

/** Lets the part that plays videos finish its drawing. */
export function stageDrawn({ chunk }: Kit, store: CourseStore, root: ShadowRoot): void {
  const { page } = store.place.peek();
  if (page?.kind !== 'video' || store.video?.lesson !== page.id) return;
  (chunk('video') as unknown as Part | null | undefined)?.attach(store.video.store, root);
}
