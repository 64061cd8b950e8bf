import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { eventually, plainLaurel, sql, storageName } from './support.ts';

const logger = pino({ level: 'silent' });

describe(`jobs (${storageName})`, () => {
  it('run for their event, are tried again after a failure, and outlive the process that took the event', async () => {
    const node = async (schema?: string) => {
      const laurel = await plainLaurel({ logger, ...(schema && { schema }) });
      const runs: string[] = [];
      let failing = true;
      laurel.job('participant.created', 'welcome-mail', ({ id }) => {
        runs.push(id);
        if (failing) throw new Error('the mail server is away');
      });
      await laurel.start();
      return {
        laurel,
        runs,
        mend: () => {
          failing = false;
        },
      };
    };
    const first = await node();
    await first.laurel.api.participants.upsert({ externalId: 'ada' });
    await eventually(
      () => first.runs.length,
      (count) => count === 1,
    );
    const jobs = { schema: `${first.laurel.schema}_jobs` };
    const stateOf = async () =>
      (await sql<{ state: string }>(jobs, `select state::text from $schema.job where name like '%welcome-mail'`)).map(
        ({ state }) => state,
      );
    expect(await eventually(stateOf, ([state]) => state === 'retry')).toEqual(['retry']);
    await first.laurel.close();

    const second = await node(first.laurel.schema);
    second.mend();
    await sql(jobs, `update $schema.job set start_after = now() where state = 'retry'`);
    await eventually(
      () => second.runs.length,
      (count) => count === 1,
    );
    expect(second.runs).toEqual(first.runs);
    expect(await eventually(stateOf, ([state]) => state === 'completed')).toEqual(['completed']);
    await second.laurel.close();
  });

  it('come of events that were written while nobody ran jobs', async () => {
    const web = await plainLaurel({ jobs: false, background: false });
    await web.api.participants.upsert({ externalId: 'ada' });
    await web.close();
    const worker = await plainLaurel({ schema: web.schema, logger });
    let runs = 0;
    worker.job('participant.created', 'welcome-mail', () => void runs++);
    await worker.start();
    expect(
      await eventually(
        () => runs,
        (count) => count > 0,
      ),
    ).toBe(1);
    const [event] = await sql<{ attempts: number }>(web, 'select attempts from $schema.event');
    expect(event?.attempts).toBe(1);
  });

  it('are not lost on a node that runs none: their events wait for one that does', async () => {
    const web = await plainLaurel({ jobs: false, logger });
    web.job('participant.created', 'welcome-mail', () => {});
    let seen = 0;
    web.on('program.created', () => void seen++);
    await web.start();
    await web.api.participants.upsert({ externalId: 'ada' });
    await web.api.programs.create({ slug: 'friends', name: 'Friends', landingUrl: 'https://shop.example/' });
    expect(
      await eventually(
        () => seen,
        (count) => count > 0,
      ),
    ).toBe(1);

    const worker = await plainLaurel({ schema: web.schema, logger });
    let runs = 0;
    worker.job('participant.created', 'welcome-mail', () => void runs++);
    await worker.start();
    expect(
      await eventually(
        () => runs,
        (count) => count > 0,
      ),
    ).toBe(1);
  });
});
