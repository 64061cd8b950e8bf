import { contract, liveMessages } from '@laurelkit/sdk/contract';
import { expect, test } from 'vitest';
import { answerCourse, progressMessage, writeCourse } from './course-api.ts';
import { type Learn, learns, lessonsInOrder } from './courses.ts';

interface Schema {
  parse(value: unknown): unknown;
}

const reads: [path: string, schema: Schema][] = [
  ['/courses', contract.courses.list.response],
  ['/courses/roasting', contract.courses.get.response],
  ['/courses/roasting/outline', contract.lessons.outline.response],
  ['/courses/roasting/cohorts', contract.enrolments.listCohorts.response],
  ['/courses/roasting/progress', contract.progress.get.response],
  ['/courses/roasting/board', contract.insight.board.response],
  ['/enrolments', contract.enrolments.list.response],
  ...lessonsInOrder.map(({ id }): [string, Schema] => [
    `/courses/roasting/lessons/${id}`,
    contract.lessons.get.response,
  ]),
];

test.each(Object.keys(learns))('what the scripted API answers about courses keeps the contract: %s', (name) => {
  const learn = learns[name]?.() as Learn;
  for (const [path, schema] of reads) {
    for (const signedIn of [true, false]) {
      const reply = answerCourse(learn, path, new URLSearchParams(), signedIn);
      if (reply?.body) expect(schema.parse(reply.body), path).toEqual(reply.body);
      else expect(reply?.code, path).toMatch(/^[a-z_]+$/);
    }
  }
  const message = progressMessage(learn);
  expect(liveMessages.progress.parse(message)).toEqual(message);
});

const writes: [path: string, body: object, operation: { body?: Schema; response: Schema }][] = [
  ['/courses/roasting/enroll', { timeZone: 'Europe/Lisbon' }, contract.enrolments.enroll],
  ['/courses/roasting/complete', { lesson: 'welcome', timeZone: 'UTC' }, contract.progress.complete],
  [
    '/courses/roasting/progress',
    {
      events: [
        {
          ...{ id: '01920000-0000-7000-8000-000000000001', lesson: 'welcome', kind: 'viewed' },
          ...{ occurredAt: '2026-03-01T09:00:00.000Z', timeZone: 'UTC' },
        },
      ],
    },
    contract.progress.record,
  ],
  [
    '/enrolments/01920000-0000-7000-8000-000000000310/checkout',
    { successUrl: 'https://fernway.example', cancelUrl: 'https://fernway.example' },
    contract.enrolments.checkout,
  ],
];

test.each(writes)('what it answers to a change keeps the contract: %s', (path, body, operation) => {
  const learn = learns.learning?.() as Learn;
  operation.body?.parse(body);
  const reply = writeCourse(learn, path, { ...body }, true);
  expect(operation.response.parse(reply?.body)).toEqual(reply?.body);
});
