import type { Context } from '../context.ts';
import { createRecent } from '../recent.ts';
import type { LiveTopic, TopicKind } from './live-topic.ts';

/** A topic, and what is the same for all readers who see the same messages. */
export interface OpenedTopic {
  key: string;
  topic: LiveTopic;
}

const goodForMilliseconds = 1000;
const mostKept = 1000;

/**
 * Makes the function that opens topics by name. Thousands come back at once after a restart: within a second those of one
 * audience share what was looked up.
 */
export function createOpening(
  kinds: Record<string, TopicKind>,
): (name: string, context: Context) => Promise<OpenedTopic> {
  const opened = createRecent<{ topic: Promise<LiveTopic>; until: number }>(mostKept);
  return async (name, context) => {
    const colon = name.indexOf(':');
    const kind = kinds[name.slice(0, colon)] as TopicKind;
    const key = `${name}#${kind.audience(context.caller)}`;
    const known = opened.get(key);
    if (known && performance.now() < known.until) return { key, topic: await known.topic };
    const topic = kind.open(name, name.slice(colon + 1), context);
    opened.set(key, { topic, until: performance.now() + goodForMilliseconds });
    topic.catch(() => opened.delete(key));
    return { key, topic: await topic };
  };
}
