import { expect, test, vi } from 'vitest';
import { words as appeal } from '../appeal/words.ts';
import { words as boards } from '../boards/words.ts';
import { words as calm } from '../calm/words.ts';
import { words as contest } from '../contest/words.ts';
import { words as invitation } from '../invitation/words.ts';
import { words as join } from '../join/words.ts';
import { words as live } from '../live/words.ts';
import { words as motion } from '../motion/words.ts';
import { words as own } from '../own/words.ts';
import { words as qr } from '../qr/words.ts';
import { words as proof } from '../results/proof-words.ts';
import { words as results } from '../results/words.ts';
import { words as rules } from '../rules/words.ts';
import { words as settings } from '../settings/words.ts';
import { words as share } from '../share/words.ts';
import { words as signup } from '../signup/words.ts';
import { words as steps } from '../steps/words.ts';
import { words as tabs } from '../tabs/words.ts';
import { words as team } from '../team/words.ts';
import { words as wallet } from '../wallet/words.ts';
import { en, type Message, type MessageKey, type Messages } from './en.ts';
import { words as es } from './es.ts';
import { words as escontest } from './escontest.ts';
import { languageOf, pickLocale, speak } from './index.ts';
import { words as pt } from './pt.ts';
import { words as ptcontest } from './ptcontest.ts';

const contests = [boards, contest, proof, results, steps, team];
const parts = [
  ...contests,
  appeal,
  calm,
  invitation,
  join,
  live,
  motion,
  own,
  qr,
  rules,
  settings,
  share,
  signup,
  tabs,
  wallet,
];
const english: Messages = Object.assign({}, en, ...parts);

const placeholders = (message: Message) =>
  (typeof message === 'string' ? [message] : Object.values(message)).map((text) =>
    [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join(' '),
  );

const translated: Record<string, Messages> = { es: { ...es, ...escontest }, pt: { ...pt, ...ptcontest } };

test.each(Object.entries(translated))('%s has the placeholders of English and its plural forms', (_, catalogue) => {
  expect(Object.keys(catalogue).sort()).toEqual(Object.keys(english).sort());
  for (const key of Object.keys(english) as MessageKey[]) {
    expect(new Set(placeholders(catalogue[key])), key).toEqual(new Set(placeholders(english[key])));
    expect(typeof catalogue[key], key).toBe(typeof english[key]);
  }
});

test('a word that two files bring means the same in both', () => {
  for (const part of [en, ...parts]) expect(english).toMatchObject(part);
});

test('no catalogue shouts', () => {
  for (const catalogue of [english, ...Object.values(translated)])
    expect(JSON.stringify(catalogue)).not.toMatch(/[!¡]/);
});

test('plural forms, numbers of the language, own words', () => {
  const english = speak('en', en, { you: 'Me' });
  expect(english.say('points', { n: 1 })).toBe('1 point');
  expect(english.say('points', { n: 1234 })).toBe('1,234 points');
  expect(english.say('you')).toBe('Me');
  expect(speak('es', es).say('points', { n: 12_345 })).toBe('12.345 puntos');
  expect(speak('pt', pt).say('points', { n: 0 })).toBe('0 ponto');
});

test('the first language there is a catalogue for, once it has been read', async () => {
  expect(pickLocale([undefined, 'de', 'pt-BR', 'en'])).toBe('pt-BR');
  expect(pickLocale(['<script>', 'xx'])).toBe('en');
  expect(languageOf('es-MX')).toBeUndefined();
  await vi.waitFor(() => expect(languageOf('es-MX')?.say('you')).toBe('Tú'));
  expect(languageOf('en-GB')?.say('you')).toBe('You');
});
