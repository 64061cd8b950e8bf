import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { type Clients, clientsOf } from './clients.ts';
import { ask, dump, eventually, seed, sql, storageName, testLaurel } from './support.ts';

const contest = 'spring';
const people = ['ada', 'bob', 'cleo', 'dan', 'eve', 'fay', 'gus', 'hal'] as const;
const starts = '2030-01-01T00:00:00Z';
const ends = '2030-02-01T00:00:00Z';

/** A contest `spring` with teams, live at the instant the Laurel is at. */
async function withTeams(settings: Record<string, unknown> = {}, names: readonly string[] = people) {
  const laurel = await testLaurel();
  laurel.travelTo(new Date('2030-01-10T00:00:00Z'));
  await seed(laurel.api, names, { startsAt: starts, endsAt: ends, teamSize: 3, ...settings });
  const clients = await clientsOf(laurel);
  const give = (participant: string, points: number) =>
    laurel.api.points.award({ contest, participant, points, idempotencyKey: randomUUID() });
  return { laurel, clients, give };
}

/** Founds a team of these, the first being its founder. */
async function found(clients: Clients, name: string, [founder = '', ...others]: string[]) {
  const team = await (await clients.participant(founder)).teams.create({ contest, name });
  for (const other of others) {
    await (await clients.participant(other)).teams.join({ contest, inviteCode: team.inviteCode });
  }
  return team;
}

// The first opens the storage, which takes its time on a busy machine.
beforeAll(async () => void (await testLaurel()));

describe(`teams (${storageName})`, () => {
  it('are founded, joined by code, seen by members and left again', async () => {
    const { clients, give } = await withTeams();
    await give('ada', 3);
    await give('bob', 5);
    const ada = await clients.participant('ada');
    expect(await ada.teams.mine({ contest })).toEqual({ team: null });
    const team = await ada.teams.create({ contest, name: '  Red \u202e Foxes ' });
    expect(team).toMatchObject({ name: 'Red Foxes', members: [{ name: 'ada', score: 3, self: true }] });
    const bob = await clients.participant('bob');
    const typed = ` ${team.inviteCode.slice(0, 5).toLowerCase()}-${team.inviteCode.slice(5)}`;
    expect(await bob.teams.join({ contest, inviteCode: typed })).toEqual({
      ...team,
      members: [
        { id: expect.any(String), name: 'bob', score: 5, self: true },
        { id: team.members[0]?.id, name: 'ada', score: 3, self: false },
      ],
    });
    expect(await ada.teams.leave({ contest })).toEqual({ left: true });
    await expect(ada.teams.leave({ contest })).rejects.toMatchObject({ code: 'team_not_found' });
    expect((await bob.teams.mine({ contest })).team?.members.map(({ name }) => name)).toEqual(['bob']);
    expect(await ada.teams.mine({ contest })).toEqual({ team: null });
    await ada.teams.join({ contest, inviteCode: team.inviteCode });
  });

  it('refuse what cannot be, and leave nothing of it behind', async () => {
    const { laurel, clients } = await withTeams({ teamSize: 2 });
    const foxes = await found(clients, 'Red Foxes', ['ada', 'bob']);
    await found(clients, 'Owls', ['cleo']);
    const [ada, dan] = [await clients.participant('ada'), await clients.participant('dan')];
    const before = await dump(laurel);
    for (const [code, call] of [
      ['team_name_taken', () => dan.teams.create({ contest, name: 'red  FOXES' })],
      ['validation_failed', () => dan.teams.create({ contest, name: '\u200b\u202e' })],
      ['validation_failed', () => dan.teams.create({ contest, name: 'x'.repeat(61) })],
      ['already_in_team', () => ada.teams.create({ contest, name: 'Boxes' })],
      ['already_in_team', () => ada.teams.join({ contest, inviteCode: foxes.inviteCode })],
      ['team_full', () => dan.teams.join({ contest, inviteCode: foxes.inviteCode })],
      ['team_not_found', () => dan.teams.join({ contest, inviteCode: 'BCDFGHJKMN' })],
      ['team_not_found', () => dan.teams.leave({ contest })],
      ['contest_not_found', () => dan.teams.mine({ contest: 'autumn' })],
    ] as const) {
      await expect(call()).rejects.toMatchObject({ code });
    }
    const after = await dump(laurel);
    expect([after.contest_team, after.contest_team_member]).toEqual([before.contest_team, before.contest_team_member]);
  });

  it('tell nothing by how an unknown code is refused', async () => {
    const { laurel, clients } = await withTeams();
    await laurel.api.contests.create({
      ...{ program: 'friends', slug: 'other', name: 'Other', startsAt: starts, endsAt: ends, teamSize: 3 },
    });
    const elsewhere = await (await clients.participant('ada')).teams.create({ contest: 'other', name: 'Foxes' });
    const { token } = await laurel.api.participants.createToken({ participant: 'bob' });
    const refusals = await Promise.all(
      [elsewhere.inviteCode, 'BCDFGHJKMN', 'x', elsewhere.id, '\u{1f98a}', '-'].map(async (inviteCode) => {
        const { status, json } = await ask(laurel, 'POST', `/contests/${contest}/teams/join`, {
          ...{ credential: token, body: { inviteCode } },
        });
        return { ...json, status, instance: null };
      }),
    );
    expect(refusals[0]).toMatchObject({ status: 404, code: 'team_not_found' });
    for (const refusal of refusals) {
      expect({ ...refusal, requestId: null }).toEqual({ ...refusals[0], requestId: null });
    }
  });

  it('count tries of codes by participant', async () => {
    const laurel = await testLaurel({ limits: { token: 5 } });
    await seed(laurel.api, ['ada'], { teamSize: 3 });
    const ada = await (await clientsOf(laurel)).participant('ada');
    const codes: string[] = [];
    for (let turn = 0; turn < 7; turn++) {
      await ada.teams.join({ contest, inviteCode: 'BCDFGHJKMN' }).catch(({ code }) => codes.push(code));
    }
    expect(codes).toEqual([...Array(5).fill('team_not_found'), 'too_many_requests', 'too_many_requests']);
  });

  it('change until the contest ends, paused or not begun as well', async () => {
    const { laurel, clients } = await withTeams();
    laurel.travelTo(new Date('2029-12-01T00:00:00Z'));
    const foxes = await found(clients, 'Foxes', ['ada']);
    await sql(laurel, `update $schema.contest set state = 'paused' where slug = $1`, [contest]);
    laurel.travelTo(new Date('2030-01-31T23:59:59.999Z'));
    await (await clients.participant('bob')).teams.join({ contest, inviteCode: foxes.inviteCode });
    laurel.travelTo(new Date(ends));
    const [bob, cleo] = [await clients.participant('bob'), await clients.participant('cleo')];
    for (const call of [
      () => bob.teams.leave({ contest }),
      () => cleo.teams.join({ contest, inviteCode: foxes.inviteCode }),
      () => cleo.teams.create({ contest, name: 'Owls' }),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'contest_not_live' });
    }
    expect((await bob.teams.mine({ contest })).team?.members).toHaveLength(2);
  });

  it('are not where a contest has none', async () => {
    const { clients } = await withTeams({ teamSize: null });
    const ada = await clients.participant('ada');
    for (const call of [
      () => ada.teams.create({ contest, name: 'Foxes' }),
      () => ada.teams.join({ contest, inviteCode: 'BCDFGHJKMN' }),
      () => ada.teams.leave({ contest }),
      () => ada.teams.mine({ contest }),
      () => clients.page.leaderboards.teams({ contest }),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'teams_not_offered' });
    }
  });
});

describe(`races for teams (${storageName})`, () => {
  it('50 join a team of 10 at once, by two Laurels: exactly 10 are in', async () => {
    const names = Array.from({ length: 51 }, (_, index) => `p${index}`);
    const { laurel, clients } = await withTeams({ teamSize: 10 }, names);
    const second = await testLaurel({ schema: laurel.schema });
    second.travelTo(new Date('2030-01-10T00:00:00Z'));
    const nodes = [clients, await clientsOf(second)];
    const { inviteCode } = await (await clients.participant('p0')).teams.create({ contest, name: 'Foxes' });
    const answers = await Promise.all(
      names.slice(1).map(async (name, index) => {
        const joiner = await (nodes[index % 2] as Clients).participant(name);
        return joiner.teams.join({ contest, inviteCode }).then(
          () => 'in',
          ({ code }) => code,
        );
      }),
    );
    expect(answers.filter((answer) => answer === 'in')).toHaveLength(9);
    expect(answers.filter((answer) => answer === 'team_full')).toHaveLength(41);
    const [row] = await sql<{ rows: number }>(laurel, 'select count(*)::int as rows from $schema.contest_team_member');
    expect(row?.rows).toBe(10);
  });

  it('one participant founds and joins many at once: one team has them, and no other is left behind', async () => {
    const { laurel, clients } = await withTeams();
    const owls = await found(clients, 'Owls', ['bob']);
    const ada = await clients.participant('ada');
    const answers = await Promise.allSettled([
      ...Array.from({ length: 10 }, (_, index) => ada.teams.create({ contest, name: `Team ${index}` })),
      ...Array.from({ length: 5 }, () => ada.teams.join({ contest, inviteCode: owls.inviteCode })),
    ]);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const answer of answers) {
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'already_in_team' });
    }
    const empty = await sql(
      laurel,
      `select from $schema.contest_team team where not exists (
         select from $schema.contest_team_member member where member.team_id = team.id)`,
    );
    expect(empty).toEqual([]);
  });

  it('one name is wanted by many at once: one has it', async () => {
    const { clients } = await withTeams();
    const answers = await Promise.allSettled(
      people.map(async (name, index) =>
        (await clients.participant(name)).teams.create({ contest, name: index % 2 ? 'Foxes' : 'FOX ES' }),
      ),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const answer of answers) {
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'team_name_taken' });
    }
  });
});

describe(`the board of teams (${storageName})`, () => {
  let laurel: TestLaurel;
  let clients: Clients;
  let give: Awaited<ReturnType<typeof withTeams>>['give'];

  beforeAll(async () => {
    ({ laurel, clients, give } = await withTeams());
    await found(clients, 'Foxes', ['ada', 'bob']);
    await found(clients, 'Owls', ['cleo', 'dan']);
    await found(clients, 'Hares', ['eve']);
    await found(clients, 'Bats', ['fay']);
    await found(clients, 'Nobody', ['gus']);
    await (await clients.participant('gus')).teams.leave({ contest });
    // Owls come to 7 before Foxes do.
    for (const [name, points] of [
      ['ada', 3],
      ['cleo', 6],
      ['dan', 1],
      ['bob', 4],
      ['eve', 9],
    ] as const) {
      await give(name, points);
    }
    await eventually(
      () => clients.page.leaderboards.teams({ contest }),
      ({ items }) => items[0]?.name === 'Hares' && items[2]?.score === 7,
    );
  });

  const line = ({ name, score, members, rank, denseRank, ordinal, tiedWith }: Record<string, unknown>) =>
    [name, score, members, rank, denseRank, ordinal, tiedWith].join(' ');

  it('has sums, exact ranks, and those first who came first to a sum', async () => {
    const board = await clients.page.leaderboards.teams({ contest });
    expect(board).toMatchObject({ teams: 4, hidden: false, state: 'live', seq: 5, nextCursor: null });
    expect(board.items.map(line)).toEqual([
      'Hares 9 1 1 1 1 0',
      'Owls 7 2 2 2 2 1',
      'Foxes 7 2 2 2 3 1',
      'Bats 0 1 4 3 4 0',
    ]);
    expect(board.items.every(({ own }) => !own)).toBe(true);
  });

  it('goes on from a cursor, and marks the caller’s own team', async () => {
    const bob = await clients.participant('bob');
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await bob.leaderboards.teams({ contest, limit: 1, ...(cursor && { cursor }) });
      seen.push(...page.items.map(({ name, own }) => `${name}${own ? ' (own)' : ''}`));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(['Hares', 'Owls', 'Foxes (own)', 'Bats']);
    await expect(bob.leaderboards.teams({ contest, cursor: 'x' })).rejects.toMatchObject({ code: 'invalid_cursor' });
  });

  it('shows no code to anybody but members, and no real id of a participant', async () => {
    const codes = await sql<{ invite_code: string }>(laurel, 'select invite_code from $schema.contest_team');
    const ids = await sql<{ id: string }>(laurel, 'select id from $schema.participant');
    const ada = await clients.participant('ada');
    const mine = await ada.teams.mine({ contest });
    const secrets = codes.map(({ invite_code }) => invite_code).filter((code) => code !== mine.team?.inviteCode);
    expect(secrets).toHaveLength(4);
    const outputs = [
      mine,
      await clients.page.leaderboards.teams({ contest }),
      await ada.leaderboards.teams({ contest }),
      await clients.host.leaderboards.teams({ contest }),
    ].map((output) => JSON.stringify(output));
    for (const output of outputs) {
      for (const secret of [...secrets, ...ids.map(({ id }) => id)]) expect(output).not.toContain(secret);
    }
    for (const output of outputs.slice(1)) expect(output).not.toContain(mine.team?.inviteCode);
    await expect(clients.page.teams.mine({ contest })).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('takes points along with whoever leaves', async () => {
    const eve = await clients.participant('eve');
    await eve.teams.leave({ contest });
    const { items } = await clients.page.leaderboards.teams({ contest });
    expect(items.map(({ name }) => name)).toEqual(['Owls', 'Foxes', 'Bats']);
    await eve.teams.create({ contest, name: 'Herons' });
    const [first] = (await clients.page.leaderboards.teams({ contest })).items;
    expect(first).toMatchObject({ name: 'Herons', score: 9, rank: 1 });
  });

  it('shows names of teams and members only where the contest shows names (codalab#1648)', async () => {
    const quiet = await withTeams({ names: 'pseudonyms' });
    await found(quiet.clients, 'Ada Lovelace and friends', ['ada', 'bob']);
    await quiet.give('ada', 2);
    const ada = await quiet.clients.participant('ada');
    for (const client of [quiet.clients.page, quiet.clients.host, await quiet.clients.participant('eve')]) {
      const board = await client.leaderboards.teams({ contest });
      expect(board.items[0]?.name).toMatch(/^Team [2-9B-Z]{4}$/);
      expect(JSON.stringify(board)).not.toMatch(/ada/i);
    }
    expect((await ada.leaderboards.teams({ contest })).items[0]).toMatchObject({
      ...{ name: 'Ada Lovelace and friends', own: true },
    });
    const { team } = await ada.teams.mine({ contest });
    expect(team?.members.map(({ name }) => name)).toEqual(['ada', expect.stringMatching(/^Guest /)]);
  });

  it('is the host’s alone until the end where the contest hides it', async () => {
    const hidden = await withTeams({ hideUntilEnd: true });
    await found(hidden.clients, 'Foxes', ['ada', 'bob']);
    await hidden.give('bob', 2);
    const ada = await hidden.clients.participant('ada');
    for (const client of [hidden.clients.page, ada]) {
      expect(await client.leaderboards.teams({ contest })).toMatchObject({ hidden: true, teams: 1, items: [] });
    }
    expect((await ada.teams.mine({ contest })).team?.members.map(({ score }) => score)).toEqual([null, null]);
    for (const client of [hidden.clients.host, await hidden.clients.staff()]) {
      const board = await eventually(
        () => client.leaderboards.teams({ contest }),
        ({ items }) => items[0]?.score === 2,
      );
      expect(board).toMatchObject({ hidden: false, items: [{ name: 'Foxes', score: 2 }] });
    }
    hidden.laurel.travelTo(new Date(ends));
    const after = await hidden.clients.participant('ada');
    expect(await after.leaderboards.teams({ contest })).toMatchObject({ hidden: false, items: [{ score: 2 }] });
    expect((await after.teams.mine({ contest })).team?.members.map(({ score }) => score)).toEqual([2, 0]);
  });
});
