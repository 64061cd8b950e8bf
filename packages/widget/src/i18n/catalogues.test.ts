import { expect, test } from 'vitest';
import { en, type Message, type MessageKey, type Messages } from './en.ts';
import { es } from './es.ts';
import { speak } from './index.ts';
import { catalogueOf, pickLocale } from './pick.ts';
import { pt } from './pt.ts';

const placeholders = (message: Message) =>
  (typeof message === 'string' ? [message] : Object.values(message)).map((text) =>
    [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join(' '),
  );

test.each(Object.entries({ es, pt }))('%s has the placeholders of English and its plural forms', (_, catalogue) => {
  expect(Object.keys(catalogue)).toEqual(Object.keys(en));
  for (const key of Object.keys(en) as MessageKey[]) {
    expect(new Set(placeholders(catalogue[key])), key).toEqual(new Set(placeholders(en[key])));
    expect(typeof catalogue[key], key).toBe(typeof en[key]);
  }
});

test('no catalogue shouts', () => {
  for (const catalogue of [en, es, pt] as Messages[]) expect(JSON.stringify(catalogue)).not.toMatch(/[!¡]/);
});

test('plural forms, numbers of the language, own words', () => {
  const english = speak('en', en, { you: 'Me' });
  expect(english.say('points', { n: 1 })).toBe('1 point');
  expect(english.say('points', { n: 1234 })).toBe('1,234 points');
  expect(english.say('you')).toBe('Me');
  expect(speak('es', es).say('points', { n: 12_345 })).toBe('12.345 puntos');
  expect(speak('pt', pt).say('points', { n: 0 })).toBe('0 ponto');
});

test('the first language there is a catalogue for', async () => {
  expect(pickLocale([undefined, 'de', 'pt-BR', 'en'])).toBe('pt-BR');
  expect(pickLocale(['<script>', 'xx'])).toBe('en');
  expect(await catalogueOf('es-MX')).toBe(es);
  expect(await catalogueOf('en-GB')).toBeNull();
});
