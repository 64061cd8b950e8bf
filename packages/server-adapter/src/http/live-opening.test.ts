import { describe, expect, it } from 'vitest';
import type { Context } from '../context.ts';
import { LaurelProblem } from '../problem.ts';
import type { Caller } from './caller.ts';
import { createOpening } from './live-opening.ts';

const as = (caller: Caller) => ({ caller }) as Context;
const page = as({ kind: 'publishable', key: 'pk' });
const host = as({ kind: 'secret', key: 'sk' });

function opening() {
  const opened: string[] = [];
  const open = createOpening({
    contest: {
      audience: ({ kind }) => kind,
      open: async (name, reference, { caller }) => {
        opened.push(`${reference} for ${caller.kind}`);
        if (reference === 'none') throw new LaurelProblem('contest_not_found', name);
        return { subjects: [reference], read: async () => null };
      },
    },
  });
  return { open, opened };
}

describe('opening a topic', () => {
  it('is one look-up for all of one audience who come together, and never one for two audiences', async () => {
    const { open, opened } = opening();
    const all = await Promise.all(Array.from({ length: 1000 }, () => open('contest:spring', page)));
    expect(new Set(all.map(({ topic }) => topic)).size).toBe(1);
    const { key, topic } = await open('contest:spring', host);
    expect(key).not.toBe(all[0]?.key);
    expect(topic).not.toBe(all[0]?.topic);
    expect(opened).toEqual(['spring for publishable', 'spring for secret']);
  });

  it('tries again after a refusal', async () => {
    const { open, opened } = opening();
    for (const _ of [1, 2]) await expect(open('contest:none', page)).rejects.toThrow('contest_not_found');
    expect(opened).toHaveLength(2);
  });
});
