import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { browser } from './browser.ts';
import { askToJoin, confirmJoining, consentText, createMailbox, openJoining } from './mailbox.ts';
import {
  ask,
  databaseUrl,
  eventually,
  inHostTransaction,
  isWaitedFor,
  newcomers,
  refer,
  seed,
  sql,
  storageName,
  testLaurel,
} from './support.ts';

describe(`leaving a programme (${storageName})`, () => {
  const mailbox = createMailbox();
  const program = 'friends';
  const heard: string[] = [];
  let laurel: TestLaurel;
  const newcomer = newcomers(() => laurel);

  /** A participant with a link, and a credential of theirs. */
  const member = async () => {
    const participant = await newcomer();
    const { referralCode } = await laurel.api.programs.me({ program, participant });
    const { token } = await laurel.api.participants.createToken({ participant });
    const { id } = await laurel.api.participants.get({ participant });
    return { participant, id, referralCode, token };
  };
  const leave = (credential: string) => ask(laurel, 'POST', '/programs/friends/leave', { credential, body: {} });
  const rejoin = (credential: string, body: object = { consentText }) =>
    ask(laurel, 'POST', '/programs/friends/rejoin', { credential, body });
  /** Asks to join once more, as long after the first time as it takes; answers the token of the message. */
  const askAgain = async (email: string) => {
    await sql(laurel, `update $schema.join_request set created_at = created_at - interval '1 hour' where email = $1`, [
      email,
    ]);
    await askToJoin(laurel, email);
    return mailbox.tokenFor(email, 2);
  };
  const consents = (id: string) =>
    sql<{ kind: string }>(laurel, 'select * from $schema.consent_change where participant_id = $1 order by id', [id]);

  beforeAll(async () => {
    laurel = await testLaurel({ mail: mailbox.mail });
    await seed(laurel.api);
    await openJoining(laurel);
    for (const name of ['participant.left', 'participant.joined'] as const) {
      laurel.on(name, ({ payload }) => void heard.push(`${name} ${payload.participant}`));
    }
  });

  it('takes the links away: they answer as unknown ones, and nobody is bound by an earlier click', async () => {
    const { participant, referralCode, token } = await member();
    await laurel.api.joining.settings({ program, participant, introducedAs: 'Mira' });
    const visitor = browser(laurel);
    const before = await visitor.follow(referralCode);
    const clickId = before.location?.searchParams.get('rid') ?? '';
    expect((await leave(token)).status).toBe(200);

    const known = await browser(laurel).follow(referralCode);
    const unknown = await browser(laurel).follow('nobodyhas1');
    expect([...(known.location?.searchParams.keys() ?? [])]).toEqual([
      ...(unknown.location?.searchParams.keys() ?? []),
    ]);
    const clicks = await sql(laurel, 'select from $schema.click where id = $1', [
      known.location?.searchParams.get('rid') ?? randomUUID(),
    ]);
    expect(clicks).toHaveLength(0);
    expect(await laurel.api.joining.invitation({ program, referralCode })).toMatchObject({ invitedBy: null });

    const friend = await newcomer();
    await expect(laurel.api.referrals.create({ program, participant: friend, referralCode })).rejects.toMatchObject({
      code: 'code_not_found',
    });
    await expect(laurel.api.referrals.create({ program, participant: friend, clickId })).rejects.toMatchObject({
      code: 'click_not_found',
    });
    const sale = { program, participant: friend, event: 'purchase', idempotencyKey: randomUUID() };
    await expect(laurel.api.conversions.create({ ...sale, couponCode: referralCode })).rejects.toMatchObject({
      code: 'code_not_found',
    });
  });

  it('keeps what was earned, and the friends who had joined', async () => {
    const { participant, token } = await member();
    const friend = await newcomer();
    await refer(laurel.api, participant, friend);
    await leave(token);
    const { items } = await laurel.api.referrals.list({ program, referrer: participant });
    expect(items).toHaveLength(1);
    const sale = { program, participant: friend, event: 'purchase', idempotencyKey: randomUUID() };
    expect(await laurel.api.conversions.create(sale)).toMatchObject({ attributed: true });
    expect((await ask(laurel, 'GET', '/programs/friends/wallet', { credential: token })).status).toBe(200);
  });

  it('happens once however many ask at once, and withdraws the consent in a row of its own', async () => {
    const { id, token } = await member();
    const answers = await Promise.all(Array.from({ length: 6 }, () => leave(token)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ json }) => json.leftAt)).size).toBe(1);
    expect(await consents(id)).toMatchObject([{ kind: 'withdrawn', actor: 'participant' }]);
    await eventually(
      () => heard,
      (all) => all.includes(`participant.left ${id}`),
    );
    expect(heard.filter((each) => each === `participant.left ${id}`)).toHaveLength(1);
    await expect(sql(laurel, 'delete from $schema.consent_change where participant_id = $1', [id])).rejects.toThrow(
      'append-only',
    );
  });

  it('tells whoever asks for the link that they left, and gives no new code', async () => {
    const { participant, token } = await member();
    await leave(token);
    const me = await ask(laurel, 'GET', '/programs/friends/me', { credential: token });
    expect([me.status, me.json.code]).toEqual([403, 'participation_left']);
    await expect(laurel.api.joining.chooseCode({ program, participant, code: 'comeback' })).rejects.toMatchObject({
      code: 'participation_left',
    });
  });

  it('lets them back in with the codes they had, for the text of today', async () => {
    const { participant, id, token, referralCode } = await member();
    await laurel.api.joining.chooseCode({ program, participant, code: 'kite-mira' });
    await leave(token);
    expect((await rejoin(token, { consentText: 'An older text.' })).json.code).toBe('consent_outdated');
    const back = await Promise.all([rejoin(token), rejoin(token)]);
    for (const { status, json } of back) expect([status, json.referralCode]).toEqual([200, 'kite-mira']);
    await refer(laurel.api, participant, await newcomer());
    const friend = await newcomer();
    await laurel.api.referrals.create({ program, participant: friend, referralCode });
    expect((await consents(id)).map(({ kind }) => kind)).toEqual(['withdrawn', 'given']);
    expect((await leave(token)).status).toBe(200);
    expect(await consents(id)).toHaveLength(3);
  });

  it('lets somebody who left confirm their address again', async () => {
    const email = 'mira@own.example';
    await askToJoin(laurel, email);
    const { json } = await confirmJoining(laurel, await mailbox.tokenFor(email));
    await leave(json.token);
    const again = await confirmJoining(laurel, await askAgain(email));
    expect(again.json).toMatchObject({ participant: json.participant, referralCode: json.referralCode });
    expect((await ask(laurel, 'GET', '/programs/friends/me', { credential: again.json.token })).status).toBe(200);
    expect((await consents(json.participant)).map(({ kind }) => kind)).toEqual(['given', 'withdrawn', 'given']);
  });

  // One process has embedded storage to itself, and one transaction at a time.
  it.runIf(databaseUrl).each(['by a form', 'without a form'])(
    'tells of who came %s and comes back by confirming while they leave',
    async (way) => {
      const email = `${randomUUID()}@own.example`;
      await askToJoin(laurel, email);
      expect((await confirmJoining(laurel, await mailbox.tokenFor(email))).status).toBe(200);
      const [{ id } = { id: '' }] = await sql<{ id: string }>(
        laurel,
        'select participant_id as id from $schema.participant_contact where email = $1',
        [email],
      );
      if (way === 'without a form') {
        await sql(laurel, 'delete from $schema.participation where participant_id = $1', [id]);
      }
      const token = await askAgain(email);
      let confirmed: Promise<unknown> = Promise.resolve();
      await inHostTransaction(async (transaction) => {
        await laurel.api.with(transaction).joining.leave({ program, participant: id });
        confirmed = confirmJoining(laurel, token);
        await isWaitedFor(transaction);
      });
      expect(await confirmed).toMatchObject({ status: 200 });
      const told = await sql<{ name: string }>(
        laurel,
        `select name from $schema.event where name in ('participant.joined', 'participant.left')
           and payload ->> 'participant' = $1 order by id`,
        [id],
      );
      expect(told.map(({ name }) => name)).toEqual(['participant.joined', 'participant.left', 'participant.joined']);
      expect((await consents(id)).map(({ kind }) => kind)).toEqual(['given', 'withdrawn', 'given']);
      const [here] = await sql(laurel, 'select left_at from $schema.participation where participant_id = $1', [id]);
      expect(here).toEqual({ left_at: null });
    },
  );

  it('lets nobody go for somebody else', async () => {
    const { participant } = await member();
    const { token } = await member();
    const body = { participant };
    const answer = await ask(laurel, 'POST', '/programs/friends/leave', { credential: token, body });
    expect(answer.status).toBe(403);
  });
});
