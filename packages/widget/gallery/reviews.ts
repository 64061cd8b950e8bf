import type { IncomingMessage } from 'node:http';
import type { Api } from '@laurelkit/sdk/client';

/** A review as the API answers it. */
type Review = Awaited<ReturnType<Api['reviews']['list']>>['items'][number];
type Signal = Review['signals'][number];

const uuid = (number: number) => `01930000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

const signals: Record<string, Signal> = {
  device: {
    code: 'same_device',
    group: 'person',
    weight: 40,
    severity: 'high',
    reason: 'Referrer and referee used the same device within a day.',
  },
  disposable: {
    code: 'disposable_email',
    group: 'email',
    weight: 35,
    severity: 'medium',
    reason: 'The address is of a service for throw-away addresses.',
  },
  burst: {
    code: 'burst',
    group: 'velocity',
    weight: 30,
    severity: 'medium',
    reason: '80 people signed up through this link within an hour; 2 a day are usual here.',
  },
  gap: {
    code: 'implausible_gap',
    group: 'timing',
    weight: 15,
    severity: 'low',
    reason: 'Signed up 2 seconds after the click.',
  },
};

const person = (number: number, displayName: string | null) => ({
  id: uuid(1000 + number),
  externalId: `customer-${number}`,
  displayName,
  name: null as string | null,
});

/** So many reviews, the odder ones in between. */
export function reviewsOf(count: number): Review[] {
  const names = [
    'Mira',
    'Joaquim',
    null,
    'Maximiliana Theodora Alexandrina Wilhelmina von und zu Hohenstauffen-Lichtenberg',
    'שירה לוי',
    '👩🏽‍🚀 Ada',
  ];
  const sets = [
    [signals.device, signals.gap],
    [signals.disposable, signals.burst, signals.gap],
    [signals.burst],
  ] as Signal[][];
  return Array.from({ length: count }, (_, index): Review => {
    const chosen = sets[index % sets.length] as Signal[];
    const appealed = index % 5 === 3;
    const openedAt = ago(90 - index);
    return {
      id: uuid(index + 1),
      program: 'friends',
      state: appealed ? 'appealed' : 'open',
      sides: { referrer: appealed ? 'appealed' : 'open', referee: appealed ? 'appealed' : 'open' },
      referral: { id: uuid(500 + index), state: appealed ? 'rejected' : 'qualified', createdAt: ago(100 - index) },
      referrer: person(index % 4, names[index % names.length] ?? null),
      referee: person(50 + index, names[(index + 3) % names.length] ?? null),
      score: chosen.reduce((sum, { weight }) => sum + weight, 0),
      mode: 'normal',
      signals: chosen,
      rewardsHeld: index % 3,
      appeal: appealed
        ? 'We share a flat and a laptop. She bought the beans herself, the receipt is in her name.'
        : null,
      history: [
        { state: 'open', actor: 'system', reason: 'score', side: null, at: openedAt },
        ...(appealed
          ? [
              {
                state: 'rejected' as const,
                actor: 'staff:Ida',
                reason: 'Same person under two names',
                side: null,
                at: ago(60),
              },
              { state: 'appealed' as const, actor: 'participant', reason: 'appeal', side: null, at: ago(20) },
            ]
          : []),
      ],
      openedAt,
      updatedAt: openedAt,
    };
  });
}

async function bodyOf(
  request: IncomingMessage,
): Promise<{ reviews: string[]; decision: 'approved' | 'rejected'; reason: string; side?: 'referrer' | 'referee' }> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString());
}

/** Answers what the queue asks; `undefined` for anything else. Decisions change the reviews given. */
export async function answerReviews(request: IncomingMessage, url: URL, path: string, all: Review[]) {
  if (path === '/reviews') {
    const wanted = url.searchParams.get('state') === 'waiting' ? ['open', 'appealed'] : [url.searchParams.get('state')];
    const shown = all.filter(({ state }) => wanted.includes(state));
    const offset = Number(url.searchParams.get('cursor') ?? 0);
    const end = offset + Number(url.searchParams.get('limit') ?? 20);
    const waiting = all.filter(({ state }) => state === 'open' || state === 'appealed').length;
    return { items: shown.slice(offset, end), nextCursor: end < shown.length ? String(end) : null, waiting };
  }
  if (path !== '/reviews/decide') return undefined;
  const { reviews, decision, reason, side } = await bodyOf(request);
  const decided: string[] = [];
  const meant = side ? [side] : (['referrer', 'referee'] as const);
  for (const review of all.filter(({ id }) => reviews.includes(id))) {
    if (meant.every((each) => review.sides[each] === decision)) continue;
    for (const each of meant) review.sides[each] = decision;
    const states = Object.values(review.sides);
    review.state = (['appealed', 'open', 'rejected'] as const).find((each) => states.includes(each)) ?? 'approved';
    review.history.push({ state: decision, actor: 'staff:Ida', reason, side: side ?? null, at: ago(0) });
    decided.push(review.id);
  }
  return { decided, unchanged: reviews.filter((id) => !decided.includes(id)) };
}
