import type { Api } from '@laurelkit/sdk/client';
import type { Kit } from '../kit.ts';
import { zoneOf } from '../learning/read.ts';

/** What recording was answered. */
export type Recorded = Awaited<ReturnType<Api['progress']['record']>>;
type Event = Parameters<Api['progress']['record']>[0]['events'][number];

/** Tells of a lesson that it was opened, and how long it was in sight. */
export interface Recorder {
  open(lesson: string): void;
  close(): void;
}

const flushMilliseconds = 30_000;

/** A UUIDv7 (RFC 9562 §5.7): the time in milliseconds, the rest by chance. */
function eventId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const time = Date.now().toString(16).padStart(12, '0');
  const variant = ((Number.parseInt(hex[3] ?? '0', 16) & 3) | 8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${variant}${hex.slice(4, 7)}-${hex.slice(7, 19)}`;
}

/** Records what a learner does with lessons; what fails to get through is sent again with what follows. */
export function createRecorder(
  { session, call, later }: Kit,
  course: () => string,
  heard: (answer: Recorded) => void,
): Recorder {
  let waiting: Event[] = [];
  let lesson: string | null = null;
  let since: number | null = null;
  let sending = false;

  async function send(): Promise<void> {
    const who = session.own.peek();
    if (!who || sending || waiting.length === 0) return;
    sending = true;
    const some = waiting.slice(0, 100);
    try {
      const answer = await call(who, 'POST /courses/{course}/progress')({ course: course(), events: some });
      waiting = waiting.filter((event) => !some.includes(event));
      heard(answer);
    } catch (error) {
      const { status = 0 } = error as { status?: number };
      // What the API refuses for good would be refused again.
      if (status >= 400 && status < 429) waiting = waiting.filter((event) => !some.includes(event));
    } finally {
      sending = false;
    }
  }
  function put(kind: 'viewed' | 'spent', more: Partial<Event> = {}): void {
    if (!lesson) return;
    const event = { id: eventId(), lesson, kind, occurredAt: new Date().toISOString(), timeZone: zoneOf(), ...more };
    waiting = [...waiting, event];
  }
  const inSight = () => document.visibilityState !== 'hidden';
  function spent(): void {
    if (since !== null && Date.now() - since >= 1000) put('spent', { from: new Date(since).toISOString() });
    since = lesson && inSight() ? Date.now() : null;
    void send();
  }
  const flush = later(() => {
    spent();
    if (lesson) flush.call();
  }, flushMilliseconds);
  const onVisibility = () => spent();

  return {
    open(next) {
      lesson = next;
      since = inSight() ? Date.now() : null;
      put('viewed');
      void send();
      flush.call();
      document.addEventListener('visibilitychange', onVisibility);
    },
    close() {
      if (!lesson) return;
      document.removeEventListener('visibilitychange', onVisibility);
      flush.cancel();
      const at = since;
      if (at !== null && Date.now() - at >= 1000) put('spent', { from: new Date(at).toISOString() });
      lesson = null;
      since = null;
      void send();
    },
  };
}
