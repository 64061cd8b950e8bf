import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import {
  ask,
  databaseUrl,
  eventually,
  inHostTransaction,
  newcomers,
  seed,
  sql,
  storageName,
  testLaurel,
} from './support.ts';

const minute = 60_000;
const day = 1440 * minute;
const from = (milliseconds: number) => new Date(Date.now() + milliseconds);
const nothingSaid = { rulesVersion: 1, ageConfirmed: false, showName: false };

describe(`joining contests (${storageName})`, () => {
  let laurel: TestLaurel;
  const newcomer = newcomers(() => laurel);
  const tokenOf = async (participant: string) => (await laurel.api.participants.createToken({ participant })).token;
  const contest = async (slug: string, more: Record<string, unknown> = {}) => {
    const interval = { startsAt: from(-minute).toISOString(), endsAt: from(day).toISOString() };
    await laurel.api.contests.create({ program: 'friends', slug, name: slug, ...interval, ...more });
    return slug;
  };
  const codeOf = (call: Promise<unknown>) =>
    call.then(
      () => null,
      (error: { code: string }) => error.code,
    );
  beforeAll(async () => {
    laurel = await testLaurel();
    await seed(laurel.api, ['ada', 'bob']);
  });

  describe('joining', () => {
    const eligibility = { countries: ['PT', 'ES'], minimumAge: 18, verifiedEmail: true };

    it('says what is asked, and takes in nobody of whom it is not said', async () => {
      const slug = await contest('strict', { eligibility });
      const ada = { credential: await tokenOf('ada') };
      const join = (body: object) => ask(laurel, 'POST', `/contests/${slug}/join`, { ...ada, body });
      const { json } = await join({ rulesVersion: 1, country: 'FR' });
      expect(json).toMatchObject({
        code: 'not_eligible',
        errors: [{ pointer: '#/country', detail: 'must be one of: PT, ES' }, { pointer: '#/ageConfirmed' }],
      });
      expect((await laurel.api.entries.me({ contest: slug, participant: 'ada' })).missing).toEqual([
        'joining',
        'email',
      ]);
      const joined = await join({ rulesVersion: 1, country: 'PT', ageConfirmed: true });
      expect(joined.json).toMatchObject({ joined: true, missing: ['email'] });
      await sql(
        laurel,
        `insert into $schema.participant_contact (participant_id, email, email_key, email_domain, confirmed_at)
         select id, 'ada@own.example', 'key', 'own.example', now() from $schema.participant where external_id = 'ada'`,
      );
      expect((await laurel.api.entries.me({ contest: slug, participant: 'ada' })).missing).toEqual([]);
      await sql(laurel, `update $schema.contest set rules_version = 2 where slug = 'strict'`);
      expect((await laurel.api.entries.me({ contest: slug, participant: 'ada' })).missing).toEqual(['rules']);
      expect(await join({ rulesVersion: 1, country: 'PT', ageConfirmed: true })).toMatchObject({
        json: { code: 'rules_outdated' },
      });
    });

    it('is possible before the start, while paused, and never after the end', async () => {
      const slug = await contest('later', { startsAt: from(day).toISOString(), endsAt: from(2 * day).toISOString() });
      const join = async () =>
        codeOf(laurel.api.entries.join({ contest: slug, participant: await newcomer(), ...nothingSaid }));
      expect(await join()).toBeNull();
      laurel.travelTo(from(1.5 * day));
      await sql(laurel, `update $schema.contest set state = 'paused' where slug = 'later'`);
      expect(await join()).toBeNull();
      expect(await codeOf(laurel.api.entries.join({ contest: slug, participant: 'bob', ...nothingSaid }))).toBeNull();
      laurel.travelTo(from(3 * day));
      expect(await join()).toBe('contest_not_live');
      laurel.travelTo(null);
    });
  });

  describe('a waitlist', () => {
    it('puts people in line as they joined, and referrals move them up', async () => {
      const slug = await contest('queue', { kind: 'waitlist', scoring: [{ event: 'referral', points: 5 }] });
      const people = [await newcomer(), await newcomer(), await newcomer()];
      for (const [index, participant] of people.entries()) {
        const own = await laurel.api.entries.join({ contest: slug, participant, ...nothingSaid });
        expect(own).toMatchObject({ points: 1, position: { position: index + 1, of: index + 1 } });
      }
      await laurel.api.points.award({ contest: slug, participant: people[2] ?? '', points: 5, idempotencyKey: 'up' });
      const positions = people.map(
        async (participant) => (await laurel.api.entries.me({ contest: slug, participant })).position?.position,
      );
      expect(await Promise.all(positions)).toEqual([2, 3, 1]);
    });

    it('that has not begun has no line; at the start those who joined stand in their order', async () => {
      const slug = await contest('early', {
        ...{ kind: 'waitlist', startsAt: from(day).toISOString(), endsAt: from(2 * day).toISOString() },
      });
      const people = [await newcomer(), await newcomer(), await newcomer()];
      for (const participant of people) {
        const own = await laurel.api.entries.join({ contest: slug, participant, ...nothingSaid });
        expect(own).toMatchObject({ points: 0, position: null });
      }
      laurel.travelTo(from(day + minute));
      // Whoever asks first is not first for that, nor whoever joins now.
      const ask = (participant = '') => laurel.api.entries.me({ contest: slug, participant });
      expect((await ask(people[2])).position).toEqual({ position: 3, of: 3 });
      const late = await laurel.api.entries.join({ contest: slug, participant: await newcomer(), ...nothingSaid });
      expect(late.position).toEqual({ position: 4, of: 4 });
      expect((await ask(people[0])).position?.position).toBe(1);
      laurel.travelTo(null);
    });

    it('gives places by the keeper at the start, and to those who joined during a pause', async () => {
      const slug = await contest('kept', {
        ...{ kind: 'waitlist', startsAt: from(5 * day).toISOString(), endsAt: from(9 * day).toISOString() },
      });
      const people = [await newcomer(), await newcomer()];
      const join = (participant = '') => laurel.api.entries.join({ contest: slug, participant, ...nothingSaid });
      const wake = () => sql(laurel, 'select pg_notify($1, $2)', [`laurel_${laurel.schema}`, '{"contests":["kept"]}']);
      const inLine = () =>
        sql(laurel, `select from $schema.ledger join $schema.contest on contest.id = contest_id and slug = 'kept'`);
      await join(people[0]);
      laurel.travelTo(from(6 * day));
      await wake();
      expect(await eventually(inLine, ({ length }) => length === 1)).toHaveLength(1);
      await sql(laurel, `update $schema.contest set state = 'paused' where slug = 'kept'`);
      expect((await join(people[1])).position).toBeNull();
      await sql(laurel, `update $schema.contest set state = 'scheduled' where slug = 'kept'`);
      const own = await laurel.api.entries.me({ contest: slug, participant: people[1] ?? '' });
      expect(own.position).toEqual({ position: 2, of: 2 });
      laurel.travelTo(null);
    });

    it('gives a place to those whose joining was not committed when it began', async () => {
      const slug = await contest('overlapping', {
        ...{ kind: 'waitlist', startsAt: from(20 * day).toISOString(), endsAt: from(30 * day).toISOString() },
      });
      const [early, overlapping] = [await newcomer(), await newcomer()];
      await laurel.api.entries.join({ contest: slug, participant: early, ...nothingSaid });
      const inLine = () =>
        sql<{ external_id: string }>(
          laurel,
          `select external_id from $schema.ledger join $schema.participant on participant.id = participant_id
           where contest_id = (select id from $schema.contest where slug = 'overlapping') order by seq`,
        );
      await inHostTransaction(async (transaction) => {
        await laurel.api.with(transaction).entries.join({ contest: slug, participant: overlapping, ...nothingSaid });
        laurel.travelTo(from(21 * day));
        // On embedded storage nobody else is let in meanwhile.
        if (databaseUrl) await eventually(inLine, ({ length }) => length === 1);
      });
      expect((await eventually(inLine, ({ length }) => length === 2)).map((row) => row.external_id)).toEqual([
        ...[early, overlapping],
      ]);
      laurel.travelTo(null);
    });
  });
});
