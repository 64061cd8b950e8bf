import type { ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { type LiveOptions, type LiveState, type SubscribeOptions, subscribe } from '../src/index.ts';

/** Begins an event stream. */
export const stream = (response: ServerResponse, text: string) =>
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' }).write(text);
/** A message about the caller’s own numbers. */
export const message = (id: number, program = 'friends') =>
  `id: ${id}\nevent: me\ndata: ${JSON.stringify({ topic: 'program:friends', program })}\n\n`;

/** Listens and writes down what happens. */
export function listen(baseUrl: string, options: Omit<Partial<SubscribeOptions>, 'on'> & LiveOptions = {}) {
  const states: LiveState[] = [];
  const errors: unknown[] = [];
  const heard: string[] = [];
  const subscription = subscribe({
    baseUrl,
    topics: ['program:friends'],
    on: { me: ({ program }) => heard.push(program) },
    onState: (state, error) => {
      states.push(state);
      if (error) errors.push(error);
    },
    ...options,
  });
  onTestFinished(() => subscription.close());
  return { subscription, states, errors, heard };
}
