import { focusLater, rootOf } from '../contest/focus.ts';
import type { Kit } from '../kit.ts';
import type { Speech } from '../learning/speech.ts';
import type { Cohort, Course, Enrolment } from '../learning/state.ts';
import type { Drawn } from '../views/kind.ts';
import { money } from '../wallet/money.ts';
import type { Enrolling } from './store.ts';
import type { EnrolKey } from './words.ts';

/** What the way into a course is drawn from. */
export interface Way {
  course: Course;
  enrolment: Enrolment | null;
  cohorts: readonly Cohort[];
  signedIn: boolean;
  /** Asked before enrolling: whether there is something to choose first. */
  before?(root: ShadowRoot): Promise<boolean>;
}

/** What a course costs, and how many seats are left, in words. */
export function terms({ price, seatsLeft, startsAt }: Course, { say, locale, date }: Speech<EnrolKey>): string[] {
  const begins = startsAt && Date.parse(startsAt) > Date.now() ? [say('starts', { date: date(startsAt) })] : [];
  const seats = seatsLeft === null ? [] : [seatsLeft > 0 ? say('seatsLeft', { n: seatsLeft }) : say('noSeats')];
  return [...begins, price && price.minor > 0 ? money(locale, price.minor, price.currency) : say('free'), ...seats];
}

function stranger(
  { h, Link, emit, safeUrl }: Kit,
  { slug, program }: Course,
  { read }: Drawn,
  say: Speech<EnrolKey>['say'],
) {
  const href = safeUrl(read('join-url'), /^https?:$/);
  const button = {
    class: 'button primary',
    part: 'join',
    onClick(event: MouseEvent) {
      const from = event.currentTarget as Element;
      if (!emit(from, 'join', { program: program ?? '', course: slug })) event.preventDefault();
    },
  };
  return href ? h(Link, { href, ...button }, say('signIn')) : h('button', { type: 'button', ...button }, say('signIn'));
}

/** What the button says that enrols: what it costs, or that one waits. */
function enrolLabel({ price, seatsLeft, waitingList }: Course, { say, locale }: Speech<EnrolKey>): string | null {
  if (seatsLeft === 0) return waitingList ? say('waitFor') : null;
  return price && price.minor > 0
    ? say('enrolFor', { price: money(locale, price.minor, price.currency) })
    : say('enrolFree');
}

/** Which group one learns with, where there are any. */
function groups({ h, cleanName }: Kit, id: string, { cohorts }: Way, { say, date }: Speech<EnrolKey>) {
  const label = ({ name, startsAt }: Cohort) =>
    startsAt ? say('groupStarts', { name: cleanName(name), date: date(startsAt) }) : cleanName(name);
  return (
    cohorts.length > 0 &&
    h(
      'div',
      { class: 'form' },
      h('label', { for: id, class: 'small' }, say('group')),
      h(
        'select',
        { id, class: 'input' },
        cohorts.map((cohort) => h('option', { key: cohort.id, value: cohort.slug }, label(cohort))),
        h('option', { value: '' }, say('noGroup')),
      ),
    )
  );
}

/** The way into a course: sign in, enrol, wait, pay; nothing for whoever learns here. */
export function way(kit: Kit, way: Way, store: Enrolling, drawn: Drawn, speech: Speech<EnrolKey>, brief = false) {
  const { h, emit } = kit;
  const { course, enrolment, signedIn } = way;
  const { say, locale, date } = speech;
  const { busy, failed, leaving } = store.state.value;
  const waits = busy === course.slug;
  if (enrolment?.state === 'active') return null;
  const own = drawn.read('cohort');
  const group = `group-${course.id}`;
  const here = `#way-${course.id} .button`;
  const button = (text: string, onClick: (root: ShadowRoot) => unknown, primary = true) =>
    h(
      'button',
      {
        type: 'button',
        class: `button${primary ? ' primary' : ''}`,
        part: primary ? 'join' : undefined,
        'aria-disabled': primary && waits,
        onClick: ({ currentTarget }: MouseEvent) => void onClick(rootOf(currentTarget as Element)),
      },
      primary && waits ? say('busy') : text,
    );
  const ask = (word: EnrolKey, about: string) =>
    button(
      say(word),
      (root) => {
        store.ask(about);
        focusLater(root, here);
      },
      false,
    );
  // The button is gone once it worked.
  const enrol = async (root: ShadowRoot) => {
    if (!own && (await way.before?.(root))) return;
    const made = await store.enrol(course.slug, own ?? root.querySelector<HTMLSelectElement>(`#${group}`)?.value);
    if (!made || made.state === 'cancelled') return;
    drawn.say(say(`${made.state}Said`));
    const next = `[part=next], .lessontitle, [data-course="${course.slug}"] .whole`;
    focusLater(root, made.state === 'active' ? next : here);
    emit(root.host, 'enrolled', { course: course.slug, state: made.state });
  };
  const leave = async (root: ShadowRoot, seat: Enrolment) => {
    if (!(await store.leave(seat))) return;
    drawn.say(say('leftSaid'));
    focusLater(root, here);
  };
  /** A place in line, and the way out of it, with asking first. */
  function inLine(seat: Enrolment) {
    const where = h('p', { class: 'strong' }, say('waiting', { n: seat.position ?? 1 }));
    if (leaving !== course.slug) {
      return [where, !brief && h('p', { class: 'small muted' }, say('waitHint')), ask('leave', course.slug)];
    }
    return [
      where,
      h('p', { class: 'small' }, say('leaveAsk')),
      h(
        'div',
        { class: 'pair' },
        ask('stay', ''),
        button(say('leave'), (root) => leave(root, seat)),
      ),
    ];
  }
  function what() {
    if (enrolment?.state === 'waiting') return inLine(enrolment);
    if (enrolment?.state === 'unpaid') {
      const { price, payBy } = enrolment;
      return [
        h('p', { class: 'strong' }, payBy ? say('unpaid', { date: date(payBy) }) : say('unpaidNow')),
        button(price ? say('pay', { price: money(locale, price.minor, price.currency) }) : say('payNow'), () =>
          store.pay(enrolment),
        ),
      ];
    }
    if (course.state !== 'published') return h('p', { class: 'muted' }, say('over'));
    if (course.access === 'invited') return h('p', { class: 'muted' }, say('invited'));
    if (!signedIn) return [!brief && h('p', { class: 'small' }, say('signedOut')), stranger(kit, course, drawn, say)];
    const label = enrolLabel(course, speech);
    if (!label) return h('p', { class: 'muted' }, say('noSeats'));
    return [!own && groups(kit, group, way, speech), button(label, enrol)];
  }
  return h(
    'div',
    { id: `way-${course.id}`, class: brief ? 'way' : 'panel way', part: 'form' },
    what(),
    failed?.course === course.slug && h('p', { class: 'small wrong', part: 'error', role: 'alert' }, say(failed.why)),
  );
}
