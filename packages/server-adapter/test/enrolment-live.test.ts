import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient } from '@laurelkit/sdk';
import { expect, it } from 'vitest';
import { nodeHandler } from '../src/node.ts';
import { courseOf } from './enrolment-stage.ts';
import { eventually, newcomers, storageName, testLaurel } from './support.ts';

const price = { minor: 4900, currency: 'EUR' };

it(`who enrols, pays or leaves is told at once to those who follow the course (${storageName})`, async () => {
  const laurel = await testLaurel();
  const { api } = laurel;
  const newcomer = newcomers(() => laurel);
  await courseOf(laurel, 'weaving', { price, seats: 2 });
  const server = createServer(nodeHandler(laurel)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  let told: number | undefined;
  const following = createClient({ baseUrl, key: laurel.secretKey }).live(['cohort:weaving'], {
    on: {
      cohort: ({ learners }) => {
        told = learners;
      },
    },
  });
  try {
    const learners = (count: number) =>
      eventually(
        () => told,
        (learners) => learners === count,
      );
    const enrol = async (free: boolean) =>
      (await api.enrolments.enroll({ course: 'weaving', participant: await newcomer(), free })).id;
    expect(await learners(0)).toBe(0);
    const first = await enrol(true);
    expect(await learners(1)).toBe(1);
    const second = await enrol(false);
    await api.enrolments.paid({ enrolment: second, reference: 'order 1' });
    expect(await learners(2)).toBe(2);
    // The seat goes to who waits for it.
    const third = await enrol(false);
    await api.enrolments.cancel({ enrolment: first });
    expect(await learners(1)).toBe(1);
    await api.enrolments.paid({ enrolment: third, reference: 'order 2' });
    expect(await learners(2)).toBe(2);
  } finally {
    following.close();
    server.closeAllConnections();
    server.close();
  }
});
