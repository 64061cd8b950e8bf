import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Context } from '../context.ts';
import type { VerifyJoining } from '../host-functions.ts';
import { assertVerified } from './verify.ts';

const asks = { program: 'friends', email: 'eve@own.example', proof: null };
const context = { address: '192.0.2.7', arrival: null } as Context;

afterEach(() => void vi.useRealTimers());

describe('the host’s check of who asks to join', () => {
  const failures: unknown[] = [];
  const check = (verify: VerifyJoining | undefined) =>
    assertVerified(verify, asks, context, (error) => failures.push(error));

  it('lets pass what it calls true, and everybody where there is none', async () => {
    await check(undefined);
    await check(() => true);
    await check(async () => true);
  });

  it.each([false, null, undefined, 1, 'yes'])('refuses %j', async (answer) => {
    await expect(check((() => answer) as VerifyJoining)).rejects.toMatchObject({ code: 'verification_failed' });
  });

  it('refuses, and says that it is away, when it throws or rejects', async () => {
    const away = new Error('away');
    const throws = () => {
      throw away;
    };
    for (const verify of [throws, async () => throws()]) {
      await expect(check(verify)).rejects.toMatchObject({ code: 'verification_unavailable' });
    }
    expect(failures).toEqual([away, away]);
  });

  it('does not wait for it for ever', async () => {
    vi.useFakeTimers();
    const asked = expect(check(() => new Promise(() => {}))).rejects.toMatchObject({
      code: 'verification_unavailable',
    });
    await vi.advanceTimersByTimeAsync(5_000);
    await asked;
  });
});
