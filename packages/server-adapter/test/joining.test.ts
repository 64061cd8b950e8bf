import { beforeAll, describe, expect, it } from 'vitest';
import type { JoinAttempt, MailMessage } from '../src/index.ts';
import { prune } from '../src/prune.ts';
import type { TestLaurel } from '../src/testing.ts';
import { browser } from './browser.ts';
import { askToJoin, confirmJoining, consentText, createMailbox, openJoining, tokenIn } from './mailbox.ts';
import {
  ask,
  databaseUrl,
  dump,
  eventually,
  inHostTransaction,
  isWaitedFor,
  seed,
  sql,
  storageName,
  testLaurel,
} from './support.ts';

const minute = 60_000;
const day = 1440 * minute;

describe(`joining (${storageName})`, () => {
  const mailbox = createMailbox();
  let laurel: TestLaurel;
  let code: string;
  let people = 0;

  const newAddress = () => `person.${++people}@own.example`;
  /** Asks to join and confirms. */
  const join = async (email: string, more: object = {}, headers: Record<string, string> = {}) => {
    const before = mailbox.to(email).length;
    expect((await askToJoin(laurel, email, more, headers)).status).toBe(200);
    return confirmJoining(laurel, await mailbox.tokenFor(email, before + 1));
  };
  const requests = (email: string) => sql(laurel, 'select * from $schema.join_request where email = $1', [email]);
  const referrerOf = async (participant: string) => {
    const { items } = await laurel.api.referrals.list({ referee: participant });
    return items[0];
  };

  beforeAll(async () => {
    laurel = await testLaurel({ mail: mailbox.mail });
    await seed(laurel.api, ['ada', 'bob']);
    await openJoining(laurel);
    code = (await laurel.api.programs.me({ program: 'friends', participant: 'ada' })).referralCode;
  });

  it('makes a participant, their link and a token, once the address is confirmed', async () => {
    const email = newAddress();
    expect(await join(email, { displayName: 'Eve\u202e' })).toMatchObject({ status: 200 });
    const [request] = await requests(email);
    const [contact] = await sql<{ participant_id: string; confirmed_at: Date }>(
      laurel,
      'select * from $schema.participant_contact where email = $1',
      [email],
    );
    expect(contact?.confirmed_at).toBeInstanceOf(Date);
    const participant = await laurel.api.participants.get({ participant: contact?.participant_id ?? '' });
    expect(participant).toMatchObject({
      displayName: 'Eve',
      externalId: expect.stringMatching(/^join:[0-9a-f-]{36}$/),
    });
    const [participation] = await sql(laurel, 'select * from $schema.participation where participant_id = $1', [
      participant.id,
    ]);
    expect(participation).toMatchObject({
      consent_text: consentText,
      consented_at: request?.created_at,
      introduced_as: null,
    });
  });

  it('answers with what the browser needs to act for the new participant', async () => {
    const { json } = await join(newAddress());
    const me = await ask(laurel, 'GET', '/programs/friends/me', { credential: json.token });
    expect(me.json).toMatchObject({ referralCode: json.referralCode, referred: false });
    expect(Date.parse(json.expiresAt)).toBeGreaterThan(Date.now() + 50 * minute);
  });

  it('keeps no token: what is in the database confirms nothing', async () => {
    const email = newAddress();
    await askToJoin(laurel, email);
    const token = await mailbox.tokenFor(email);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const stored = Object.values(await dump(laurel)).join('\n');
    expect(stored).not.toContain(token);
    const [request] = await requests(email);
    for (const value of Object.values(request ?? {}).filter((each) => typeof each === 'string')) {
      expect((await confirmJoining(laurel, String(value))).json.code).toBe('confirmation_invalid');
    }
    expect((await confirmJoining(laurel, token)).status).toBe(200);
  });

  it('takes a token once, however many ask at once, and only for 48 hours', async () => {
    const email = newAddress();
    await askToJoin(laurel, email);
    const token = await mailbox.tokenFor(email);
    const answers = await Promise.all(Array.from({ length: 8 }, () => confirmJoining(laurel, token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(422)]);
    expect(await sql(laurel, 'select from $schema.participant_contact where email = $1', [email])).toHaveLength(1);
    const late = newAddress();
    const at = new Date('2031-01-01T00:00:00Z');
    laurel.travelTo(at);
    await askToJoin(laurel, late);
    const lateToken = await mailbox.tokenFor(late);
    laurel.travelTo(new Date(at.getTime() + 2 * day));
    expect((await confirmJoining(laurel, lateToken)).json.code).toBe('confirmation_invalid');
    laurel.travelTo(new Date(at.getTime() + 2 * day - 1));
    expect((await confirmJoining(laurel, lateToken)).status).toBe(200);
    laurel.travelTo(null);
  });

  it('signs in who confirmed the address before, and takes two spellings of it for two people', async () => {
    const email = newAddress();
    const first = await join(email);
    await sql(laurel, `update $schema.join_request set created_at = created_at - interval '1 hour' where email = $1`, [
      email,
    ]);
    const again = await join(email.toUpperCase(), { displayName: 'Somebody else' });
    expect(again.json.participant).toBe(first.json.participant);
    expect(again.json.referralCode).toBe(first.json.referralCode);
    expect((await laurel.api.participants.get({ participant: first.json.participant })).displayName).toBeNull();
    await sql(laurel, `update $schema.join_request set created_at = created_at - interval '1 hour'`);
    // One mailbox by its key, as most providers have it; but this one may deliver tagged addresses to somebody else.
    const tagged = await join(email.replace('@', '+x@'));
    expect(tagged.json.participant).not.toBe(first.json.participant);
  });

  it('does not sign anybody in as who only the host says has the address', async () => {
    const email = newAddress();
    const told = await laurel.api.participants.upsert({ externalId: 'told', email });
    expect((await join(email)).json.participant).not.toBe(told.id);
  });

  it('binds the newcomer to who invited them, by click, cookie or code, as it was when they asked', async () => {
    const visitor = browser(laurel);
    const { location } = await visitor.follow(`${code}?channel=whatsapp`);
    const clickId = location?.searchParams.get('rid');
    const ada = await laurel.api.participants.get({ participant: 'ada' });
    const expected = { referrer: ada.id, attributedBy: 'click', channel: 'whatsapp' };
    const byClick = await join(newAddress(), { clickId });
    expect(await referrerOf(byClick.json.participant)).toMatchObject(expected);
    const byCookie = await join(newAddress(), {}, { cookie: visitor.cookie });
    expect(await referrerOf(byCookie.json.participant)).toMatchObject(expected);
    const byCode = await join(newAddress(), { referralCode: code });
    expect(await referrerOf(byCode.json.participant)).toMatchObject({ referrer: ada.id, attributedBy: 'code' });
    const byNobody = await join(newAddress(), { referralCode: 'nobody-has-it', clickId: crypto.randomUUID() });
    expect(await referrerOf(byNobody.json.participant)).toBeUndefined();
    const history = (await referrerOf(byClick.json.participant))?.history;
    expect(history?.[0]).toMatchObject({ from: null, to: 'pending', actor: 'participant', reason: 'click' });
  });

  it('binds nobody to themself, and nobody who was there before', async () => {
    const email = newAddress();
    const first = await join(email);
    await sql(laurel, `update $schema.join_request set created_at = created_at - interval '1 hour'`);
    await join(email, { referralCode: first.json.referralCode });
    await sql(laurel, `update $schema.join_request set created_at = created_at - interval '1 hour'`);
    await join(email, { referralCode: code });
    expect(await referrerOf(first.json.participant)).toBeUndefined();
  });

  it('tells of who joined, once', async () => {
    const { json } = await join(newAddress());
    const events = await sql<{ name: string }>(
      laurel,
      `select name from $schema.event where payload->>'participant' = $1 order by id`,
      [json.participant],
    );
    expect(events.map(({ name }) => name)).toEqual(['participant.created', 'participant.joined']);
  });

  it('answers alike whoever has the address', async () => {
    const known = newAddress();
    await join(known);
    await sql(laurel, `update $schema.join_request set created_at = created_at - interval '8 days'`);
    const unknown = newAddress();
    const answers = [await askToJoin(laurel, known), await askToJoin(laurel, unknown)];
    // The third is refused by the limits of its recipient, silently.
    answers.push(await askToJoin(laurel, unknown));
    expect(new Set(answers.map(({ text, status }) => `${status} ${text}`)).size).toBe(1);
    const names = answers.map(({ headers }) => [...headers.keys()].join());
    expect(new Set(names).size).toBe(1);
    await mailbox.tokenFor(known, 2);
    expect(await requests(unknown)).toHaveLength(1);
  });

  it('T29 mail bombs: one message to a mailbox in ten minutes and three in a week, whoever asks', async () => {
    const email = 'target@gmail.com';
    const at = new Date('2032-01-01T00:00:00Z').getTime();
    const askAt = async (time: number, address = email) => {
      laurel.travelTo(new Date(time));
      await askToJoin(laurel, address);
      return (await sql(laurel, `select from $schema.join_request where email like 't%@g%mail.com'`)).length;
    };
    expect(await askAt(at)).toBe(1);
    const spellings = ['t.arget@gmail.com', 'target+1@gmail.com', 'TARGET@googlemail.com'];
    for (const spelling of spellings) expect(await askAt(at + 9 * minute, spelling)).toBe(1);
    expect(await askAt(at + 10 * minute)).toBe(2);
    expect(await askAt(at + 20 * minute)).toBe(3);
    expect(await askAt(at + 6 * day)).toBe(3);
    expect(await askAt(at + 7 * day)).toBe(4);
    laurel.travelTo(null);
    const flood = newAddress();
    await Promise.all(Array.from({ length: 12 }, () => askToJoin(laurel, flood)));
    expect(await requests(flood)).toHaveLength(1);
  });

  it('keeps no request for longer than it counts: a week', async () => {
    const [old, young] = [newAddress(), newAddress()];
    for (const [email, age] of [
      [old, '7 days'],
      [young, '6 days 23 hours'],
    ] as const) {
      await askToJoin(laurel, email);
      await sql(laurel, 'update $schema.join_request set created_at = now() - $2::interval where email = $1', [
        email,
        age,
      ]);
    }
    await prune({ query: (text, values) => sql(laurel, text, [...(values ?? [])]) }, `"${laurel.schema}"`);
    expect([await requests(old), await requests(young)].map(({ length }) => length)).toEqual([0, 1]);
  });

  it('wants the current text agreed to, an open programme, and a page of the programme’s', async () => {
    const email = newAddress();
    const codeOf = async (more: object) => (await askToJoin(laurel, email, more)).json.code;
    expect(await codeOf({ consentText: 'Something else.' })).toBe('consent_outdated');
    expect(await codeOf({ consent: false })).toBe('validation_failed');
    expect(await codeOf({ returnTo: 'https://evil.example/' })).toBe('landing_not_allowed');
    expect(await codeOf({ returnTo: 'javascript:alert(1)' })).toBe('landing_not_allowed');
    await laurel.api.programs.update({ program: 'friends', joining: 'host' });
    expect(await codeOf({})).toBe('joining_closed');
    await laurel.api.programs.update({ program: 'friends', joining: 'open', archived: true });
    expect(await codeOf({})).toBe('program_archived');
    await laurel.api.programs.update({ program: 'friends', archived: false });
    expect(await requests(email)).toEqual([]);
  });

  it('leads back to the page asked for, in the language asked for, with nothing of the asker’s in the message', async () => {
    const [spanish, other] = [newAddress(), newAddress()];
    const displayName = 'Click http://evil.example now';
    await askToJoin(laurel, spanish, { locale: 'es-MX', returnTo: '/club?tab=1#top', displayName });
    await askToJoin(laurel, other, { locale: 'xx' });
    const token = await mailbox.tokenFor(spanish);
    const message = mailbox.to(spanish)[0];
    expect(message?.subject).toBe('Confirma tu dirección: Friends');
    expect(message?.text).toContain(`https://shop.example/club?tab=1&laurel_confirm=${token}#top`);
    expect(tokenIn(message?.html.replaceAll('&amp;', '&') ?? '')).toBe(token);
    expect(JSON.stringify(message)).not.toContain('evil');
    await mailbox.tokenFor(other);
    expect(mailbox.to(other)[0]?.subject).toBe('Confirm your address: Friends');
  });

  it('refuses addresses that would be more than one line or one recipient', async () => {
    for (const email of [
      'a@own.example\r\nBcc: b@own.example',
      'a@own.example,b@own.example',
      'a@own.example b@own.example',
      'Eve <a@own.example>',
      'a\u0001@own.example',
      'a@own.example\u2028',
    ]) {
      expect((await askToJoin(laurel, email)).json.code, email).toBe('validation_failed');
    }
  });

  // One process has embedded storage to itself, and one transaction at a time.
  it.runIf(databaseUrl)('is not opened without a text by two changes at once', async () => {
    const program = 'guild';
    const landingUrl = 'https://shop.example/guild';
    await laurel.api.programs.create({ slug: program, name: 'Guild', landingUrl, consentText });
    let emptied: Promise<unknown> = Promise.resolve();
    await inHostTransaction(async (transaction) => {
      await laurel.api.with(transaction).programs.update({ program, joining: 'open' });
      emptied = laurel.api.programs.update({ program, consentText: null }).catch((error: unknown) => error);
      await isWaitedFor(transaction);
    });
    expect(await emptied).toMatchObject({ code: 'validation_failed' });
    expect(await laurel.api.programs.get({ program })).toMatchObject({ joining: 'open', consentText });
  });
});

describe(`the host’s check of who asks to join (${storageName})`, () => {
  it('comes before anything is written or sent', async () => {
    const mailbox = createMailbox();
    const attempts: unknown[] = [];
    const verify = ({ header, ...attempt }: JoinAttempt) => {
      attempts.push({ ...attempt, gate: header('x-gate') });
      if (attempt.proof === 'broken') throw new Error('The service is away.');
      return attempt.proof === 'a person';
    };
    const laurel = await testLaurel({ mail: mailbox.mail, joining: { verify } });
    await seed(laurel.api);
    await openJoining(laurel);
    const email = 'eve@own.example';
    const refused = await askToJoin(laurel, email, { proof: 'a machine' }, { 'x-gate': 'open' });
    expect([refused.status, refused.json.code]).toEqual([403, 'verification_failed']);
    expect((await askToJoin(laurel, email)).json.code).toBe('verification_failed');
    const away = await askToJoin(laurel, email, { proof: 'broken' });
    expect([away.status, away.json.code]).toEqual([503, 'verification_unavailable']);
    expect(await sql(laurel, 'select from $schema.join_request')).toEqual([]);
    expect(mailbox.messages).toEqual([]);
    expect(attempts[0]).toMatchObject({ program: 'friends', email, proof: 'a machine', gate: 'open' });
    // None of these counted against the mailbox.
    expect((await askToJoin(laurel, email, { proof: 'a person' })).json).toEqual({ sent: true });
    expect((await confirmJoining(laurel, await mailbox.tokenFor(email))).status).toBe(200);
  });
});

describe(`messages that ask for a confirmation (${storageName})`, () => {
  it('wait for a mail server that is away, and are sent once when it is back', async () => {
    const mailbox = createMailbox();
    const deliver = mailbox.mail.transport as (message: MailMessage) => Promise<void>;
    const refused: MailMessage[] = [];
    let away = true;
    const transport = async (message: MailMessage) => {
      if (!away) return deliver(message);
      refused.push(message);
      throw new Error('connection refused');
    };
    const laurel = await testLaurel({ background: false, mail: { ...mailbox.mail, transport } });
    await seed(laurel.api);
    await openJoining(laurel);
    expect((await askToJoin(laurel, 'eve@own.example')).json).toEqual({ sent: true });
    const postponed = () =>
      sql(
        laurel,
        `select from $schema.join_request where mail_leased_until between now() and now() + interval '1 minute'`,
      );
    expect(await eventually(postponed, (rows) => rows.length === 1)).toHaveLength(1);
    away = false;
    await sql(laurel, `update $schema.join_request set mail_leased_until = '-infinity'`);
    await askToJoin(laurel, 'bob@own.example');
    expect((await confirmJoining(laurel, await mailbox.tokenFor('eve@own.example'))).status).toBe(200);
    await mailbox.tokenFor('bob@own.example');
    expect(mailbox.to('eve@own.example')).toEqual(refused);
  });

  it('are given up where the server refuses the address for good', async () => {
    let tries = 0;
    const transport = async () => {
      tries++;
      throw Object.assign(new Error('550 no such mailbox'), { responseCode: 550 });
    };
    const laurel = await testLaurel({ background: false, mail: { from: 'a@shop.example', transport } });
    await seed(laurel.api);
    await openJoining(laurel);
    await askToJoin(laurel, 'eve@own.example');
    const waiting = () =>
      sql(laurel, 'select from $schema.join_request where mailed_at is null and mail_attempts < 12');
    expect(await eventually(waiting, (rows) => rows.length === 0)).toEqual([]);
    await sql(laurel, `update $schema.join_request set mail_leased_until = '-infinity'`);
    await askToJoin(laurel, 'bob@own.example');
    expect(
      await eventually(
        () => tries,
        (count) => count > 1,
      ),
    ).toBe(2);
  });

  it('are sent by one of several nodes', async () => {
    const mailbox = createMailbox();
    const first = await testLaurel({ background: false, mail: mailbox.mail });
    await seed(first.api);
    await openJoining(first);
    const nodes = await Promise.all(
      Array.from({ length: 3 }, () => testLaurel({ schema: first.schema, background: false, mail: mailbox.mail })),
    );
    const addresses = Array.from({ length: 40 }, (_, index) => `n${index}@own.example`);
    await Promise.all(addresses.map((email, index) => askToJoin(nodes[index % 3] as TestLaurel, email)));
    await eventually(
      () => mailbox.messages.length,
      (length) => length >= addresses.length,
    );
    expect(mailbox.messages.map(({ to }) => to).sort()).toEqual([...addresses].sort());
  });

  it('are at most so many a minute for one address that asks', async () => {
    const mailbox = createMailbox();
    const laurel = await testLaurel({ mail: mailbox.mail, limits: {} });
    await seed(laurel.api);
    await openJoining(laurel);
    const statuses: number[] = [];
    for (let index = 0; index < 21; index++) statuses.push((await askToJoin(laurel, `m${index}@own.example`)).status);
    expect(statuses).toEqual([...Array(20).fill(200), 429]);
  });
});
