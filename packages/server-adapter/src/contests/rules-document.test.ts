import { ContestSettings, contestKinds, drawSources, namePolicies, tiePolicies } from '@laurelkit/sdk/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { readablePageHeaders } from '../readable-page.ts';
import { type RulesFacts, rulesDocument } from './rules-document.ts';
import { rulesPage } from './rules-page.ts';
import { hashOfRules } from './rules-versions.ts';
import { ordinal, whenIn } from './rules-words.ts';

const contest = (settings: z.input<typeof ContestSettings> = {}, more: Partial<RulesFacts> = {}): RulesFacts => ({
  name: 'Spring',
  starts_at: new Date('2026-03-01T00:00:00Z'),
  ends_at: new Date('2026-03-31T23:00:00Z'),
  time_zone: 'Europe/Lisbon',
  period: 'contest',
  scoring: [{ event: '*', points: 1 }],
  hide_until_end: false,
  settings: z.parse(ContestSettings, settings),
  ...more,
});
const section = (facts: RulesFacts, heading: string) =>
  rulesDocument(facts)
    .sections.find((each) => each.heading === heading)
    ?.paragraphs.join('\n');

describe('rulesDocument', () => {
  it('says when in the contest’s own zone, and that the end is too late', () => {
    const when = section(contest(), 'When');
    expect(when).toContain('1 March 2026 at 00:00 and ends on 1 April 2026 at 00:00, in the time zone Europe/Lisbon');
    expect(when).toContain('2026-03-01T00:00:00.000Z to 2026-03-31T23:00:00.000Z');
    expect(when).toContain('The first instant counts, the last does not');
  });

  it('states the chances of a raffle, and its most tickets', () => {
    const chosen = section(contest({ kind: 'raffle', mostEntries: 5 }), 'How winners are chosen');
    expect(chosen).toContain('up to 5 tickets for each participant');
    expect(chosen).toContain('one’s own tickets divided by all tickets');
    expect(section(contest({ kind: 'raffle' }), 'How it can be checked')).toContain('drand');
    const draw = { source: 'numbers' as const, numbers: ['Lotto of 1 April 2026'] };
    const checked = section(contest({ kind: 'raffle', draw }), 'How it can be checked');
    expect(checked).toContain('“Lotto of 1 April 2026”');
    expect(checked).not.toContain('drand');
  });

  it('states the chances and the stock of an instant win', () => {
    const instantWin = { prizes: [{ name: 'Mug', oneIn: 20_000, stock: 1500 }] };
    const facts = contest({ kind: 'instant_win', instantWin });
    expect(section(facts, 'How winners are chosen')).toContain(
      'A play wins “Mug” with a chance of 1 in 20,000, as long as any of the 1,500 are left.',
    );
    expect(section(facts, 'Prizes')).toContain('1,500 pieces');
  });

  it('counts places on, from prize to prize', () => {
    const prizes = [
      { name: 'Bike' },
      { name: 'Mug', winners: 10, description: 'A large one.' },
      { name: 'Cap', winners: 2 },
    ];
    expect(section(contest({ prizes }), 'Prizes')?.split('\n')).toEqual([
      'Bike: 1st place (1 winner).',
      'Mug: 2nd to 11th place (10 winners). A large one.',
      'Cap: 12th to 13th place (2 winners).',
    ]);
  });

  it('says of every event who has to do what for it', () => {
    const events = ['referral', '*', 'lesson.completed', 'unit.completed', 'course.completed', 'week-1'];
    const scoring = events.map((event, index) => ({ event, points: index + 1 }));
    const said = section(contest({}, { scoring }), 'How points are earned')?.split('\n').slice(0, 6);
    expect(said).toEqual([
      '1 point each time somebody joins through the participant’s link.',
      '2 points for each purchase or other conversion by somebody who joined through the participant’s link.',
      '3 points for each lesson of the organiser’s courses that the participant completes.',
      '4 points for each unit of the organiser’s courses that the participant completes.',
      '5 points for each of the organiser’s courses that the participant completes.',
      '6 points for each event “week-1”: a purchase or other conversion of this name by somebody who joined through the participant’s link, a part of a course of this name that the participant completes, or what the organiser records under this name for the participant.',
    ]);
  });

  it('names ways without buying where there are any', () => {
    const heading = 'Taking part without buying';
    expect(section(contest(), heading)).toBeUndefined();
    const host = { id: 'h', kind: 'host', title: 'Come by', points: 1 } as const;
    expect(section(contest({ actions: [host] }), heading)).toBeUndefined();
    const daily = { id: 'd', kind: 'daily' as const, title: 'Come back', points: 2, after: ['h'] };
    const facts = contest({ actions: [host, daily] });
    expect(section(facts, heading)).toContain('“Come back”');
    expect(section(facts, 'How points are earned')).toContain(
      '2 points once a day, for coming back: “Come back” (opens after “Come by”).',
    );
  });

  it('never tells what answers are right', () => {
    const quiz = {
      id: 'q',
      kind: 'answer' as const,
      title: 'Quiz',
      points: 1,
      question: 'How many?',
      answers: ['canary'],
    };
    expect(JSON.stringify(rulesDocument(contest({ actions: [quiz] })))).not.toContain('canary');
  });

  it('puts the host’s own terms last, in paragraphs', () => {
    const { sections } = rulesDocument(contest({ rules: { terms: 'First.\r\n\nSecond.' } }));
    expect(sections.at(-1)).toEqual({ heading: 'Further terms', paragraphs: ['First.', 'Second.'] });
  });

  it('says the same of the same, and something of everything', () => {
    const settings = fc.record({
      kind: fc.constantFrom(...contestKinds),
      tiePolicy: fc.constantFrom(...tiePolicies),
      names: fc.constantFrom(...namePolicies),
      mostEntries: fc.option(fc.integer({ min: 1, max: 1_000_000 })),
      draw: fc.record({
        source: fc.constantFrom(...drawSources),
        numbers: fc.array(fc.constant('Lotto'), { minLength: 1, maxLength: 1 }),
      }),
      claim: fc.option(fc.record({ days: fc.integer({ min: 1, max: 90 }) })),
      league: fc.option(fc.constant({})),
      teamSize: fc.option(fc.integer({ min: 2, max: 1000 })),
      eligibility: fc.record({ minimumAge: fc.option(fc.integer({ min: 1, max: 120 })), verifiedEmail: fc.boolean() }),
    });
    fc.assert(
      fc.property(settings, (given) => {
        const document = rulesDocument(contest(given));
        expect(hashOfRules(rulesDocument(contest(given)))).toBe(hashOfRules(document));
        const words = document.sections.flatMap(({ paragraphs }) => paragraphs);
        expect(document.sections.every(({ paragraphs }) => paragraphs.length > 0)).toBe(true);
        expect(words.filter((each) => /undefined|null|NaN|\[object/.test(each) || each.trim() === '')).toEqual([]);
      }),
    );
  });

  it('has one hash, whatever the order of members (RFC 8785)', () => {
    const document = rulesDocument(contest());
    const stored = {
      sections: document.sections.map(({ heading, paragraphs }) => ({ paragraphs, heading })),
      title: document.title,
    };
    expect(hashOfRules(stored)).toBe(hashOfRules(document));
    expect(hashOfRules(document)).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('rulesPage', () => {
  it('shows what the host wrote as text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 60 }), (words) => {
        const name = `${words}<script>alert(1)</script>"'&`;
        const document = rulesDocument(contest({ rules: { sponsor: name, terms: name } }, { name }));
        const page = rulesPage({ version: 1, document, hash: 'ab', createdAt: new Date(0) }, 2, 'Europe/Lisbon');
        expect(page.match(/<script|<img|<iframe/g)).toBeNull();
        expect(
          page.match(/<(?!\/|!doctype|html|head|meta|title|style|body|main|h1|p|section|h2|footer|code|nav|a )/g),
        ).toBeNull();
        expect(page).toContain('&lt;script&gt;');
      }),
    );
    expect(readablePageHeaders['content-security-policy']).not.toContain('unsafe');
  });
});

describe('words of rules', () => {
  it('write ordinals and instants', () => {
    expect([1, 2, 3, 4, 11, 12, 13, 21, 112, 1001].map(ordinal)).toEqual(
      '1st 2nd 3rd 4th 11th 12th 13th 21st 112th 1001st'.split(' '),
    );
    expect(whenIn(new Date('2028-02-29T23:59:59Z'), 'UTC')).toBe('29 February 2028 at 23:59:59');
    expect(whenIn(new Date('2028-02-28T18:30:00Z'), 'Asia/Kolkata')).toBe('29 February 2028 at 00:00');
  });
});
