import { expect, it } from 'vitest';
import { endOfTurn } from './end-of-turn.ts';

it('comes once for all who wait in one turn, after what that turn still does, and again in the next', async () => {
  const said: string[] = [];
  const say = (word: string) => () => said.push(word);
  const [one, other] = [endOfTurn().then(say('one')), endOfTurn().then(say('other'))];
  setImmediate(say('after'));
  process.nextTick(say('still'));
  await Promise.all([one, other]);
  expect(said).toEqual(['still', 'one', 'other']);
  await endOfTurn().then(say('next'));
  expect(said.slice(3)).toEqual(['after', 'next']);
});
