import { contract, liveMessages } from '@laurelkit/sdk/contract';
import { expect, test } from 'vitest';
import { courseChanges, courseForm, courseGiven, emptyCourse } from '../src/author/course-form.ts';
import { replyToAuthor } from './author-api.ts';
import { coursesOf, type Taught } from './author-courses.ts';
import { answerCohort, type Learning, learnings } from './cohort-api.ts';

interface Schema {
  parse(value: unknown): unknown;
}

const reads: [path: string, schema: Schema][] = [
  ['', contract.courses.get.response],
  ['/draft', contract.courses.draft.response],
  ['/draft/preview', contract.courses.preview.response],
  ['/versions', contract.courses.versions.response],
  ['/cohorts', contract.enrolments.listCohorts.response],
];

test.each(reads)('what the scripted API answers of courses keeps the contract: %s', (path, schema) => {
  const all = coursesOf();
  for (const { course } of all) {
    const { status, body } = replyToAuthor('GET', `/courses/${course.slug}${path}`, {}, all);
    expect(status).toBe(200);
    expect(schema.parse(body)).toEqual(body);
  }
});

const [first] = coursesOf() as [Taught];
const deeds: [method: string, path: string, body: Record<string, unknown>, { body?: Schema; response: Schema }][] = [
  ['GET', '/courses', {}, { response: contract.courses.list.response }],
  [
    'POST',
    '/courses',
    { ...courseGiven(emptyCourse('Europe/Lisbon', 'en')), name: 'Milk', slug: 'milk' },
    contract.courses.create,
  ],
  ['PATCH', '/courses/barista', { name: 'Another', seats: 4 }, contract.courses.update],
  ['PUT', '/courses/barista/draft', { revision: 7, nodes: first.draft.nodes }, contract.courses.saveDraft],
  ['POST', '/courses/barista/publish', { revision: 7, learners: 'credit', note: null }, contract.courses.publish],
  ['POST', '/courses/render', { markdown: '# A\n\n- [x] **b**\n\n| c |\n| --- |\n> d' }, contract.courses.render],
  ['POST', '/courses/convert', {}, { response: contract.courses.convert.response }],
  ['POST', '/courses/barista/cohorts', { slug: 'autumn', name: 'Autumn' }, contract.enrolments.createCohort],
];

test.each(deeds)(
  'what the scripted API answers to an author keeps the contract: %s %s',
  (method, path, given, operation) => {
    const body = (operation.body ? operation.body.parse(given) : given) as Record<string, unknown>;
    const reply = replyToAuthor(method, path, body, coursesOf());
    expect(reply.status).toBeLessThan(300);
    expect(operation.response.parse(reply.body)).toEqual(reply.body);
  },
);

test('a form that nobody changed changes nothing', () => {
  for (const { course } of coursesOf()) expect(courseChanges(course, courseForm(course))).toEqual({});
});

test('what the scripted API answers of learners keeps the contract', () => {
  for (const make of Object.values(learnings)) {
    const learning: Learning = make();
    const ask = (method: string, path: string, body: Record<string, unknown> = {}) =>
      answerCohort(method, path, new URLSearchParams({ limit: '100' }), body, learning)?.body;
    const enrolment = learning.learners[0]?.enrolment;
    const answers: [unknown, Schema][] = [
      [ask('GET', '/courses/barista/learners'), contract.insight.learners.response],
      [ask('GET', '/courses/barista/funnel'), contract.insight.funnel.response],
      [ask('GET', '/courses/barista/lessons/grinding/heat-map'), contract.insight.heatMap.response],
      [ask('GET', '/courses/barista/outline'), contract.lessons.outline.response],
      [ask('POST', '/courses/barista/enroll', { participant: 'customer-900' }), contract.enrolments.enroll.response],
    ];
    if (enrolment) {
      const participant = learning.learners.find((each) => each.enrolment === enrolment)?.participant;
      answers.push(
        [ask('GET', `/enrolments/${enrolment}/events`), contract.progress.events.response],
        [ask('POST', `/enrolments/${enrolment}/move`, { cohort: 'spring' }), contract.enrolments.move.response],
        [ask('POST', '/courses/barista/complete', { participant }), contract.progress.complete.response],
        [ask('POST', `/enrolments/${enrolment}/cancel`, {}), contract.enrolments.cancel.response],
      );
    }
    for (const [body, schema] of answers) expect(schema.parse(body)).toEqual(body);
  }
  const message = { topic: 'cohort:barista', course: 'barista', learners: 64, completed: 1 };
  expect(liveMessages.cohort.parse(message)).toEqual(message);
});
