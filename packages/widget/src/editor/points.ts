import type { ComponentChild } from 'preact';
import { field, pick, tick } from '../forms/fields.ts';
import { rows } from '../forms/rows.ts';
import { type Action, action, asked, rule } from './form.ts';
import type { FormPen } from './pen.ts';
import { section } from './section.ts';

const actionKinds = ['visit', 'answer', 'code_word', 'share', 'form', 'host', 'daily'];

/** The fields of a form that participants or winners fill in. */
export function askedFields(pen: FormPen, pointer: string) {
  return rows(pen, {
    pointer,
    title: 'fields',
    one: 'fieldOne',
    add: 'fieldAdd',
    most: 20,
    make: () => asked(),
    row: (at) => [
      field(pen, `${at}/label`, 'fieldLabel', { most: 120, wide: true }),
      field(pen, `${at}/choices`, 'choices', { as: 'lines', optional: true, hint: 'fieldChoicesHint' }),
      tick(pen, `${at}/required`, 'required'),
    ],
  });
}

const ownFields: Record<string, (pen: FormPen, at: string) => ComponentChild> = {
  visit: (pen, at) => [
    field(pen, `${at}/url`, 'actionUrl', { as: 'url', most: 2000, wide: true }),
    field(pen, `${at}/seconds`, 'actionSeconds', { as: 'number', optional: true }),
  ],
  answer: (pen, at) => [
    field(pen, `${at}/question`, 'question', { most: 300, wide: true }),
    field(pen, `${at}/choices`, 'choices', { as: 'lines', optional: true, hint: 'answerChoicesHint' }),
    field(pen, `${at}/answers`, 'answers', { as: 'lines', hint: 'answersHint' }),
  ],
  code_word: (pen, at) => field(pen, `${at}/answers`, 'codeWords', { as: 'lines', hint: 'answersHint' }),
  share: (pen, at) => field(pen, `${at}/channels`, 'channels', { as: 'lines', hint: 'channelsHint' }),
  form: (pen, at) => askedFields(pen, `${at}/fields`),
};

function actionRow(pen: FormPen, at: string, { kind }: Action, place: number) {
  return [
    field(pen, `${at}/title`, 'actionTitle', { most: 120, wide: true }),
    pick(pen, `${at}/kind`, 'actionKind', 'action', actionKinds),
    field(pen, `${at}/points`, 'points', { as: 'number' }),
    ownFields[kind]?.(pen, at),
    place > 0 &&
      field(pen, `${at}/after`, 'actionAfter', {
        optional: true,
        hint: 'actionAfterHint',
        attributes: { dir: 'ltr', spellcheck: false },
      }),
    field(pen, `${at}/id`, 'actionId', {
      most: 64,
      optional: true,
      hint: 'actionIdHint',
      attributes: { dir: 'ltr', spellcheck: false },
    }),
  ];
}

/** How points are earned: rules of scoring, and actions. */
export function points(pen: FormPen) {
  return section(
    pen,
    'partPoints',
    false,
    ['scoring', 'actions'],
    pen.h('p', { class: 'small muted whole' }, pen.say('scoringHint')),
    rows(pen, {
      pointer: '#/scoring',
      title: 'scoring',
      one: 'ruleOne',
      add: 'ruleAdd',
      most: 20,
      make: () => rule(),
      row: (at) => [
        field(pen, `${at}/event`, 'event', { most: 64, attributes: { dir: 'ltr', spellcheck: false } }),
        field(pen, `${at}/points`, 'points', { as: 'number' }),
      ],
    }),
    rows(pen, {
      pointer: '#/actions',
      title: 'actions',
      one: 'actionOne',
      add: 'actionAdd',
      empty: 'actionNone',
      most: 30,
      make: () => action(),
      row: (at, item, place) => actionRow(pen, at, item, place),
    }),
  );
}
